import { en, type Texts } from './en/catalogue.ts';
import { zh } from './zh/catalogue.ts';

/** The languages the bot speaks, by their IETF primary subtag. */
const catalogues = { en, zh } as const satisfies Readonly<Record<string, Texts>>;

export type Language = keyof typeof catalogues;
export const LANGUAGES = Object.keys(catalogues) as readonly Language[];

/**
 * The language to speak to somebody whose language tag is `en-US`, `zh-hans`, `zh-TW` …: English where the bot does not
 * speak theirs. There is one Chinese, written in simplified characters: whoever reads traditional ones reads these
 * more easily than English.
 */
export function languageFor(tag: string): Language {
  const [primary = ''] = tag.toLowerCase().split(/[-_]/u);
  return LANGUAGES.find((language) => language === primary) ?? 'en';
}

/** The texts for a language tag. */
export const textsFor = (tag: string): Texts => catalogues[languageFor(tag)];

export type { Texts };
