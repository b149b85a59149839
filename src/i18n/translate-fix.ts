import { en, type Texts } from './en/catalogue.ts';

/** What platforms say before anybody asks: whom it will be told is not known then. */
const fixesOf = ({ discord, telegram }: Texts): readonly (readonly [string, unknown])[] =>
  [
    discord.remedies,
    discord.troubles,
    discord.refused,
    discord.refused.closings,
    telegram.remedy,
    telegram.trouble,
  ].flatMap((some) => Object.entries(some));

/** A platform's remedy or trouble, as it was said or kept in English, in another language. Others stay as they are. */
export function translateFix(sentence: string, texts: Texts): string {
  const at = fixesOf(en).findIndex(([, said]) => said === sentence);
  const [, said] = fixesOf(texts)[at] ?? [];
  return typeof said === 'string' ? said : sentence;
}
