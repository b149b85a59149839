import { UNSPACED } from '../parse/url-matcher.ts';

/** What stands on both sides of a medium, and where: `first` and `last` in its text, `between` it and another medium. */
export interface Gap {
  readonly before: string;
  readonly after: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly between: boolean;
}

/** The words that are left, and what Markdown around the medium said of it. */
export interface ClosedGap {
  readonly words: string;
  readonly alt?: string;
}

const ENDS_SENTENCE = /^[.,;:。，、；：]+(?=\s|$)/u;
const SEPARATES = /^[\s,;，、；·•|/-]+$/u;
/** What begins an item of a list, or leads to what follows: without a medium nothing is left of it. */
const MARKER =
  /^(?:[^\S\n]*(?:\(?(?:\d{1,3}|[a-z])[.)]|#\d{1,3}[.):]?|\d{1,2}\ufe0f?\u20e3|\u{1f51f}|[\u2460-\u24ff\u2776-\u2793]|[-*+•‣◦▪●○·–—>]|\[[ xX]?\]))+$/iu;
const ARROW = '(?:[-–—―→⇒|•·]{1,5}>?|=>|>{1,3})';
const LEADS_HERE = new RegExp(`[^\\S\\n]*${ARROW}$`, 'u');
const LEADS_ON = new RegExp(`^[^\\S\\n]*${ARROW}[^\\S\\n]+(?=\\S)`, 'u');
const LINE_ENDS = /^[^\S\n]*(?:\n|$)/u;
/** What a medium kept apart stays apart. */
const WORD_ENDS = new RegExp(`[[\\p{L}\\p{N}]--${UNSPACED.source}]$`, 'v');
const WORD_BEGINS = new RegExp(`^[[\\p{L}\\p{N}\\p{Ps}\\p{Pi}\\p{So}@#!"]--${UNSPACED.source}]`, 'v');
/** Longer wrappers, marks and dashes nobody writes; looking no further keeps a text of many media cheap. */
const REACH = 1_000;
const MARK_REACH = 20;

/** Both sides of a medium as if it had never stood there: without its wrappers, marks of lists and dashes. No word is lost. */
export function closeGap({ first, last, between, ...sides }: Gap): ClosedGap {
  const { before, after, ...said } = unwrapped(sides);
  const words = withoutBlanksAtEnd(before);
  if (between && SEPARATES.test(after) && !LINE_ENDS.test(after))
    return { words: words + after.replace(/[^\n]/gu, ''), ...said };
  const lineAt = words.lastIndexOf('\n') + 1;
  const isWhole = lineAt > 0 || first;
  const endsHere = LINE_ENDS.test(after) && (last || after.includes('\n'));
  const mark = words.slice(Math.max(lineAt, words.length - MARK_REACH));
  const isMark = isWhole && words.length - lineAt <= MARK_REACH && (mark === '' || MARKER.test(mark));
  // A line of its own leaves no empty line behind, nor the full stop after it.
  if (mark === '' && isWhole) {
    const rest = after.replace(ENDS_SENTENCE, '').replace(LEADS_ON, '');
    return { words: words + rest.replace(/^[^\S\n]*\n?/u, ''), ...said };
  }
  if (endsHere && isMark)
    return { words: words.slice(0, lineAt) + after.replace(/^[^\S\n]*\n?/u, ''), ...said };
  const kept = endsHere ? words.slice(0, words.length - mark.length) + mark.replace(LEADS_HERE, '') : words;
  const rest = isMark || LEADS_HERE.test(mark) ? after.replace(LEADS_ON, ' ') : after;
  const isApart = words.length < before.length || WORD_ENDS.test(kept.slice(-2));
  return { words: kept + (isApart && WORD_BEGINS.test(rest) ? ' ' : '') + rest, ...said };
}

/** Looks at the blanks only: what is before them may be long, and is asked about for each medium of a text. */
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

/** Wrappers with words or markup of their own: what ends the words before a medium, and what begins those behind it. */
const MARKUP: readonly (readonly [RegExp, RegExp])[] = [
  // Markdown: `![alt](address "title")`. Without the exclamation mark what is in brackets are words.
  [/!\[(?<alt>[^[\]\n]{0,300})\]\([^\S\n]*$/u, /^[^\S\n]*(?:"[^"\n]{0,300}"|'[^'\n]{0,300}')?[^\S\n]*\)/u],
  [/\[(?<label>[^[\]\n]{0,300})\]\([^\S\n]*$/u, /^[^\S\n]*\)/u],
  [/<(?:img|video|audio|source)\b[^<>\n]{0,300}\bsrc=["']?$/iu, /^[^<>\n]{0,300}>(?:<\/(?:video|audio)>)?/iu],
  [/\[(?:img|video)\]$/iu, /^\[\/(?:img|video)\]/iu],
];
/** Pairs, and marks that are their own pair; the latter touch what they are around. */
const BRACKETS = '() [] {} <> （） ［］ 【】 「」 『』 《》 〈〉 “” „“ „” ‘’ ‚‘ «» »« ‹›'.split(' ');
const MARKS = ['||', '~~', '"', "'", '`', '*', '_'];

/** Without the wrappers that stand around a medium and hold nothing else. */
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
  // `[![](picture)](page)`: what the brackets are around is the label of a link.
  const isPair =
    !closing.startsWith('](') &&
    BRACKETS.some((pair) => opening.endsWith(pair.charAt(0)) && closing.startsWith(pair.charAt(1)));
  return isPair && !/\n/u.test(head.slice(0, head.length - closing.length))
    ? less(tail.length - opening.length + 1, head.length - closing.length + 1)
    : sides;
}
