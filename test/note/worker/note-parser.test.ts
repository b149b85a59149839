import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { hostileEvent, patterns, plainProse } from '../../../bench/hostile-patterns.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { eventToNote, isLongContent } from '../../../src/note/event-to-note.ts';
import type { VerifiedEvent } from '../../../src/note/note.ts';
import type { IsOwn } from '../../../src/note/reply-pointer.ts';
import { createNoteParser, type NoteParser } from '../../../src/note/worker/note-parser.ts';
import { eventOf } from '../events.fixture.ts';

function readerFor(idleMs?: number): NoteParser {
  const reader = createNoteParser(silentLog, idleMs);
  onTestFinished(() => reader.close());
  return reader;
}

/** Of what takes a byte a character; what takes more is short. */
const BYTES = 17_000;
const long = eventOf({ kind: 30_023, content: 'The lock is **open**.\n\n'.repeat(2_000) });

test.each([1, 30_023])('the worker parses long notes of kind %i like the main thread', async (kind) => {
  const reader = readerFor();
  expect(isLongContent(hostileEvent(kind, plainProse, BYTES))).toBe(true);
  for (const [name, pattern] of Object.entries({ 'plain prose': plainProse, ...patterns })) {
    const event = hostileEvent(kind, pattern, BYTES) as VerifiedEvent;
    expect({ name, note: await reader.read(event) }).toEqual({ name, note: eventToNote(event) });
  }
});

test('many that are asked for at once come back each as its own', async () => {
  const reader = readerFor();
  const events = Array.from({ length: 12 }, (_, n) =>
    eventOf({ id: String(n).padStart(64, '0'), content: `Tide ${n} `.repeat(2_000 + n) }),
  );
  expect(await Promise.all(events.map((event) => reader.read(event)))).toEqual(
    events.map((e) => eventToNote(e)),
  );
});

test('everything else goes on while a long note is read', async () => {
  const reader = readerFor();
  const reading = reader.read(long);
  let turns = 0;
  while ((await Promise.race([reading.then(() => 'read'), setImmediate('waiting')])) === 'waiting')
    turns += 1;
  expect(await reading).toEqual(eventToNote(long));
  expect(turns).toBeGreaterThan(0);
});

test.each([
  ['the author', true],
  ['somebody else', false],
])('a long reply is read as an answer to %s', async (_, own) => {
  const parent = 'a'.repeat(64);
  const event = eventOf({ tags: [['e', parent, '', 'reply']], content: 'tide '.repeat(4_000) });
  const isOwn: IsOwn = (id) => own && id === parent;
  const note = await readerFor().read(event, isOwn);
  expect(note).toEqual(eventToNote(event, isOwn));
  expect(note?.postType === 'reply').toBe(!own);
});

test('notes are parsed even after the worker was stopped', async () => {
  const reader = readerFor();
  const reading = reader.read(long);
  await reader.close();
  expect(await reading).toEqual(eventToNote(long));
  expect(await reader.read(long)).toEqual(eventToNote(long));
});

test('an idle worker ends, and a new one takes its place', async () => {
  const reader = readerFor(0);
  const workers = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  const before = workers();
  expect(await reader.read(long)).toEqual(eventToNote(long));
  while (workers() > before) await setImmediate();
  expect(await reader.read(long)).toEqual(eventToNote(long));
});
