import { expect, test } from 'vitest';
import { silent } from '../../src/log.ts';
import { briefOf } from '../../src/note/brief.ts';
import { paragraph, text } from '../../src/note/document.ts';
import type { Note } from '../../src/note/note.ts';
import { noteFrom } from '../../src/note/note-from.ts';
import { createRendering } from '../../src/pipeline/rendering.ts';
import { createSubscriptions } from '../../src/pipeline/subscriptions.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { en } from '../../src/text/en.ts';
import { noteOf } from '../note/events.ts';

test('a version of a note is rendered once per variant, with what stands for it where it is long', () => {
  const rendered: string[] = [];
  const platform = {
    render: (_document, variant, brief) => {
      rendered.push(`${variant || 'as chosen'} ${brief?.readOn.label}`);
      return [{ cost: 1, call: undefined }];
    },
  } as Pick<Platform, 'render'> as Platform;
  const step = createRendering(
    platform,
    () => [paragraph(text('a'))],
    (note: Note) => briefOf(note, en),
  );
  const [first, second] = [noteOf({ id: 'a'.repeat(64) }), noteOf({ id: 'b'.repeat(64) })];
  for (const note of [first, first, second]) for (const variant of ['', 'card']) step(note, variant);
  expect(rendered).toEqual(['as chosen Read on', 'card Read on', 'as chosen Read on', 'card Read on']);
});

test('a place that is added has no look of its own: it follows the operator’s choice', async () => {
  const store = openStore({ path: ':memory:', log: silent, noteFrom });
  const subscriptions = createSubscriptions({ store, wake: () => {}, log: silent });
  await subscriptions.configure(['discord:1']);
  await subscriptions.subscribe('telegram:2');
  expect((await store.destinations()).map(({ id, source, variant }) => [id, source, variant])).toEqual([
    ['discord:1', 'config', ''],
    ['telegram:2', 'command', ''],
  ]);
  await subscriptions.configure([]);
  expect((await store.destinations()).map(({ id }) => id)).toEqual(['telegram:2']);
  await store.close();
});
