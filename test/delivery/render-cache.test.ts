import { expect, test } from 'vitest';
import { createRenderCache, type RenderOptions } from '../../src/delivery/render-cache.ts';
import { en } from '../../src/i18n/en/catalogue.ts';
import type { Document } from '../../src/note/document.ts';
import type { Note } from '../../src/note/note.ts';
import { digestDocument } from '../../src/note/present/digest.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { ready } from '../ready.fixture.ts';
import { fakePlatform, noteSaying } from './delivery.fixture.ts';

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

const renderingOf = (presented: (note: Note) => Promise<Document>, platform = fakePlatform().platform) =>
  createRenderCache({
    platform,
    finishNote: async (note) => ready(await presented(note)),
    finishDigest: (digest, view) => ready(digestDocument(digest, en, view)),
  });

const card: RenderOptions = { ...DEFAULT_PREFERENCES, style: 'card' };
const plain: RenderOptions = { ...card, style: 'plain' };
const chinese: RenderOptions = { ...card, language: 'zh' };

test('concurrent requests share one rendering', async () => {
  const { asked, presented, open } = slowly();
  const render = renderingOf(presented);
  const note = noteSaying('one');
  const both = Promise.all([render.renderNote(note, card), render.renderNote(note, card)]);
  open(note.body);
  const [first, second] = await both;
  expect(first).toBe(second);
  expect(await render.renderNote(note, card)).toBe(first);
  expect(asked).toEqual([note.id]);
});

test('style, language and version render separately', async () => {
  const { asked, presented, open } = slowly();
  const render = renderingOf(presented);
  const [one, two] = [noteSaying('one'), noteSaying('two')];
  const all = Promise.all([
    render.renderNote(one, card),
    render.renderNote(one, plain),
    render.renderNote(two, card),
    render.renderNote(one, chinese),
  ]);
  open(one.body, one.body, two.body, one.body);
  expect((await all).map(([body]) => body?.call)).toEqual(['one', 'one', 'two', 'one']);
  expect(asked).toEqual([one.id, one.id, two.id, one.id]);
});

test('what failed is tried again', async () => {
  const { presented, open, fail } = slowly();
  const render = renderingOf(presented);
  const note = noteSaying('one');
  const failing = render.renderNote(note, card);
  fail();
  await expect(failing).rejects.toThrow('no');
  const again = render.renderNote(note, card);
  open(note.body);
  expect((await again)[0]?.call).toBe('one');
});

test('a digest that is too long drops lines', async () => {
  const notes = Array.from({ length: 20 }, (_, n) => noteSaying(`word ${n}`));
  const { platform } = fakePlatform({ partLength: 60 });
  const { call } = await renderingOf(async ({ body }) => body, platform).renderDigest(
    { notes, more: 3 },
    card,
  );
  expect(call).toContain('23 posts');
  expect(call).toContain('word 0');
  const shown = String(call).match(/word \d+/gu)?.length ?? 0;
  expect(shown).toBeGreaterThan(1);
  expect(call).toContain(`${23 - shown} earlier posts`);
});
