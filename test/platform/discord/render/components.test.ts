import { expect, test } from 'vitest';
import { textsFor } from '../../../../src/i18n/texts.ts';
import { type Block, buttons, type Media, paragraph, text } from '../../../../src/note/document.ts';
import { card } from '../../../../src/platform/discord/render/message-forms.ts';
import { messagesOf } from '../render.fixture.ts';

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
])('%i pictures make galleries of %j', (count, expected) => {
  const items = Array.from({ length: count }, (_, index) => image(String(index)));
  const [container] = componentsOf({ type: 'media', items });
  const galleries = (container && 'components' in container ? container.components : []) as readonly {
    items?: readonly unknown[];
  }[];
  expect(galleries.map((gallery) => gallery.items?.length)).toEqual(expected);
});

test('buttons are in the last card, or below it if hidden', () => {
  const row = { type: 1, components: [{ label: 'Open' }] };
  const open = buttons([{ label: 'Open', url: 'https://a.example' }]);
  const words = paragraph(text('a'));
  expect(componentsOf(words, open)).toMatchObject([{ type: 17, components: [{ type: 10 }, row] }]);
  expect(componentsOf({ type: 'hidden', reason: 'Blood', children: [words] }, open)).toMatchObject([
    { type: 17, components: [{ content: '**Blood**' }] },
    { type: 17, spoiler: true, components: [{ content: 'a' }] },
    row,
  ]);
});

test.each([
  [
    'https://sounds.example/fog%20horn.mp3?a=b',
    undefined,
    '🎵 [fog horn](https://sounds.example/fog%20horn.mp3?a=b)',
  ],
  ['https://sounds.example/horn.mp3', 'The fog horn', '🎵 [The fog horn](https://sounds.example/horn.mp3)'],
  [
    `https://s.example/${'a1'.repeat(32)}.mp3`,
    undefined,
    `🎵 [audio](https://s.example/${'a1'.repeat(32)}.mp3)`,
  ],
  ['https://s.example/%ff.mp3', undefined, '🎵 [audio](https://s.example/%ff.mp3)'],
  ['https://s.example/', undefined, '🎵 [audio](https://s.example/)'],
])('the audio file %s described as %j is labelled %s', (url, alt, content) => {
  const sound: Media = { kind: 'audio', url, alternatives: [], ...(alt === undefined ? {} : { alt }) };
  expect(componentsOf({ type: 'media', items: [sound] })).toMatchObject([{ components: [{ content }] }]);
});

test('a portrait is a thumbnail beside the text before it', () => {
  const portrait: Block = { type: 'portrait', url: 'https://pictures.example/wren.jpg', alt: 'Wren' };
  const [message] = messagesOf([paragraph(text('Wren')), portrait, paragraph(text('On salt.'))]);
  expect(message?.components).toMatchObject([
    {
      components: [
        {
          type: 9,
          components: [{ type: 10, content: 'Wren' }],
          accessory: { type: 11, media: { url: portrait.url }, description: 'Wren' },
        },
        { type: 10, content: 'On salt.' },
      ],
    },
  ]);
  expect(JSON.stringify(messagesOf([portrait, paragraph(text('On salt.'))]))).not.toContain(
    'pictures.example',
  );
});

test('destructive buttons are red, active ones green', () => {
  const callback = { command: 'forgetme', options: {} };
  const row = buttons([
    { label: 'Delete', callback, responseMode: 'replace', isDestructive: true },
    { label: 'Sound', callback, responseMode: 'replace', isOn: true },
    { label: 'Cancel', callback, responseMode: 'replace' },
  ]);
  const drawn = [{ style: 4 }, { style: 3 }, { style: 2 }];
  expect(componentsOf(paragraph(text('a')), row)).toMatchObject([
    { components: [{ type: 10 }, { components: drawn }] },
  ]);
});
