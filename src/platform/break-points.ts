/** Where a text may be cut: the last good offset up to `reach`, and 0 where there is none. */
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

/** Before a letter behind a blank a word ends, whatever comes before: no more than what is behind it need be gone through. */
const WORD_BEGINS = / [A-Za-z0-9]/;
const NEAR = 400;

/** After sentences, words or graphemes, as Unicode has them: also in Chinese, which has no spaces. */
function lastEnd(granularity: 'sentence' | 'word' | 'grapheme'): End {
  const segmenter = new Intl.Segmenter('en', { granularity });
  return (window, reach) => segmenter.segment(window).containing(reach)?.index ?? window.length;
}

/** The same, looking at no more of the window than it must. */
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
 * Without one of these a text is one sentence, and all of it would be gone through to see that. A full stop before a small
 * letter or a digit ends none, as in an address.
 */
const ENDS_SENTENCE = /[\p{Sentence_Terminal}--.]|\.(?![a-z\d])|[\u2024\n\r\x85\u2028\u2029]/v;
const sentence = lastEnd('sentence');

export const sentenceEnd: End = (window, reach) =>
  reach < window.length && !ENDS_SENTENCE.test(window) ? 0 : sentence(window, reach);

export const graphemeEnd = lastEndNear('grapheme');
const boundary = lastEndNear('word');

/** White space goes with the word before it, all of it at once. */
export function wordEnd(window: string, reach: number): number {
  const end = boundary(window, reach);
  if (!/\s/u.test(window.charAt(end))) return end;
  return boundary(window, Math.max(0, window.slice(0, end).trimEnd().length - 1));
}
