const AFTER_HAN = /\p{sc=Han}$/u;
const BEFORE_HAN = /^\p{sc=Han}/u;
const LATIN_START = /^[\p{sc=Latn}\p{N}]/u;
const LATIN_END = /[\p{sc=Latn}\p{N}]$/u;

/**
 * A Chinese sentence around names, words and numbers: `han\`共${n}篇\``. Numbers get thousands separators, and a space
 * separates Han characters from Latin letters and digits; the values stay unchanged.
 */
export function han(pieces: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return pieces.reduce((before, after, index) => {
    const value = values[index - 1] ?? '';
    const shown = typeof value === 'number' ? value.toLocaleString('zh-CN') : value;
    const left = AFTER_HAN.test(before) && LATIN_START.test(shown) ? ' ' : '';
    const right = LATIN_END.test(shown) && BEFORE_HAN.test(after) ? ' ' : '';
    return before + left + shown + right + after;
  });
}

const SLANTLESS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

/** Whether a text has italics: East Asian scripts have none, and slanted by software they are hard to read. */
export const hasItalic = (words: string): boolean => !SLANTLESS.test(words);
