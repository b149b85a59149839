import type { AppLanguage } from './change.ts';
import type { PageWords } from './page/words/en.ts';
import { pageWords } from './page/words/words.ts';

/** The language of the page and of the readers' apps. */
export interface LanguageState {
  readonly language: AppLanguage;
  readonly words: PageWords;
  set(language: AppLanguage): void;
  /** Calls back at once, and whenever the language changes. */
  onChange(listener: (language: AppLanguage) => void): void;
}

export function createLanguageState(): LanguageState {
  let language: AppLanguage = 'en';
  const listeners: ((language: AppLanguage) => void)[] = [];
  return {
    get language() {
      return language;
    },
    get words() {
      return pageWords[language];
    },
    set(other) {
      language = other;
      for (const listener of listeners) listener(other);
    },
    onChange(listener) {
      listeners.push(listener);
      listener(language);
    },
  };
}
