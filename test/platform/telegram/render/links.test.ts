import { expect, test } from 'vitest';
import { type Inline, link, paragraph, text } from '../../../../src/note/document.ts';
import type { OutgoingClassic } from '../../../../src/platform/telegram/render/outgoing.ts';
import { render } from '../../../../src/platform/telegram/render/render.ts';

const site = 'https://example.com/lithium';
const mark = (type: string, offset: number, length: number, more: object = {}) => ({
  type,
  offset,
  length,
  ...more,
});

const rows: readonly [string, readonly Inline[], string, readonly object[]][] = [
  ['a bare address', [link(site)], site, []],
  [
    'an address that the server would cut short',
    [{ type: 'link', url: 'https://example.com/a)', written: 'https://example.com/a)' }],
    'https://example.com/a)',
    [mark('text_link', 0, 22, { url: 'https://example.com/a)' })],
  ],
  [
    'an address with a sentence glued to it, as a link of our own',
    [text('见'), link('https://a.example/@b'), text('，然后')],
    '见https://a.example/@b，然后',
    [mark('text_link', 1, 20, { url: 'https://a.example/@b' })],
  ],
  [
    'an address at the end of a sentence',
    [text('See ('), link(site), text('. Then')],
    `See (${site}. Then`,
    [],
  ],
  [
    'markup that is none, where only what is an address leads anywhere',
    [text('[https://bank.example]('), link('https://a.example/b'), text(')')],
    '[https://\u2060bank.example](https://a.example/b)',
    [mark('text_link', 24, 19, { url: 'https://a.example/b' })],
  ],
  ['credentials', [text('https://user:pw@a.example/')], 'https://\u2060user:pw@a.example/', []],
  ['a labelled link', [link(site, 'Lithium')], 'Lithium', [mark('text_link', 0, 7, { url: site })]],
  [
    'a label that names its own site',
    [link(site, 'example.com')],
    'example.com',
    [mark('text_link', 0, 11, { url: site })],
  ],
  [
    'a disguised link, beside the address it leads to',
    [link(site, 'https://bank.example')],
    `https://bank.example (${site})`,
    [mark('text_link', 22, 27, { url: site })],
  ],
  [
    'a label that is another site',
    [link(site, 'see bank.example')],
    `see bank.example (${site})`,
    [mark('text_link', 18, 27, { url: site })],
  ],
];

test.each(rows)('%s', (_, children, expected, entities) => {
  const [call, ...others] = render([paragraph(...children)]).map((body) => body.call as OutgoingClassic);
  expect(others).toEqual([]);
  expect({ text: call?.text, entities: call?.entities }).toEqual({ text: expected, entities });
});
