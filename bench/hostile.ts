import type { NostrEvent } from '../src/note/note.ts';
import type { Stages } from './stages.ts';
import { median, timed } from './timing.ts';

const prose =
  'The tide came in as it always does, without a word, and took with it what had been left too near. Nobody complained.';

/** Texts that make a careless parser slow, each repeated until the note is full. */
const hostile: Readonly<Record<string, string>> = {
  'one letter': 'a',
  'blank lines': '\n \n',
  'white space': ' ',
  brackets: '[',
  'brackets and parens': '[a](',
  'open emphasis': '*a **b _c ',
  backticks: '`a``b```c',
  'nested quotes': `${'>'.repeat(90)} a\n`,
  'nested lists': '- ',
  'table rows': '|a|b\n',
  'hash signs': '#',
  hashtags: '#tide-and-time ',
  colons: ':a:b',
  'half addresses': 'https://',
  addresses: 'https://a.example/?q=1, ',
  'glued addresses': 'https://a.example/https://b.example/',
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

const KINDS = { 'kind 1': 1, article: 30_023 } as const;
const HEX = '5a'.repeat(32);

export interface HostileTime {
  readonly pattern: string;
  /** How many times as long as the plain note of the same size in bytes, per kind of note. */
  readonly timesPlain: Readonly<Record<keyof typeof KINDS, number>>;
}

export interface HostileTimes {
  readonly bytes: number;
  /** Milliseconds for the plain note, per kind: parsed and rendered for both platforms. */
  readonly plainMs: Readonly<Record<keyof typeof KINDS, number>>;
  readonly patterns: readonly HostileTime[];
}

/** Notes that are all one pattern, beside plain prose of the same size: parsed and rendered for both platforms. */
export function measureHostile(
  stages: Stages,
  size: { readonly bytes: number; readonly rounds: number },
): HostileTimes {
  const plain = perKind((kind) => {
    const event = eventOf(kind, filled(`${prose.repeat(4)}\n\n`, size.bytes));
    // The first notes of all pay for what is still cold.
    msOf(stages, event);
    return median(Array.from({ length: size.rounds }, () => msOf(stages, event)));
  });
  const patterns = Object.entries(hostile).map(([pattern, unit]) => ({
    pattern,
    timesPlain: perKind((kind, name) => {
      const event = eventOf(kind, filled(unit, size.bytes));
      return median(Array.from({ length: size.rounds }, () => msOf(stages, event))) / plain[name];
    }),
  }));
  return { bytes: size.bytes, plainMs: plain, patterns };
}

const perKind = (measure: (kind: number, name: keyof typeof KINDS) => number) => ({
  'kind 1': measure(KINDS['kind 1'], 'kind 1'),
  article: measure(KINDS.article, 'article'),
});

function msOf(stages: Stages, event: NostrEvent): number {
  const [ms] = timed(() => {
    const note = stages.parse(event);
    return note ? stages.discord(note) + stages.telegram(note) : 0;
  });
  return ms;
}

const filled = (unit: string, bytes: number): string =>
  unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)));

function eventOf(kind: number, content: string): NostrEvent {
  return { id: HEX, pubkey: HEX, created_at: 1_750_100_000, kind, tags: [['d', 'long']], content, sig: HEX };
}
