import { UNSPACED } from '../parse/url-matcher.ts';

/**
 * The text on both sides of a medium. `first` and `last`: at the start or end of the text; `between`: next to another
 * medium.
 */
export interface Gap {
  readonly before: string;
  readonly after: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly between: boolean;
}

/** The remaining text, and the description that Markdown around the medium gave. */
export interface ClosedGap {
  readonly words: string;
  readonly alt?: string;
}

const ENDS_SENTENCE = /^[.,;:。，、；：]+(?=\s|$)/u;
const SEPARATES = /^[\s,;，、；·•|/-]+$/u;
/** List markers and arrows: without the medium they are pointless. */
const MARKER =
  /^(?:[^\S\n]*(?:\(?(?:\d{1,3}|[a-z])[.)]|#\d{1,3}[.):]?|\d{1,2}\ufe0f?\u20e3|\u{1f51f}|[\u2460-\u24ff\u2776-\u2793]|[-*+•‣◦▪●○·–—>]|\[[ xX]?\]))+$/iu;
const ARROW = '(?:[-–—―→⇒|•·]{1,5}>?|=>|>{1,3})';
const LEADS_HERE = new RegExp(`[^\\S\\n]*${ARROW}$`, 'u');
const LEADS_ON = new RegExp(`^[^\\S\\n]*${ARROW}[^\\S\\n]+(?=\\S)`, 'u');
const LINE_ENDS = /^[^\S\n]*(?:\n|$)/u;
/** Words on both sides of the medium must not be joined. */
const WORD_ENDS = new RegExp(`[[\\p{L}\\p{N}]--${UNSPACED.source}]$`, 'v');
const WORD_BEGINS = new RegExp(`^[[\\p{L}\\p{N}\\p{Ps}\\p{Pi}\\p{So}@#!"]--${UNSPACED.source}]`, 'v');
/** Nobody writes longer wrappers, marks and dashes, and a limit keeps a text with many media cheap. */
const REACH = 1_000;
const MARK_REACH = 20;

/**
 * Joins both sides of a medium as if it had never been there: without its wrappers, list markers and dashes. No word is
 * lost.
 */
export function closeGap({ first, last, between, ...sides }: Gap): ClosedGap {
  const { before, after, ...description } = unwrapped(sides);
  const words = withoutBlanksAtEnd(before);
  if (between && SEPARATES.test(after) && !LINE_ENDS.test(after))
    return { words: words + after.replace(/[^\n]/gu, ''), ...description };
  const lineAt = words.lastIndexOf('\n') + 1;
  const isWhole = lineAt > 0 || first;
  const endsHere = LINE_ENDS.test(after) && (last || after.includes('\n'));
  const mark = words.slice(Math.max(lineAt, words.length - MARK_REACH));
  const isMark = isWhole && words.length - lineAt <= MARK_REACH && (mark === '' || MARKER.test(mark));
  // A medium on a line of its own leaves neither an empty line nor a full stop behind.
  if (mark === '' && isWhole) {
    const rest = after.replace(ENDS_SENTENCE, '').replace(LEADS_ON, '');
    return { words: words + rest.replace(/^[^\S\n]*\n?/u, ''), ...description };
  }
  if (endsHere && isMark)
    return { words: words.slice(0, lineAt) + after.replace(/^[^\S\n]*\n?/u, ''), ...description };
  const kept = endsHere ? words.slice(0, words.length - mark.length) + mark.replace(LEADS_HERE, '') : words;
  const rest = isMark || LEADS_HERE.test(mark) ? after.replace(LEADS_ON, ' ') : after;
  const isApart = words.length < before.length || WORD_ENDS.test(kept.slice(-2));
  return { words: kept + (isApart && WORD_BEGINS.test(rest) ? ' ' : '') + rest, ...description };
}

/** Scans only the trailing white space: the text before it may be long, and this runs for each medium. */
function withoutBlanksAtEnd(text: string): string {
  let end = text.length;
  while (/[^\S\n]/u.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

interface Sides {
  readonly before: string;
  readonly after: string;
  readonly alt?: string;
}

/**
 * Wrappers with text or markup in them: patterns for the end of the text before a medium, and the start of that after.
 */
const MARKUP: readonly (readonly [RegExp, RegExp])[] = [
  // Markdown: `![alt](address "title")`. Without the exclamation mark, the brackets contain a label.
  [/!\[(?<alt>[^[\]\n]{0,300})\]\([^\S\n]*$/u, /^[^\S\n]*(?:"[^"\n]{0,300}"|'[^'\n]{0,300}')?[^\S\n]*\)/u],
  [/\[(?<label>[^[\]\n]{0,300})\]\([^\S\n]*$/u, /^[^\S\n]*\)/u],
  [/<(?:img|video|audio|source)\b[^<>\n]{0,300}\bsrc=["']?$/iu, /^[^<>\n]{0,300}>(?:<\/(?:video|audio)>)?/iu],
  [/\[(?:img|video)\]$/iu, /^\[\/(?:img|video)\]/iu],
];
/** Brackets, and marks that are their own counterpart; the latter must touch what they enclose. */
const BRACKETS = '() [] {} <> （） ［］ 【】 「」 『』 《》 〈〉 “” „“ „” ‘’ ‚‘ «» »« ‹›'.split(' ');
const MARKS = ['||', '~~', '"', "'", '`', '*', '_'];

/** Removes wrappers that enclose nothing but the medium. */
function unwrapped(sides: Sides): Sides {
  const tail = sides.before.slice(-REACH);
  const head = sides.after.slice(0, REACH);
  const [closing, opening] = [head.trimStart(), withoutBlanksAtEnd(tail)];
  const less = (before: number, after: number): Sides =>
    unwrapped({
      ...sides,
      before: sides.before.slice(0, sides.before.length - before),
      after: sides.after.slice(after),
    });
  for (const [opens, closes] of MARKUP) {
    const opened = opens.exec(tail);
    const closed = opened && closes.exec(head);
    if (!opened || !closed) continue;
    const { alt, label = '' } = opened.groups ?? {};
    return unwrapped({
      before: sides.before.slice(0, sides.before.length - opened[0].length) + label,
      after: sides.after.slice(closed[0].length),
      ...(alt || sides.alt ? { alt: alt?.trim() || (sides.alt ?? '') } : {}),
    });
  }
  const mark = MARKS.find((one) => tail.endsWith(one) && head.startsWith(one));
  if (mark) return less(mark.length, mark.length);
  // `[![](picture)](page)`: the brackets contain the label of a link.
  const isPair =
    !closing.startsWith('](') &&
    BRACKETS.some((pair) => opening.endsWith(pair.charAt(0)) && closing.startsWith(pair.charAt(1)));
  return isPair && !/\n/u.test(head.slice(0, head.length - closing.length))
    ? less(tail.length - opening.length + 1, head.length - closing.length + 1)
    : sides;
}
