import { describe, expect, test } from 'vitest';
import { type Block, documentText, type Inline, inlineText } from '../../../src/note/document.ts';
import { parseMarkdown } from '../../../src/note/markdown/markdown.ts';

const STYLES: Readonly<Record<string, string>> = { strong: '**', emphasis: '*', strike: '~~' };

/** A document in shorthand, block by block. */
const read = (written: string): readonly string[] => parseMarkdown(written, { tags: [] }).map(blockOf);

function blockOf(block: Block): string {
  if (block.type === 'list') return block.items.map((item) => `- ${runOf(item)}`).join('\n');
  if (block.type === 'media') return block.items.map(({ url }) => `[${url}]`).join('');
  if (block.type === 'quote') return `> ${block.children.map(blockOf).join(' ')}`;
  if (block.type === 'code-block') return `\`\`\`${block.text}`;
  return 'children' in block ? runOf(block.children as readonly Inline[]) : block.type;
}

const runOf = (run: readonly Inline[]): string =>
  run
    .map((inline) => {
      const mark = STYLES[inline.type];
      if (mark && 'children' in inline) return mark + runOf(inline.children) + mark;
      return inline.type === 'link' ? `<${inlineText([inline])} ${inline.url}>` : inlineText([inline]);
    })
    .join('');

describe('what is struck out', () => {
  test.each([
    ['a ~~b~~ c', 'a ~~b~~ c'],
    ['~~b *c* d~~', '~~b *c* d~~'],
    ['~~*b*~~ and a~~b~~c', '~~*b*~~ and a~~b~~c'],
    ['~~https://a.example/b~~', '~~<https://a.example/b https://a.example/b>~~'],
  ])('%s', (written, expected) => expect(read(written)).toEqual([expected]));

  test.each([['a ~~b'], ['a~~ b ~~c'], ['~~~~'], ['~~ b ~~'], ['a ~b~ c'], ['`~~b~~`']])(
    '%s holds nothing struck out',
    (written) => expect(JSON.stringify(parseMarkdown(written, { tags: [] }))).not.toContain('"strike"'),
  );
});

describe('a table', () => {
  test('that is narrow keeps its columns, wide letters counted as two', () => {
    expect(read('| ware | 价 |\n| :--- | ---: |\n| 盐 | 1.20 |\n| grain | 104 |')).toEqual([
      '```ware     价\n─────  ────\n盐     1.20\ngrain   104',
    ]);
  });

  test('that is wide, or holds links, says row by row what is what', () => {
    const wide = 'sells tickets, and more often does not';
    expect(read(`who | what\n--|--\nferry | ${wide}\n[a](https://a.example) | |`)).toEqual([
      `**who**: ferry\n**what**: ${wide}`,
      '**who**: <a https://a.example/>',
    ]);
  });

  test('may stand right after the lines before it', () => {
    expect(read('Prices:\na | b\n-|-\n1 | 2')).toEqual(['Prices:', '```a  b\n─  ─\n1  2']);
  });

  test.each([['a | b'], ['a | b\n- | -'], ['a | b\n-|-|-\n1 | 2'], ['| a |\n| b |']])(
    '%j is none',
    (written) => expect(documentText(parseMarkdown(written, { tags: [] }))).toContain('|'),
  );
});

test('tasks have boxes', () => {
  expect(read('- [ ] a **b**\n- [x] c\n- [X] d\n- [y] e\n- [] f')).toEqual([
    '- ☐ a **b**\n- ☑ c\n- ☑ d\n- [y] e\n- [] f',
  ]);
});

test('footnotes are text at their place', () => {
  expect(read('a[^1] b[^two].\n\n[^1]: One note.\n\n[^two]: https://a.example/2')).toEqual([
    'a[1] b[two].',
    '[1] One note.',
    '[two] <https://a.example/2 https://a.example/2>',
  ]);
});

test('a footnote with a secret for its name has none', () => {
  const nsec = `nsec1${'q'.repeat(58)}`;
  expect(read(`a[^${nsec}]\n\n[^${nsec}]: https://a.example`)).toEqual([
    'a[[secret removed]]',
    '[[secret removed]] <https://a.example https://a.example/>',
  ]);
});

test('addresses may stand behind names, wherever those are explained', () => {
  const written =
    '[Tides][a], [a] and [none][b] ![x][p]\n\n> [a]: https://a.example/1\n\n[p]: https://a.example/p.png';
  expect(read(written)).toEqual([
    '<Tides https://a.example/1>, <a https://a.example/1> and [none][b]',
    '[https://a.example/p.png]',
    '> ',
  ]);
});

test.each([
  ['emphasis in emphasis', `${'*a '.repeat(5_000)}b${'*'.repeat(5_000)}`],
  ['quotes in quotes', '>'.repeat(60_000)],
  ['lists in lists', '- '.repeat(30_000)],
  ['brackets', '[a]('.repeat(15_000)],
  ['a table of one row', `${'|a'.repeat(10_000)}\n${'|-'.repeat(10_000)}\n${'|b'.repeat(10_000)}`],
  ['tildes', '~~a '.repeat(15_000)],
  ['names', '[a]: b\n'.repeat(9_000)],
])('%s without end are read in no more time than their length warrants', (_, written) => {
  const from = performance.now();
  expect(parseMarkdown(written, { tags: [] }).length).toBeGreaterThanOrEqual(0);
  expect(performance.now() - from).toBeLessThan(2_500);
});

describe('what would keep a parser busy', () => {
  test.each([
    ['quotes one by one', '> a\n\nb\n\n'],
    ['quotes in a list', '- > a\n'],
    ['lists in a quote', '> a\n\n- b\n\n'],
    ['underlined headings', 'a\n=\n'],
  ])('%s is plain text where there are thousands, and loses no letter', (_, unit) => {
    const shown = parseMarkdown(unit.repeat(2_000), { tags: [] });
    expect(shown.every(({ type }) => type === 'paragraph')).toBe(true);
    expect(documentText(shown).replace(/\s/gu, '')).toBe(unit.repeat(2_000).replace(/\s/gu, ''));
    expect(parseMarkdown(unit.repeat(200), { tags: [] }).some(({ type }) => type !== 'paragraph')).toBe(true);
  });

  test('a long list and a long quote are no such thing', () => {
    const [list] = parseMarkdown('- a\n'.repeat(2_000), { tags: [] });
    expect(list).toMatchObject({ type: 'list' });
    expect(parseMarkdown('> a\n'.repeat(2_000), { tags: [] })).toMatchObject([{ type: 'quote' }]);
  });
});
