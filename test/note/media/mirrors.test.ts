import { expect, test } from 'vitest';
import type { Media } from '../../../src/note/document.ts';
import { mirrorsOf, withMirrors } from '../../../src/note/media/mirrors.ts';

const hash = '5e'.repeat(32);
const at = (url: string, alternatives: readonly string[] = []): Media => ({
  kind: 'image',
  url,
  alternatives,
});
const servers = ['https://one.example', 'https://two.example/files/', 'https://media.example/'];

test('what ends in a hash is also on the author’s other servers', () => {
  expect(mirrorsOf(at(`https://media.example/${hash}.jpg`), servers)).toEqual([
    `https://one.example/${hash}.jpg`,
    `https://two.example/${hash}.jpg`,
  ]);
  expect(mirrorsOf(at(`https://media.example/${hash}`, [`https://one.example/${hash}`]), servers)).toEqual([
    `https://two.example/${hash}`,
  ]);
});

test.each([`https://media.example/pier.jpg`, `https://media.example/${hash}/pier.jpg`])(
  '%s has no mirrors',
  (url) => expect(mirrorsOf(at(url), servers)).toEqual([]),
);

test('mirrors come after the note’s own alternatives, at any depth', () => {
  const media = {
    type: 'media',
    items: [at(`https://media.example/${hash}`, ['https://x.example/a'])],
  } as const;
  const [hidden] = withMirrors([{ type: 'hidden', reason: 'war', children: [media] }], servers.slice(0, 1));
  expect(hidden).toMatchObject({
    children: [{ items: [{ alternatives: ['https://x.example/a', `https://one.example/${hash}`] }] }],
  });
});
