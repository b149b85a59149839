import type { AppLanguage } from '../../change.ts';
import { en, type PageWords } from './en.ts';
import { zh } from './zh.ts';

export const pageWords: Readonly<Record<AppLanguage, PageWords>> = { en, zh };

let spoken: AppLanguage = 'en';

/** The language of the page in this browser, at first English. The demo's server keeps its own. */
export const words = (): PageWords => pageWords[spoken];

export const language = (): AppLanguage => spoken;

/** Sets the language of the page; the caller redraws what is shown already. */
export function speak(inLanguage: AppLanguage): void {
  spoken = inLanguage;
}
