import type { NostrEvent } from '../src/note/note.ts';
import { passage } from '../src/note/passage.ts';
import { readQuery } from '../src/note/query.ts';
import { en } from '../src/text/en.ts';
import type { Measurement, Size, Table } from './measurement.ts';
import { createStages, type Stages } from './stages.ts';
import { median, timed } from './timing.ts';

const SIZES: Readonly<Record<Size, { readonly bytes: number; readonly rounds: number }>> = {
  full: { bytes: 1_000_000, rounds: 3 },
  quick: { bytes: 2_000, rounds: 1 },
};

const prose =
  'The tide came in as it always does, without a word, and took with it what had been left too near. Nobody complained.';

/** What is repeated until a note is full, what stands once on either side, and the tags beside it. */
interface Pattern {
  readonly unit: string;
  readonly before?: string;
  readonly after?: string;
  readonly tags?: readonly (readonly string[])[];
}

/** As many as an event may have. */
const tags = Array.from({ length: 2_400 }, (_, n) => ['t', `tide${n}`]);

/** Texts that make a careless parser slow. */
const patterns: Readonly<Record<string, string | Pattern>> = {
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
};

const HEX = '5a'.repeat(32);

/** Notes that are all one pattern, beside plain prose of the same size: parsed, searched and rendered for both platforms. */
function measureHostile({ bytes, rounds }: (typeof SIZES)[Size]): Table {
  const stages = createStages();
  const msPerKind = (pattern: string | Pattern) =>
    perKind((kind) => {
      const event = eventOf(kind, typeof pattern === 'string' ? { unit: pattern } : pattern, bytes);
      return median(Array.from({ length: rounds }, () => msOf(stages, event)));
    });
  const plainUnit = `${prose.repeat(4)}\n\n`;
  // The first notes of all pay for what is still cold.
  msPerKind(plainUnit);
  const plain = msPerKind(plainUnit);
  const rows = Object.entries(patterns).map(([pattern, made]) => {
    const ms = msPerKind(made);
    return { pattern, note: ms.note / plain.note, article: ms.article / plain.article };
  });
  return {
    about: [
      `One note of ${bytes.toLocaleString('en')} bytes, parsed, searched and rendered for both platforms:`,
      `time beside plain prose of that size, which takes ${plain.note.toFixed(1)} ms as kind 1`,
      `and ${plain.article.toFixed(1)} ms as an article.`,
    ].join(' '),
    columns: {
      pattern: { head: 'pattern' },
      note: { head: 'kind 1', as: 'times' },
      article: { head: 'article', as: 'times' },
    },
    rows,
  };
}

const perKind = (measure: (kind: number) => number) => ({ note: measure(1), article: measure(30_023) });

function msOf(stages: Stages, event: NostrEvent): number {
  const [ms] = timed(() => {
    const note = stages.parse(event);
    if (!note) return;
    passage(note, query, en);
    stages.discord(note);
    stages.telegram(note);
  });
  return ms;
}

const { query } = readQuery('a b');

const filled = (unit: string, bytes: number): string =>
  unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)));

function eventOf(
  kind: number,
  { unit, before = '', after = '', tags = [] }: Pattern,
  bytes: number,
): NostrEvent {
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

/** What notes cost that are made to keep a parser busy. */
export const hostile: Measurement = {
  name: 'hostile',
  run: async ({ size }) => [measureHostile(SIZES[size])],
};
