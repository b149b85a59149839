import { expect, test } from 'vitest';
import { componentViews } from '../../../sandbox/demo/page/view/discord-components.ts';
import { markdownViews } from '../../../sandbox/demo/page/view/discord-markdown.ts';
import { discordMessageView } from '../../../sandbox/demo/page/view/discord-message.ts';
import { wordsOf } from '../../../sandbox/demo/page/view/view.ts';
import { markup } from './view.fixture.ts';

const NOW = Date.UTC(2026, 2, 17, 12);

test.each([
  ['plain <b>words</b>', '<p>plain <b>words</b></p>'],
  ['two\nlines\n\nand a paragraph', '<p>two⏎lines</p><p>and a paragraph</p>'],
  [
    '**bold** and *leaning* and ~~gone~~',
    '<p><strong>bold</strong> and <em>leaning</em> and <s>gone</s></p>',
  ],
  ['**bold *both* bold**', '<p><strong>bold <em>both</em> bold</strong></p>'],
  ['\\*\\*stars\\*\\* and 2 * 3 * 4', '<p>**stars** and 2 * 3 * 4</p>'],
  ['snake_case_name', '<p>snake_case_name</p>'],
  ['||hidden||', '<p><span.spoiler>hidden</span></p>'],
  ['[words](https://a.example/x_y)', '<p><a[https://a.example/x_y]>words</a></p>'],
  ['[words](<https://a.example/(x)>)', '<p><a[https://a.example/(x)]>words</a></p>'],
  ['[words](https://a.example/(x))', '<p><a[https://a.example/(x)]>words</a></p>'],
  ['[words](javascript:alert(1))', '<p>[words](javascript:alert(1))</p>'],
  [
    'see https://a.example/b, or <https://c.example>.',
    '<p>see <a[https://a.example/b]>https://a.example/b</a>, or <a[https://c.example]>https://c.example</a>.</p>',
  ],
  ['`a*b*` and ``c`d``', '<p><code>a*b*</code> and <code>c`d</code></p>'],
  [
    '# One\n## Two\n### Three\n-# tiny\nbody',
    '<h1.md>One</h1><h2.md>Two</h2><h3.md>Three</h3><small.md>tiny</small><p>body</p>',
  ],
  ['> a\n> **b**\nc', '<blockquote><p>a⏎<strong>b</strong></p></blockquote><p>c</p>'],
  ['- one\n- two\n  more\nend', '<ul><li>one</li><li>two⏎more</li></ul><p>end</p>'],
  ['3. three\n4. four', '<ol><li>three</li><li>four</li></ol>'],
  ['```ts\nlet a = 1;\n# no heading\n```', '<pre><code>let a = 1;\n# no heading</code></pre>'],
  ['<t:1773748800:R> <t:1773748800:D>', '<p><time>now</time> <time>17 March 2026</time></p>'],
  ['@everyone <@123>', '<p>@everyone <@123></p>'],
  ['unfinished **bold and ||spoiler and `code', '<p>unfinished **bold and ||spoiler and `code</p>'],
])('Markdown %j is shown as Discord shows it', (text, expected) => {
  // The parsed views are compared, not real HTML: `<b>` in a text is a text here too.
  expect(markup(...markdownViews(text, NOW))).toBe(expected);
});

test('a card shows its texts, pictures and buttons', () => {
  const view = markup(
    ...componentViews(
      [
        {
          type: 17,
          accent_color: 0x8e30eb,
          components: [
            { type: 10, content: '**Title**' },
            {
              type: 12,
              items: [
                { media: { url: 'https://photos.example/dawn.png' } },
                { media: { url: 'https://photos.example/film.mp4' } },
              ],
            },
            { type: 14, divider: true },
            {
              type: 1,
              components: [
                { type: 2, style: 2, label: 'More', custom_id: '1rlatest' },
                { type: 2, style: 5, label: 'Web', url: 'https://a.example/' },
              ],
            },
            { type: 999 },
          ],
        },
      ],
      NOW,
    ),
  );
  expect(view).toContain('<div.container><div.text><p><strong>Title</strong></p></div>');
  expect(view).toContain(
    '<div.gallery.of-2><figure.picture><img></img></figure><figure.picture><img></img><span.play>▶</span></figure></div><hr></hr>',
  );
  expect(view).toContain(
    '<div.row><button.button.style-2>More</button><span.button.link><a[https://a.example/]>Web ↗</a></span></div>',
  );
});

test('hidden cards and pictures are covered', () => {
  const hidden = {
    type: 17,
    spoiler: true,
    components: [{ type: 12, items: [{ media: { url: 'x.png' }, spoiler: true }] }],
  };
  const view = markup(...componentViews([hidden], NOW));
  expect(view).toContain('<div.container.spoiler>');
  expect(view).toContain('<figure.picture.spoiler>');
});

test.each([
  [{ flags: 64 }, true, 'Only you can see this'],
  [{ flags: 128 }, false, 'Postrider is thinking…'],
  [{ content: 'words', edited_timestamp: '2026-03-17T12:00:00+00:00' }, false, '(edited)'],
  [{ embeds: [{ title: 'A page', description: 'about *it*' }] }, false, 'A pageabout it'],
])('a message with %j says so', (payload, onlyYou, words) => {
  const author = { username: 'postrider', bot: true };
  const timestamp = '2026-03-17T11:00:00.000000+00:00';
  const message = {
    id: '1',
    channel: '2',
    payload: { author, timestamp, ...payload },
    onlyYou,
    asked: '/help',
    gone: false,
  };
  const shown = wordsOf(discordMessageView(message, NOW));
  expect(shown).toContain(words);
  expect(shown).toContain('you used /help');
  expect(shown).toContain('PostriderAPP');
  expect(shown.includes('Only you')).toBe(onlyYou);
});

test('a select shows what is chosen, and one of several all of it', () => {
  const options = [
    { value: 'a', label: 'Harbour', default: true },
    { value: 'b', label: 'Pier' },
  ];
  const one = { type: 3, custom_id: 's', placeholder: 'Where', options };
  const html = (select: object) => JSON.stringify(componentViews([select as never], NOW));
  expect(html(one)).toContain('"selected":""');
  expect(html(one)).not.toContain('"children":["Where"]');
  expect(html({ ...one, min_values: 0 })).toContain('"children":["Where"]');
  const several = componentViews([{ ...one, min_values: 0, max_values: 2 }], NOW);
  expect(JSON.stringify(several)).toContain('{"type":"checkbox","value":"a","checked":""}');
  expect(wordsOf(several[0] ?? '')).toMatch(/^Harbour/u);
});
