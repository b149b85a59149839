import { en, type Texts } from './en.ts';

/** The languages the bot speaks, by their IETF primary subtag. */
const catalogues: Readonly<Record<string, Texts>> = { en };

/** The texts for a language tag (`en-US`, `zh-hans`), in English where the bot does not speak it. */
export function textsFor(language: string): Texts {
  return catalogues[language.toLowerCase().split('-')[0] ?? ''] ?? en;
}

export type { Texts };
