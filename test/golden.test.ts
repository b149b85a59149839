import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FakeDiscord } from '../sandbox/discord/discord.ts';
import type { FakeTelegram } from '../sandbox/telegram/telegram.ts';
import { textsFor } from '../src/i18n/texts.ts';
import { silentLog } from '../src/lib/log.ts';
import type { Media } from '../src/note/document.ts';
import { eventToNote } from '../src/note/event-to-note.ts';
import type { NostrEvent, Note } from '../src/note/note.ts';
import { noteToDocument } from '../src/note/present/note-to-document.ts';
import type { Body, Platform } from '../src/platform/platform.ts';
import { createVerifier, type Verifier } from '../src/relays/verify.ts';
import { cases, eventOf } from './golden/make.ts';
import { type GoldenPlatforms, startGoldenPlatforms } from './golden/platforms.fixture.ts';
import { ready } from './ready.fixture.ts';

const folder = join(import.meta.dirname, 'golden');
const names = globSync('*/event.json', { cwd: folder }).map(dirname).sort();
const texts = textsFor('en');

/** What a file of a case says; the run with `UPDATE_GOLDEN=1`, and no other, writes it anew. */
function kept(name: string, file: string, made: unknown): unknown {
  const path = join(folder, name, file);
  if (process.env['UPDATE_GOLDEN'] === '1' && !process.env['CI']) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`);
  }
  if (!existsSync(path)) throw new Error(`${path} is missing: UPDATE_GOLDEN=1 writes it, then read it`);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** As JSON has it: without what is undefined, and without functions. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

let started: GoldenPlatforms;
let discord: FakeDiscord;
let telegram: FakeTelegram;
let platforms: GoldenPlatforms['platforms'];
let verifier: Verifier;

beforeAll(async () => {
  started = await startGoldenPlatforms();
  ({ platforms } = started);
  ({ discord, telegram } = started.servers);
  verifier = await createVerifier({ now: Date.now, log: silentLog });
});

afterAll(() => started.stop());

const eventIn = (name: string): NostrEvent =>
  JSON.parse(readFileSync(join(folder, name, 'event.json'), 'utf8')) as NostrEvent;

/** `undefined` where the event becomes no note. */
function noteOf(name: string): Note | undefined {
  const verdict = verifier.verify(eventIn(name), {});
  if (verdict.status === 'rejected') throw new Error(`${name}: ${verdict.reason}`);
  return eventToNote(verdict.event);
}

/** What is no note is not told. */
function bodiesOf(name: string, platform: Platform, variant: string): readonly Body[] {
  const note = noteOf(name);
  return note ? platform.render(ready(noteToDocument(note, texts)), variant) : [];
}

async function sent(platform: Platform, destination: string, bodies: readonly Body[]): Promise<unknown> {
  const statuses: string[] = [];
  for (const [part, body] of bodies.entries()) {
    const result = await platform.send(destination, body, `${destination} ${part}`);
    statuses.push(result.status);
  }
  return statuses;
}

/** All media of a note, those in the text of an article too. */
const mediaOf = (note: Note | undefined): readonly Media[] => [
  ...(note?.media ?? []),
  ...(note?.body ?? []).flatMap((block) => (block.type === 'media' ? block.items : [])),
];

test.each(Object.entries(cases))('%s has the event of the table', (name, one) => {
  const event = eventOf(one);
  expect(existsSync(join(folder, name, 'event.json')) && eventIn(name).id).toBe(event.id);
});

describe.each(names)('%s', (name) => {
  const event = eventIn(name);

  test('is an event that its author signed', () => {
    expect(verifier.verify(event, {})).toEqual({ status: 'verified', event });
  });

  test('becomes this note, or none', () => {
    const { event: source = event, ...fields } = noteOf(name) ?? {};
    const note = noteOf(name) ? fields : null;
    expect(source).toEqual(event);
    expect(plain(note)).toEqual(kept(name, 'note.json', note));
  });

  test.each([
    ['discord', 'card'],
    ['telegram', 'classic'],
  ] as const)('is told to %s as a %s like this', (platform, variant) => {
    const calls = bodiesOf(name, platforms[platform], variant).map(({ call }) => call);
    expect(plain(calls)).toEqual(kept(name, `${platform}.json`, calls));
  });

  test('is taken by Discord as it is, and pings nobody', async () => {
    const channel = discord.world.addChannel(discord.world.addGuild({ name }), { name });
    const before = discord.requests.length;
    const bodies = bodiesOf(name, platforms.discord, 'card');
    expect(await sent(platforms.discord, `discord:${channel.id}`, bodies)).toEqual(bodies.map(() => 'sent'));
    expect(discord.requests.slice(before).map(({ status }) => status)).toEqual(bodies.map(() => 200));
    const pings = discord.messages(channel).map((message) => message.pings);
    expect(pings).toEqual(bodies.map(() => ({ users: [], roles: [], everyone: false })));
  });

  test('is taken by Telegram as it is, and calls nobody', async () => {
    for (const { url, mime } of mediaOf(noteOf(name)))
      if (mime) telegram.setUrl(url, { type: mime, width: 1280, height: 720 });
    const reader = telegram.person({ firstName: 'Tam' });
    const before = telegram.calls.length;
    const bodies = bodiesOf(name, platforms.telegram, 'classic');
    expect(await sent(platforms.telegram, `telegram:${reader.id}`, bodies)).toEqual(bodies.map(() => 'sent'));
    expect(telegram.calls.slice(before).map(({ status }) => status)).toEqual(bodies.map(() => 200));
    const types = telegram
      .messages(reader)
      .flatMap(({ message }) => [...(message.entities ?? []), ...(message.caption_entities ?? [])])
      .map(({ type }) => type);
    expect(types).not.toContain('mention');
    expect(types).not.toContain('bot_command');
  });
});
