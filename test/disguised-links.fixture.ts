import fc from 'fast-check';
import type { Inline } from '../src/note/document.ts';

/*
 * Labels made to be read as an address that they do not lead to, and what a reader makes of them. Whoever made a label
 * knows what is in it: `readBack` undoes these lists, and asks nobody what an address is.
 */

/** Characters by their code points. */
const characters = (codes: string): readonly string[] =>
  codes.split(' ').map((code) => String.fromCodePoint(Number.parseInt(code, 16)));

/** They take no room on a screen, or a hair's breadth. */
export const UNSEEN = characters(
  '200b 200c 200d 200e 200f 061c 2060 2061 2063 2064 2066 2069 206a 034f 00ad 115f 1160 17b4 ' +
    '17b5 180b 180e 3164 ffa0 feff fff9 fffc fe00 fe0e fe0f 2800 2009 200a 202f e0100 e01ef e0001 ' +
    'e0061 e007f 1d159 1d173 1d17a e000 f8ff fdd0 1bca0 fff0',
);
const EMOJI = ['🔥', '🔒', '👩‍🚀', '✅', '👍🏽', '❤️'];
export const LOOK_ALIKES: Readonly<Record<string, readonly string[]>> = {
  '.': characters(
    '2024 3002 ff0e ff61 fe52 fe12 00b7 0387 2022 2027 2219 22c5 30fb ff65 06d4 0701 0702 a4f8 ' +
      '2e31 2e33 a78f 10a50 1d16d 25cf 26ab 25aa 25e6 2218 2d9 1f534 26aa',
  ),
  ':': characters('ff1a fe13 fe55 fe30 a789 2236 02d0 05c3 0589'),
  '/': characters('ff0f 2044 2215 29f8 2571 005c ff3c 2041 31d3 2cc6'),
  '@': characters('ff20 fe6b'),
  p: characters('ff50 24df 1d429'),
  '1': characters('ff11 2460 1d7cf'),
};
const BAITS = [
  'paypal.com',
  'www.paypal.com',
  'support@paypal.com',
  'https://paypal',
  'http://paypal.com/in',
  'paypal.com:443',
  'paypal:8443',
  'paypal.pizza',
  'раураl.рф',
  'xn--pypal-4ve.com',
  '10.1.1.10',
  '127.0.0.1:8080',
  '2001:db8::1',
];

/** What a reader sees: without what takes no room, pictures passed over, and each look-alike taken for what it looks like. */
export function readBack(words: string): string {
  let read = words;
  for (const emoji of EMOJI) read = read.replaceAll(emoji, '');
  for (const mark of UNSEEN) read = read.replaceAll(mark, '');
  for (const [meant, drawn] of Object.entries(LOOK_ALIKES))
    for (const one of drawn) read = read.replaceAll(one, meant);
  return read;
}

/** One link or several that are read as one name, and nothing else. */
export interface Disguise {
  readonly bait: string;
  readonly urls: readonly string[];
  readonly children: readonly Inline[];
  /** The same as one label. */
  readonly label: string;
}

/** A character of the bait as it is drawn, and what stands unseen after it. */
const drawn = (meant: string) =>
  fc.tuple(
    fc.oneof(
      { weight: 2, arbitrary: fc.constant(meant) },
      fc.constantFrom(...(LOOK_ALIKES[meant] ?? [meant])),
    ),
    fc.oneof(
      { weight: 4, arbitrary: fc.constant('') },
      { weight: 2, arbitrary: fc.constantFrom(...UNSEEN) },
      { weight: 1, arbitrary: fc.constantFrom(...EMOJI) },
    ),
  );

type Wrap = 'strong' | 'emphasis' | 'strike' | 'none' | 'emoji';
const wraps: readonly Wrap[] = ['none', 'none', 'strong', 'emphasis', 'strike', 'emoji'];

const wrapped = (inline: Inline, wrap: Wrap): readonly Inline[] => {
  if (wrap === 'none') return [inline];
  // A custom emoji is a picture to those who know them.
  if (wrap === 'emoji' && inline.type === 'link' && inline.label)
    return [
      {
        ...inline,
        label: [...inline.label, { type: 'emoji', name: 'seal', url: 'https://e.example/1.png' }],
      },
    ];
  return wrap === 'emoji' ? [inline] : [{ type: wrap, children: [inline] }];
};

/** Every way that is known to us to make links look as if they led to the bait. */
export const disguises: fc.Arbitrary<Disguise> = fc.constantFrom(...BAITS).chain((bait) =>
  fc
    .record({
      written: fc.tuple(...Array.from(bait, drawn)),
      cuts: fc.uniqueArray(fc.nat(bait.length - 1), { maxLength: 3 }),
      between: fc.oneof(fc.constant(''), fc.constantFrom(...UNSEEN)),
      wrap: fc.array(fc.constantFrom(...wraps), { minLength: 4, maxLength: 4 }),
      apart: fc.boolean(),
      outer: fc.boolean(),
    })
    .map(({ written, cuts, between, wrap, apart, outer }): Disguise => {
      const places = [0, ...cuts.filter((cut) => cut > 0).sort((a, b) => a - b), written.length];
      const words = places.slice(0, -1).map((from, index) =>
        written
          .slice(from, places[index + 1])
          .flat()
          .join(''),
      );
      const urls = words.map((_, index) => `https://evil.example/${apart ? index : 0}`);
      const links = words.flatMap((label, index): readonly Inline[] => {
        const url = urls[index] ?? '';
        const link: Inline = { type: 'link', url, written: url, label: [{ type: 'text', text: label }] };
        const gap: readonly Inline[] = index > 0 && between !== '' ? [{ type: 'text', text: between }] : [];
        return [...gap, ...wrapped(link, wrap[index] ?? 'none')];
      });
      return {
        bait,
        urls: [...new Set(urls)],
        children: outer ? [{ type: 'strong', children: links }] : links,
        label: written.flat().join(''),
      };
    }),
);
