import { type Language, languageFor } from '../i18n/texts.ts';
import { documentText } from '../note/document.ts';
import type { Note } from '../note/note.ts';
import { withBeginningOnly } from '../note/present/note-text.ts';

/** Scripts, each with the language most often written in it. Latin and other shared scripts don't tell the language. */
const SCRIPTS: readonly (readonly [language: string, script: RegExp])[] = [
  ['ja', /[\p{sc=Hira}\p{sc=Kana}]/gu],
  ['ko', /\p{sc=Hang}/gu],
  ['zh', /\p{sc=Han}/gu],
  ['th', /\p{sc=Thai}/gu],
  ['el', /\p{sc=Grek}/gu],
  ['he', /\p{sc=Hebr}/gu],
  ['hi', /\p{sc=Deva}/gu],
];

const BEYOND_LATIN = /[\u0370-\u{10ffff}]/u;
const LETTERS = /\p{L}/gu;
/** The share of letters in the script. Japanese text is half in Han characters, so less is enough. */
const MIN_SHARE = { ja: 0.1, other: 0.5 } as const;

/**
 * The language of a note as an IETF tag: from the author's label (NIP-32, ISO 639-1), or else from the script;
 * `undefined` if neither tells.
 */
export function languageOf(note: Note): string | undefined {
  const label = note.event.tags.find(([name, , space]) => name === 'l' && space === 'ISO-639-1')?.[1];
  if (label && /^[a-z]{2}$/u.test(label)) return label;
  const words = `${note.title ?? ''} ${documentText(withBeginningOnly(note).body)}`;
  if (!BEYOND_LATIN.test(words)) return undefined;
  const letters = count(words, LETTERS);
  const found = SCRIPTS.find(
    ([language, script]) =>
      count(words, script) > letters * (language === 'ja' ? MIN_SHARE.ja : MIN_SHARE.other),
  );
  return letters > 0 ? found?.[0] : undefined;
}

const count = (words: string, what: RegExp): number => words.match(what)?.length ?? 0;

/** The site's own language: that of most of these notes, or English. */
export function siteLanguage(notes: readonly Note[]): Language {
  const chinese = notes.filter((note) => languageFor(languageOf(note) ?? 'en') === 'zh').length;
  return chinese * 2 > notes.length ? 'zh' : 'en';
}
