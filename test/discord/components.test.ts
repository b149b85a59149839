import { expect, test } from 'vitest';
import type { Block, Media } from '../../src/note/document.ts';
import { card } from '../../src/platform/discord/message.ts';
import { textsFor } from '../../src/text/texts.ts';

const texts = textsFor('en');
const componentsOf = (...document: readonly Block[]) => card(document, texts, { headline: '' }).components;
const image = (name: string): Media => ({
  kind: 'image',
  url: `https://pictures.example/${name}.jpg`,
  alternatives: [],
});

test.each([
  [10, [10]],
  [11, [9, 2]],
  [12, [10, 2]],
  [21, [10, 9, 2]],
])('%i pictures stand in galleries of %j: none is left alone', (count, expected) => {
  const items = Array.from({ length: count }, (_, index) => image(String(index)));
  const [container] = componentsOf({ type: 'media', items });
  const galleries = (container && 'components' in container ? container.components : []) as readonly {
    items?: readonly unknown[];
  }[];
  expect(galleries.map((gallery) => gallery.items?.length)).toEqual(expected);
});
