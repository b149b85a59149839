import { expect, test } from 'vitest';
import type { EntryState } from '../../../src/store/rules/entry-filter.ts';
import { runOf } from '../../../src/store/rules/skipping.ts';

const post = (postType: 'note' | 'photo', isUndone = false): EntryState => ({
  seq: 1,
  action: 'post',
  key: 'key',
  postType,
  isUndone,
});
const DELETE: EntryState = { seq: 1, action: 'delete', key: 'key', isUndone: false };

test.each<[string, readonly EntryState[], number, Readonly<Record<string, number>>]>([
  [
    'ends before a change',
    [post('note'), post('photo'), DELETE, post('note')],
    2,
    { ' note ': 0, ' photo ': 1 },
  ],
  ['ends with the entries', [post('note'), post('note')], 2, { ' note ': 0 }],
  [
    'has the first post of each type',
    [post('note'), post('photo'), post('photo')],
    3,
    { ' note ': 0, ' photo ': 1 },
  ],
  ['has deleted posts that nobody wants', [post('note', true), post('note')], 2, { nobody: 0, ' note ': 1 }],
  ['is empty before a change', [DELETE], 0, {}],
])('a run %s', (_, entries, count, firsts) => {
  const run = runOf(entries);
  expect(run.count).toBe(count);
  expect(Object.fromEntries(run.firsts)).toEqual(firsts);
  expect(run.wanted).toBe(Object.keys(firsts)[0] ?? 'nobody');
});
