import fc from 'fast-check';
import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en/catalogue.ts';
import { type Block, type Inline, link, paragraph, text } from '../../src/note/document.ts';
import { escapeMarkdown } from '../../src/platform/discord/render/escape.ts';
import { escapePiece } from '../../src/platform/discord/render/escape-piece.ts';
import { renderInlines } from '../../src/platform/discord/render/inlines.ts';
import { card, plainText } from '../../src/platform/discord/render/message-forms.ts';
import { withJudgedLinks } from '../../src/platform/link-targets.ts';
import { markStable, sliceText } from '../../src/platform/node-cache.ts';
import { styledDocument } from '../../src/platform/telegram/render/entities/blocks.ts';
import { styledInlines } from '../../src/platform/telegram/render/entities/inlines.ts';

const words = fc.constantFrom(
  'tide',
  ' ',
  '\n',
  '*',
  ' ~~a',
  '# ',
  '1. ',
  ':a:',
  '@here ',
  '. ',
  ' (',
  'é',
  '-',
);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 4, arbitrary: words.map(text) },
  words.map((written): Inline => ({ type: 'hashtag', tag: 'tide', written: `#tide${written.trim()}` })),
  fc.constantFrom(
    link('https://a.example/x'),
    link('https://a.example/y', 'a label'),
    link('https://a.example/z', 'paypal.com'),
    link('https://a.example/*', '~~'),
  ),
  fc
    .tuple(
      fc.constantFrom('strong' as const, 'strike' as const),
      fc.array(words.map(text), { maxLength: 12 }),
    )
    .map(([type, children]): Inline => ({ type, children })),
  fc.constant<Inline>({ type: 'code', text: 'a_b' }),
);
const block: fc.Arbitrary<Block> = fc.oneof(
  { weight: 4, arbitrary: fc.array(inline, { maxLength: 3 }).map((run) => paragraph(...run)) },
  words.map((written): Block => ({ type: 'heading', level: 2, children: [text(written)] })),
  words.map((written): Block => ({ type: 'quote', children: [paragraph(text(written))] })),
  fc.constantFrom<Block>(
    { type: 'divider' },
    { type: 'media', items: [{ kind: 'image', url: 'https://a.example/p.jpg', alternatives: [] }] },
  ),
);

/** A piece of it as it comes of cutting: members of it, and pieces of those beside them. */
const pieces = <Member>(member: fc.Arbitrary<Member>) =>
  fc
    .array(member, { minLength: 10, maxLength: 40 })
    .chain((row) =>
      fc.tuple(
        fc.constant(row),
        fc.nat(row.length),
        fc.nat(row.length),
        fc.option(member, { nil: undefined }),
        fc.option(member, { nil: undefined }),
      ),
    );

const cut = <Member>(
  row: readonly Member[],
  one: number,
  other: number,
  head: Member | undefined,
  tail: Member | undefined,
): readonly Member[] => [
  ...(head === undefined ? [] : [head]),
  ...row.slice(Math.min(one, other), Math.max(one, other)),
  ...(tail === undefined ? [] : [tail]),
];

test('a piece of a lasting run is written as if nothing of it had been written before', () => {
  fc.assert(
    fc.property(pieces(inline), ([written, ...cuts]) => {
      const [lasting] = markStable(withJudgedLinks([paragraph(...written)]));
      const run = lasting?.type === 'paragraph' ? lasting.children : [];
      const piece = cut(run, ...cuts);
      const [anew] = withJudgedLinks([paragraph(...run)]);
      const copies = new Map(
        run.map((member, index) => [member, anew?.type === 'paragraph' ? anew.children[index] : member]),
      );
      const fresh = piece.map((member) => {
        const copy = copies.get(member) ?? member;
        // Links are judged where they stand: the same ones, in a run that nothing is known of.
        return copy.type === 'text' ? { ...copy } : copy;
      });
      expect(renderInlines(piece)).toBe(renderInlines(fresh));
      expect(styledInlines(piece)).toEqual(styledInlines(fresh));
    }),
  );
});

test('a piece of a lasting document is rendered as if nothing of it had been rendered before', () => {
  fc.assert(
    fc.property(pieces(block), ([written, ...cuts]) => {
      const document = markStable(withJudgedLinks(written));
      const piece = cut(document, ...cuts);
      // Links are judged where they stand, so the copy is judged before it is cut, as the document was.
      const [from, to, head, tail] = structuredClone(cuts);
      const fresh = cut(withJudgedLinks(structuredClone(written)), from, to, head, tail);
      for (const form of [card, plainText])
        expect(form(piece, en, { headline: '' })).toEqual(form(fresh, en, { headline: '' }));
      expect(styledDocument(piece)).toEqual(styledDocument(fresh));
    }),
  );
});

/** What decides how what is beside it is escaped, and what is left out. */
const signs =
  'tide| | |\n|\r|\t|\u00a0|\u2028|#|-|+|1.|.|)|:|:a:|*|`|<|@everyone|@every|one|here|http|https://a.example|://|\u202e|\0|\ud83d|👩|潮|é'.split(
    '|',
  );

test('a piece of a text is escaped as if nothing were known of the whole', () => {
  const from = fc.integer({ min: 0, max: 1_000 });
  const length = fc.integer({ min: 1, max: 1_000 });
  const few = fc.array(fc.constantFrom(...signs), { minLength: 2, maxLength: 9 });
  fc.assert(
    fc.property(
      few.chain((some) => fc.array(fc.constantFrom(...some), { minLength: 1_000, maxLength: 1_000 })),
      fc.array(fc.tuple(from, length, from), { minLength: 8, maxLength: 8 }),
      fc.constantFrom('', ' ', 'a', '.', '\n'),
      (written, cuts, rest) => {
        const whole = { type: 'text', text: written.join('') } as const;
        for (const [start, most, again] of cuts) {
          const piece = sliceText(whole, start, start + most);
          for (const one of [piece, sliceText(piece, again)])
            expect(escapePiece(one, rest)).toBe(escapeMarkdown(one.text, rest));
        }
      },
    ),
  );
});
