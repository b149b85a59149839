import type { AppLanguage } from '../../change.ts';
import { en, type PageWords } from './en.ts';
import { zh } from './zh.ts';

export const pageWords: Readonly<Record<AppLanguage, PageWords>> = { en, zh };

let spoken: AppLanguage = 'en';

/** What the page in this browser is in; English before anything is said. The demo's server keeps its own. */
export const words = (): PageWords => pageWords[spoken];

export const language = (): AppLanguage => spoken;

/** The page is in that language from now on; what is shown already is to be shown again. */
export function speak(inLanguage: AppLanguage): void {
  spoken = inLanguage;
}
