import { type Language, languageFor } from '../i18n/texts.ts';
import { documentText } from '../note/document.ts';
import type { Note } from '../note/note.ts';
import { withBeginningOnly } from '../note/present/note-text.ts';

/** A script and the language that is most often written in it. Latin letters and others say nothing about the language. */
const SCRIPTS: readonly (readonly [language: string, script: RegExp])[] = [
  ['ja', /[\p{sc=Hira}\p{sc=Kana}]/gu],
  ['ko', /\p{sc=Hang}/gu],
  ['zh', /\p{sc=Han}/gu],
  ['th', /\p{sc=Thai}/gu],
  ['el', /\p{sc=Grek}/gu],
  ['he', /\p{sc=Hebr}/gu],
  ['hi', /\p{sc=Deva}/gu],
];

const LETTERS = /\p{L}/gu;
/** Half of a text in such a script; Japanese text is half in Han characters, so less is enough. */
const MIN_SHARE = { ja: 0.1, other: 0.5 } as const;

/**
 * The language of a note as an IETF tag: as its author says (NIP-32, ISO 639-1), or else as its script shows; `undefined`
 * if neither does.
 */
export function languageOf(note: Note): string | undefined {
  const label = note.event.tags.find(([name, , space]) => name === 'l' && space === 'ISO-639-1')?.[1];
  if (label && /^[a-z]{2}$/u.test(label)) return label;
  const words = `${note.title ?? ''} ${documentText(withBeginningOnly(note).body)}`;
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
