import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { dateInWords, drafts, type Signed, signArchive } from '../../../sandbox/demo/content/archive.ts';
import { createAuthors } from '../../../sandbox/demo/content/authors.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { documentText } from '../../../src/note/document.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { Note } from '../../../src/note/note.ts';
import { parseQuery } from '../../../src/note/search/query.ts';
import { createVerifier, type Verifier } from '../../../src/relays/verify.ts';

const NOW = Date.UTC(2026, 2, 17, 6, 30);
const DAY_MS = 86_400_000;
const { author, friend, profiles } = createAuthors();

let signed: readonly Signed[];
let notes: readonly { readonly of: Signed; readonly note: Note }[];
let verifier: Verifier;

beforeAll(async () => {
  verifier = await createVerifier({ now: () => NOW, log: silentLog });
  signed = signArchive(author, friend, NOW);
  notes = signed.map((of) => {
    const verdict = verifier.verify(of.event, { author: author.pubkey });
    if (verdict.status === 'rejected') throw new Error(`${verdict.reason}: ${of.event.content.slice(0, 40)}`);
    const note = eventToNote(verdict.event);
    if (!note) throw new Error(`no note: ${of.event.content.slice(0, 40)}`);
    return { of, note };
  });
});

describe('the archive', () => {
  test('has some dozens of notes, all signed so that they verify', () => {
    expect(notes.length).toBe(drafts.length);
    expect(notes.length).toBeGreaterThanOrEqual(45);
    expect(notes.length).toBeLessThanOrEqual(60);
  });

  test('is in the past, oldest first, without two notes in a second', () => {
    const dates = signed.map(({ event }) => event.created_at * 1000);
    expect(dates).toEqual([...new Set(dates)].sort((a, b) => a - b));
    expect(dates.at(-1)).toBeLessThan(NOW);
    const recent = dates.filter((date) => NOW - date < 250 * DAY_MS);
    expect(NOW - (recent[0] ?? NOW)).toBeGreaterThan(180 * DAY_MS);
    expect(recent.length).toBeGreaterThanOrEqual(45);
  });

  test('has something of this very day in earlier years, leap years or not', () => {
    for (const now of [NOW, Date.UTC(2028, 2, 1, 9), Date.UTC(2027, 0, 1, 0)]) {
      const day = new Date(now).toISOString().slice(4, 10);
      const years = signArchive(author, friend, now)
        .map(({ event }) => new Date(event.created_at * 1000).toISOString())
        .filter((date) => date.slice(4, 10) === day)
        .map((date) => date.slice(0, 4));
      expect(years).toHaveLength(3);
      expect(new Set(years).size).toBe(2);
    }
  });

  test('lies in the past just after midnight too', () => {
    const midnight = Date.UTC(2026, 2, 17);
    for (const { event } of signArchive(author, friend, midnight))
      expect(event.created_at * 1000).toBeLessThan(midnight);
  });

  test('reads as the kinds of posts that were meant', () => {
    const wrong = notes.filter(({ of, note }) => note.postType !== of.draft.postType);
    expect(wrong.map(({ note, of }) => [of.draft.content.slice(0, 40), note.postType])).toEqual([]);
  });

  test('holds what the README looks for, as recent as it says', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const line = /`\/search ([^`]+)`/u.exec(readme)?.[1] ?? '';
    const { query } = parseQuery(line);
    const found = notes.filter(({ note }) => {
      const words = documentText(note.body).replace(/\s+/gu, ' ').toLowerCase();
      return query.phrases.every((phrase) => words.includes(phrase)) && note.createdAt >= (query.after ?? 0);
    });
    expect([query.phrases, query.words]).toEqual([['rare earth'], []]);
    expect(found.length).toBeGreaterThan(0);
  });

  test('holds every kind of thing that readers can meet', () => {
    const some = (is: (note: Note) => boolean) => notes.filter(({ note }) => is(note)).length;
    expect(some(({ series }) => series === 'china morning missive')).toBe(15);
    expect(some(({ series }) => series === 'the barge ledger')).toBe(2);
    expect(some(({ postType }) => postType === 'photo')).toBeGreaterThan(3);
    expect(some(({ postType }) => postType === 'video')).toBeGreaterThan(1);
    expect(some(({ postType }) => postType === 'link')).toBeGreaterThan(5);
    expect(some(({ media }) => media.length > 1)).toBeGreaterThan(0);
    expect(some(({ warning }) => warning !== undefined)).toBe(1);
    expect(some(({ replyTo }) => replyTo !== undefined)).toBe(2);
    expect(some(({ hashtags }) => hashtags.length > 0)).toBeGreaterThan(20);
    expect(some(({ event }) => /\p{Script=Han}/u.test(event.content))).toBeGreaterThan(5);
    expect(some(({ event }) => event.content.includes(friend.npub))).toBe(1);
  });

  test('holds an article that was mended: two versions of one address', () => {
    const guides = notes.filter(({ note }) => note.key.endsWith(':field-guide'));
    expect(guides.map(({ note }) => note.body.length)).toHaveLength(2);
    expect(new Set(guides.map(({ note }) => note.key)).size).toBe(1);
    const newest = guides[1]?.note;
    expect(newest?.body[0]).toMatchObject({ type: 'media' });
    expect(newest?.body.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['heading', 'list', 'quote', 'paragraph']),
    );
  });

  test('leaves no placeholder open', () => {
    for (const { event } of signed) expect(event.content).not.toMatch(/\{\w+(?::\w+)?\}/u);
  });

  test('names the day of a missive in its title', () => {
    const missive = notes.findLast(({ note }) => note.series === 'china morning missive')?.note;
    expect(missive?.title).toBe(`China Morning Missive – ${dateInWords(missive?.createdAt ?? 0)}`);
    expect(missive?.title).toBe('China Morning Missive – Monday 16 March');
  });

  test('refuses to refer to a note that is not there yet', () => {
    const draft = { daysAgo: 1, time: '10:00', postType: 'note', content: 'See {note:nowhere}' } as const;
    expect(() => signArchive(author, friend, NOW, [draft])).toThrow(/"nowhere"/u);
  });
});

test('the writers say who they are, in events that verify', () => {
  for (const event of profiles(1_700_000_000)) {
    expect(verifier.verify(event, { kinds: [0] }).status).toBe('verified');
    expect(JSON.parse(event.content)).toMatchObject({ website: expect.stringContaining('.example') });
  }
});
