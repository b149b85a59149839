import { expect, test } from 'vitest';
import { NOTHING_RESOLVED, type ResolvedReferences } from '../../src/note/references/references.ts';
import { createBoundedLookup } from '../../src/site/bounded-lookup.ts';
import { noteOf } from '../note/events.fixture.ts';

const note = noteOf({ content: 'Salt' });
const known: ResolvedReferences = { name: () => 'Mallory', note: () => undefined };
const never = { wait: () => new Promise<void>(() => undefined) };
const atOnce = { wait: async () => undefined };

test('what is known in time is used', async () => {
  expect(await createBoundedLookup(async () => known, never)(note)).toBe(known);
});

test('a page waits no longer than it may', async () => {
  const lookUp = createBoundedLookup(() => new Promise(() => undefined), atOnce);
  expect(await lookUp(note)).toBe(NOTHING_RESOLVED);
});

test('no more look-ups run at a time than relays should be asked', async () => {
  let running = 0;
  const { promise, resolve } = Promise.withResolvers<ResolvedReferences>();
  const lookUp = createBoundedLookup(() => {
    running += 1;
    return promise;
  }, atOnce);
  const answers = await Promise.all(Array.from({ length: 40 }, () => lookUp(note)));
  expect(running).toBe(16);
  expect(answers).toEqual(answers.map(() => NOTHING_RESOLVED));
  resolve(known);
  await promise;
  // Those that ended make room for others.
  await new Promise(setImmediate);
  await lookUp(note);
  expect(running).toBe(17);
});
