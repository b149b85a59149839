import type { NostrEvent } from '../src/note/note.ts';

const HEX = '5a'.repeat(32);
/** A mention of somebody (NIP-19). */
const MENTION = 'npub1tfd95kj6tfd95kj6tfd95kj6tfd95kj6tfd95kj6tfd95kj6tfdq895xwl';

const prose =
  'The tide came in as it always does, without a word, and took with it what had been left too near. Nobody complained.';

/** Text that is repeated until a note is full, the text before and after it, and the note's tags. */
export interface Pattern {
  readonly unit: string;
  readonly before?: string;
  readonly after?: string;
  readonly tags?: readonly (readonly string[])[];
}

/** The maximum for an event. */
const tags = Array.from({ length: 2_400 }, (_, n) => ['t', `tide${n}`]);

/** The baseline for hostile notes. */
export const plainProse: Pattern = { unit: `${prose.repeat(4)}\n\n` };

/** Texts that make a careless parser, renderer or splitter slow. */
export const patterns: Readonly<Record<string, string | Pattern>> = {
  'one letter': 'a',
  'blank lines': '\n \n',
  'white space': ' ',
  brackets: '[',
  'brackets and parens': '[a](',
  'open emphasis': '*a **b _c ',
  backticks: '`a``b```c',
  'nested quotes': `${'>'.repeat(90)} a\n`,
  'nested lists': '- ',
  'quotes one by one': '> a\n\nb\n\n',
  'quotes in a list': '- > a\n',
  'underlined headings': 'a\n=\n',
  'blanks in a line': { before: 'a', unit: ' ', after: 'b' },
  'tabs in a line': { before: 'a', unit: '\t', after: 'b' },
  'blanks before a picture': { before: 'a', unit: ' ', after: 'b https://a.example/p.jpg' },
  pictures: 'https://a.example/p.jpg ',
  'table rows': '|a|b\n',
  'hash signs': '#',
  hashtags: '#tide-and-time ',
  'hashtags beside tags': { unit: '#tide ', tags },
  'emoji beside tags': {
    unit: ':a:',
    tags: tags.map(([, name = '']) => ['emoji', name, 'https://a.example/e.png']),
  },
  colons: ':a:b',
  'half addresses': 'https://',
  addresses: 'https://a.example/?q=1, ',
  'glued addresses': 'https://a.example/https://b.example/',
  'full stops after an address': { before: 'https://a', unit: '.', after: 'é' },
  'a label of names': { before: '[', unit: 'a.', after: '](https://a.example)' },
  'half references': 'nostr:npub1',
  'broken references': `npub1${'q'.repeat(58)} `,
  'legacy references': '#[0]',
  'combining marks': 'e\u0301\u0301\u0301\u0301\u0301\u0301',
  'joined emoji': '👩\u200D🚀\u200D',
  'hidden characters': '\u202E\u200B',
  'secrets begun': 'nsec1cashuA',
  'code fences': '```\n',
  'Chinese without spaces': '潮水像往常一样涨上来',
  'HTML entities': '&amp;&#x41;<b',
  'hashtags cut short': '#a-',
  'short hashtags': '#a ',
  'strikes begun': '~~a',
  strikes: '~~a~~ ',
  'at signs': '@a ',
  'bot commands': '/a ',
  'nested brackets': '[[a](',
  'links in Markdown': '[a](https://a.example) ',
  'a word in bold': '**a** b\n\n',
  'one-letter paragraphs': 'a\n\n',
  'lines of one letter': 'a\n',
  mentions: `nostr:${MENTION} `,
  'glued mentions': `nostr:${MENTION}`,
  'addresses with a user': 'https://a.b@',
  'addresses by number': 'https://1.2/',
  footnotes: '[^1] ',
  'footnotes explained': '[^1]: a\n\n',
  bars: '|',
  'a table': { before: '|a|b|\n|-|-|\n', unit: '|a|b|\n' },
  'invoices begun': 'lnbc1',
  'payment links begun': 'lightning:lnurl1',
  'both directions': 'אב ab \u05d0\u200f, ',
  'spoiler bars': '||a||',
  tables: '|a|b|\n|-|-|\n|a|b|\n\n',
  'a table up to its bound': { before: '|a|b|\n|-|-|\n', unit: `|${'a'.repeat(90)}|${'b'.repeat(90)}|\n` },
  'tables in quotes': '> |a|b|\n> |-|-|\n> |a|b|\n\n',
  'footnotes in footnotes': '[^1]: [^2]: ',
  'tags in HTML': { before: '<div>', unit: '<b>a</b>\n' },
  'elements up to their bound': `<b>a</b> ${'word '.repeat(16)}\n\n`,
  'pictures up to their bound': `![a](https://a.example/p.png) ${'word '.repeat(50)}\n\n`,
  'elements never ended': '<div><b>',
  'comments begun': 'a <!-- ',
  'quotation marks begun': '<a b="',
  'entities in HTML': { before: '<div>', unit: '&amp;' },
  'blank lines in a program': { before: '<script>a', unit: ' \n' },
  'numbered lines': '1. a\n\n',
  headings: '# a\n\n',
  'pictures in Markdown': '![a](https://a.example/p.png)\n\n',
};

const filled = (unit: string, bytes: number): string =>
  unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)));

/** A note filled with the pattern. */
export function hostileEvent(kind: number, pattern: string | Pattern, bytes: number): NostrEvent {
  const {
    unit,
    before = '',
    after = '',
    tags = [],
  } = typeof pattern === 'string' ? { unit: pattern } : pattern;
  const content = before + filled(unit, bytes - Buffer.byteLength(before + after)) + after;
  return {
    id: HEX,
    pubkey: HEX,
    created_at: 1_750_100_000,
    kind,
    tags: [['d', 'long'], ...tags],
    content,
    sig: HEX,
  };
}
