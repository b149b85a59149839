import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMessage } from '../../../sandbox/discord/rules/message.ts';
import { textsFor } from '../../../src/i18n/texts.ts';
import { eventToNote, NOTE_KINDS } from '../../../src/note/event-to-note.ts';
import { digestDocument } from '../../../src/note/present/digest.ts';
import { longNoteFallback } from '../../../src/note/present/long-note-fallback.ts';
import { headlineOf, noteToDocument, teaserOf } from '../../../src/note/present/note-to-document.ts';
import { quotedNote } from '../../../src/note/references/quoted-note.ts';
import { NOTHING_RESOLVED } from '../../../src/note/references/references.ts';
import { parseQuery } from '../../../src/note/search/query.ts';
import { searchSnippet } from '../../../src/note/search/search-snippet.ts';
import type { OutgoingClassic } from '../../../src/platform/telegram/render/outgoing.ts';
import { render as renderForTelegram } from '../../../src/platform/telegram/render/render.ts';
import { DEFAULT_PREFERENCES } from '../../../src/preferences/preferences.ts';
import { OTHER } from '../../golden/case.fixture.ts';
import { cases, eventOf } from '../../golden/make.ts';
import { messagesOf, textsOf } from '../../platform/discord/render.fixture.ts';
import { autolinksIn } from '../../platform/telegram/autolinks.fixture.ts';
import { anyEvent } from '../any-event.fixture.ts';

const texts = textsFor('en');

const shownOf = (event: Parameters<typeof eventToNote>[0]) => {
  const note = eventToNote(event);
  if (!note) throw new Error('No note');
  return noteToDocument(note, texts);
};

test('every kind that becomes a note has a golden case', () => {
  const shown = new Set(Object.values(cases).map((one) => eventOf(one).kind));
  expect(NOTE_KINDS.filter((kind) => !shown.has(kind))).toEqual([]);
});

test('Discord accepts any event of any kind, without pings or secrets', () => {
  fc.assert(
    fc.property(anyEvent, fc.constantFrom('card', 'plain'), (event, variant) => {
      const messages = messagesOf(shownOf(event), variant);
      expect(messages.length).toBeGreaterThan(0);
      for (const message of messages) {
        const sent: unknown = JSON.parse(JSON.stringify(message));
        expect(() => readMessage(sent, [])).not.toThrow();
        expect(sent).toMatchObject({ allowed_mentions: { parse: [] } });
        expect(textsOf(message).join('\n')).not.toMatch(/@(?:everyone|here)/iu);
        expectNoSecret(sent);
      }
    }),
    { numRuns: 400 },
  );
});

test('Telegram accepts any event of any kind, without stray links or secrets', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const calls = renderForTelegram(shownOf(event)).map(({ call }) => call as OutgoingClassic);
      expect(calls.length).toBeGreaterThan(0);
      for (const call of calls) {
        const { text, entities } = call;
        expect(text.length).toBeLessThanOrEqual(call.type === 'text' ? 4096 : 1024);
        expect(call.type === 'text' ? text.length : call.items.length).toBeGreaterThan(0);
        expect(entities.length).toBeLessThanOrEqual(100);
        expect(autolinksIn(text, entities)).toEqual([]);
        expectNoSecret(call);
      }
    }),
    { numRuns: 400 },
  );
});

test('no list, summary or quotation tells a secret', () => {
  const keepsSecrets = fc.property(anyEvent, (event) => {
    const note = eventToNote(event);
    if (!note) return true;
    return !tellsSecret([
      headlineOf(note, texts),
      teaserOf(note, 200, texts),
      longNoteFallback(note, texts).summary,
      quotedNote(note, NOTHING_RESOLVED, texts),
      searchSnippet(note, parseQuery('a left out').query, texts),
      digestDocument({ notes: [note], more: 0 }, texts, DEFAULT_PREFERENCES),
      note.hashtags,
    ]);
  });
  expect(fc.check(keepsSecrets, { numRuns: 400 }).failed).toBe(false);
});

function tellsSecret(said: unknown): boolean {
  const text = JSON.stringify(said);
  return text.includes(OTHER.nsec) || text.includes(OTHER.cashu);
}

function expectNoSecret(sent: unknown): void {
  expect(tellsSecret(sent)).toBe(false);
}
