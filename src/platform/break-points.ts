/** Finds the last offset up to `reach` where a text may be cut; 0 if there is none. */
type End = (window: string, reach: number) => number;

/** Just after a run of line breaks. */
export function lineEnd(window: string, reach: number): number {
  for (let at = reach; at > 0; ) {
    const end = window.lastIndexOf('\n', at - 1) + 1;
    if (window.charAt(end) !== '\n') return end;
    at = end - 1;
  }
  return 0;
}

/** There's always a word boundary between a space and a letter, so segmentation can start there. */
const WORD_BEGINS = / [A-Za-z0-9]/;
const NEAR = 400;

/** Boundaries as Unicode defines them, so they're also found in Chinese, which has no spaces. */
function lastEnd(granularity: 'sentence' | 'word' | 'grapheme'): End {
  const segmenter = new Intl.Segmenter('en', { granularity });
  return (window, reach) => segmenter.segment(window).containing(reach)?.index ?? window.length;
}

/** The same, but segments only the end of the window. */
function lastEndNear(granularity: 'word' | 'grapheme'): End {
  const end = lastEnd(granularity);
  return (window, reach) => {
    const before = window.slice(Math.max(0, reach - NEAR), reach);
    const begins = before.search(WORD_BEGINS);
    const from = begins < 0 ? 0 : reach - before.length + begins + 1;
    return from + end(window.slice(from), reach - from);
  };
}

/**
 * Without one of these, a text is a single sentence, and the segmenter would read all of it to find that out. A full
 * stop before a lower-case letter or a digit doesn't end a sentence: it may be part of an address.
 */
const ENDS_SENTENCE = /[\p{Sentence_Terminal}--.]|\.(?![a-z\d])|[\u2024\n\r\x85\u2028\u2029]/v;
const sentence = lastEnd('sentence');

export const sentenceEnd: End = (window, reach) =>
  reach < window.length && !ENDS_SENTENCE.test(window) ? 0 : sentence(window, reach);

export const graphemeEnd = lastEndNear('grapheme');
const boundary = lastEndNear('word');

/** All white space after a word stays with that word. */
export function wordEnd(window: string, reach: number): number {
  const end = boundary(window, reach);
  if (!/\s/u.test(window.charAt(end))) return end;
  return boundary(window, Math.max(0, window.slice(0, end).trimEnd().length - 1));
}
