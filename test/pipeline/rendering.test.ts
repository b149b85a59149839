import { expect, test } from 'vitest';
import type { Document } from '../../src/note/document.ts';
import type { Note } from '../../src/note/note.ts';
import { createRendering } from '../../src/pipeline/rendering.ts';
import { fakePlatform, noteSaying } from './bench.ts';

/** Notes as they are, each only when the test says so; what was asked for is remembered. */
function slowly() {
  const asked: string[] = [];
  const gates: PromiseWithResolvers<Document>[] = [];
  return {
    asked,
    presented(note: Note): Promise<Document> {
      asked.push(note.id);
      const gate = Promise.withResolvers<Document>();
      gates.push(gate);
      return gate.promise;
    },
    open: (...documents: readonly Document[]) =>
      gates.splice(0).forEach((gate, n) => gate.resolve(documents[n] ?? [])),
    fail: () => gates.splice(0).forEach((gate) => gate.reject(new Error('no'))),
  };
}

test('destinations that come while a note is being presented wait for the same bodies', async () => {
  const { asked, presented, open } = slowly();
  const render = createRendering(fakePlatform().platform, presented);
  const note = noteSaying('one');
  const both = Promise.all([render(note, 'card'), render(note, 'card')]);
  open(note.body);
  const [first, second] = await both;
  expect(first).toBe(second);
  expect(await render(note, 'card')).toBe(first);
  expect(asked).toEqual([note.id]);
});

test('each variant and each version is rendered on its own', async () => {
  const { asked, presented, open } = slowly();
  const render = createRendering(fakePlatform().platform, presented);
  const [one, two] = [noteSaying('one'), noteSaying('two')];
  const all = Promise.all([render(one, 'card'), render(one, 'plain'), render(two, 'card')]);
  open(one.body, one.body, two.body);
  expect((await all).map(([body]) => body?.call)).toEqual(['one', 'one', 'two']);
  expect(asked).toEqual([one.id, one.id, two.id]);
});

test('what failed is tried again', async () => {
  const { presented, open, fail } = slowly();
  const render = createRendering(fakePlatform().platform, presented);
  const note = noteSaying('one');
  const failing = render(note, 'card');
  fail();
  await expect(failing).rejects.toThrow('no');
  const again = render(note, 'card');
  open(note.body);
  expect((await again)[0]?.call).toBe('one');
});
