import fc from 'fast-check';
import type { Block, Inline, Media } from '../../../src/note/document.ts';

/** Strings with a bias towards text that Telegram interprets. */
export const anyWords = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '@durov',
        '/start',
        '@',
        '/',
        ' ',
        '\n',
        '/stop@other_bot',
        'a@b',
        'https://x.example/@me',
        '👩‍🚀',
        '\ud800',
        '_',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const url = fc.webUrl({ validSchemes: ['https'] });

const { inline } = fc.letrec<{ inline: Inline }>((tie) => {
  const children = fc.array(tie('inline'), { maxLength: 3 });
  return {
    inline: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      anyWords.map((text): Inline => ({ type: 'text', text })),
      anyWords.map((text): Inline => ({ type: 'code', text })),
      fc.tuple(url, anyWords).map(
        ([url, label]): Inline => ({
          type: 'link',
          url,
          written: url,
          label: [{ type: 'text', text: label }],
        }),
      ),
      fc
        .tuple(url, anyWords)
        .map(([url, name]): Inline => ({ type: 'mention', pubkey: '', name, url, written: '' })),
      fc
        .tuple(fc.constantFrom('strong', 'emphasis', 'strike', 'spoiler'), children)
        .map(([type, children]): Inline => ({ type, children })),
    ),
  };
});
const inlines = fc.array(inline, { maxLength: 4 });
const media = url.map((url): Media => ({ kind: 'image', url, alternatives: [] }));

export const { block } = fc.letrec<{ block: Block }>((tie) => {
  const children = fc.array(tie('block'), { maxLength: 3 });
  return {
    block: fc.oneof(
      { depthSize: 'small' },
      inlines.map((children): Block => ({ type: 'paragraph', children })),
      fc.tuple(anyWords, fc.nat(800)).map(
        ([text, n]): Block => ({
          type: 'paragraph',
          children: [{ type: 'text', text: `${text} `.repeat(n) }],
        }),
      ),
      fc.array(inlines, { maxLength: 4 }).map((items): Block => ({ type: 'list', items })),
      anyWords.map((text): Block => ({ type: 'code-block', text })),
      fc.array(media, { minLength: 1, maxLength: 12 }).map((items): Block => ({ type: 'media', items })),
      children.map((children): Block => ({ type: 'quote', children })),
      fc.tuple(anyWords, children).map(([reason, children]): Block => ({ type: 'hidden', reason, children })),
    ),
  };
});
