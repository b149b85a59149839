import { expect, test } from 'vitest';
import { embedViews } from '../../../sandbox/demo/page/view/discord-embed.ts';
import { markup } from './view.fixture.ts';

const URL = 'https://n.example/1';
const picture = (name: string) => ({ url: `https://p.example/${name}.jpg` });

test('an embed begins with the author’s picture and linked name', () => {
  const author = { name: 'Mara <b>', url: 'https://n.example/mara', icon_url: 'https://p.example/mara.png' };
  expect(markup(...embedViews([{ author, description: 'Fog.' }], 0))).toBe(
    '<div.container.embed><div.author><figure.picture><img></img></figure><b><a[https://n.example/mara]>Mara <b></a></b></div><div.text><p>Fog.</p></div></div>',
  );
});

test('embeds of one address are one, with four pictures at most', () => {
  const more = ['b', 'c', 'd', 'e'].map((name) => ({ url: URL, image: picture(name) }));
  const other = { url: 'https://n.example/2', image: picture('x') };
  const shown = markup(
    ...embedViews([{ url: URL, description: 'Fog.', image: picture('a') }, ...more, other], 0),
  );
  expect(shown.match(/div\.container/gu)).toHaveLength(2);
  expect(shown.match(/<figure/gu)).toHaveLength(5);
  expect(shown).toContain('<div.gallery.of-4>');
});

test('embeds without an address stay apart', () => {
  expect(embedViews([{ description: 'One' }, { description: 'Two' }], 0)).toHaveLength(2);
});
