import { type Block, type Document, type Inline, inlineText } from '../document.ts';
import { MAX_CONTENT } from '../note.ts';
import { placeholder } from '../placeholders.ts';
import { customEmoji, hashtags } from './hashtags-emoji.ts';
import { createFindBudget, type Pass, type ScanContext, scanInlines } from './inline-scanner.ts';
import { invoices } from './invoices.ts';
import { normalizeText } from './normalize.ts';
import { labelledReferences, legacyReferences, namedReferences, references } from './nostr-references.ts';
import { splitAtSecrets } from './secrets.ts';
import { UNSPACED } from './url-matcher.ts';
import { bareUrls } from './urls.ts';

/** In order of precedence: where two could begin at the same offset, the earlier wins. */
const passes: readonly Pass[] = [
  bareUrls,
  labelledReferences,
  namedReferences,
  references,
  legacyReferences,
  invoices,
  hashtags,
  customEmoji,
];

/** Plain text as one run of inlines, for kinds whose content is not markup (1 and 20–22 among others). Never throws. */
export function parseInlines(content: string, hints: ScanContext): readonly Inline[] {
  const pieces = splitAtSecrets(normalizeText(content.slice(0, MAX_CONTENT)));
  const secret = placeholder('secret');
  const within = { budget: createFindBudget(), ...hints };
  return separateGlued(
    pieces.flatMap((piece, index) => [...(index > 0 ? [secret] : []), ...scanInlines(piece, within, passes)]),
  );
}

/** Inserts spaces between matches that were glued together: URLs and codes to anything, names and labels to words. */
function separateGlued(run: readonly Inline[]): readonly Inline[] {
  return run.flatMap((inline, index) => {
    const before = run[index - 1];
    return before && isGlued(before, inline) ? [{ type: 'text', text: ' ' }, inline] : [inline];
  });
}

function isGlued(before: Inline, inline: Inline): boolean {
  const [first, second] = [tokenClass(before), tokenClass(inline)];
  if (!first || !second) return false;
  if (first === 'words') return WORD[second]?.end.test(inlineText([before])) ?? false;
  if (second === 'words') return WORD[first]?.begin.test(inlineText([inline])) ?? false;
  return true;
}

type TokenClass = 'words' | 'name' | 'label' | 'address';

function tokenClass(inline: Inline): TokenClass | undefined {
  switch (inline.type) {
    case 'text':
      return inline.placeholder ? 'name' : 'words';
    case 'mention':
      return 'name';
    case 'hashtag':
      return 'address';
    case 'link':
      return inline.label ? 'label' : 'address';
    default:
      return undefined;
  }
}

/** Scripts without spaces need no space around a name or URL: `こんにちは@Anna さん`. */
const SPACED = `[[\\p{L}\\p{N}]--${UNSPACED.source}]`;
const WORD: Partial<Record<TokenClass, { readonly begin: RegExp; readonly end: RegExp }>> = {
  label: { begin: /^[\p{L}\p{N}]/u, end: /[\p{L}\p{N}]$/u },
  name: { begin: new RegExp(`^${SPACED}`, 'v'), end: new RegExp(`${SPACED}$`, 'v') },
  address: { begin: /^$/u, end: new RegExp(`${SPACED}$`, 'v') },
};

const BLANK_LINES = /\n[^\S\n]*(?:\n[^\S\n]*)+/gu;
/** Per text. The rest stays one paragraph with its blank lines, which reads the same. */
const MOST_PARAGRAPHS = 500;

/** A run of inlines as paragraphs, split at blank lines; paragraphs of only white space are dropped. */
export function splitParagraphs(run: readonly Inline[]): Document {
  const blocks: Inline[][] = [[]];
  for (const inline of run) {
    if (inline.type !== 'text' || inline.placeholder) {
      blocks.at(-1)?.push(inline);
      continue;
    }
    for (const [index, piece] of cutAtBlankLines(inline.text, MOST_PARAGRAPHS - blocks.length).entries()) {
      if (index > 0) blocks.push([]);
      if (piece) blocks.at(-1)?.push({ type: 'text', text: piece });
    }
  }
  return blocks
    .map(trimRun)
    .filter((children) => children.length > 0)
    .map((children): Block => ({ type: 'paragraph', children }));
}

function cutAtBlankLines(words: string, most: number): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const { index, 0: blank } of words.matchAll(BLANK_LINES)) {
    if (pieces.length >= most) break;
    pieces.push(words.slice(from, index));
    from = index + blank.length;
  }
  return [...pieces, words.slice(from)];
}

/** The run without white space at either end. */
export function trimRun(run: readonly Inline[]): readonly Inline[] {
  const from = run.findIndex((inline) => !isBlank(inline));
  if (from < 0) return [];
  const to = run.findLastIndex((inline) => !isBlank(inline));
  return run.slice(from, to + 1).map((inline, index) => {
    if (inline.type !== 'text') return inline;
    const start = index === 0 ? inline.text.trimStart() : inline.text;
    const words = index === to - from ? start.trimEnd() : start;
    return words === inline.text ? inline : { ...inline, text: words };
  });
}

const isBlank = (inline: Inline): boolean => inline.type === 'text' && inline.text.trim() === '';
