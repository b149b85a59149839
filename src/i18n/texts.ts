import { en, type Texts } from './en/catalogue.ts';
import { zh } from './zh/catalogue.ts';

/** The bot's languages, by IETF primary subtag. */
const catalogues = { en, zh } as const satisfies Readonly<Record<string, Texts>>;

export type Language = keyof typeof catalogues;
export const LANGUAGES = Object.keys(catalogues) as readonly Language[];

/**
 * The catalogue for a language tag such as `en-US`, `zh-hans` or `zh-TW`; English if the bot doesn't speak the language.
 * Chinese is always in simplified characters, which readers of traditional ones read more easily than English.
 */
export function languageFor(tag: string): Language {
  const [primary = ''] = tag.toLowerCase().split(/[-_]/u);
  return LANGUAGES.find((language) => language === primary) ?? 'en';
}

/** The texts for a language tag. */
export const textsFor = (tag: string): Texts => catalogues[languageFor(tag)];

export type { Texts };
