import { en, type Texts } from './en.ts';

/** What platforms say before anybody asks: whom it will be told is not known then. */
const told = ({ discord, telegram }: Texts): readonly (readonly [string, unknown])[] =>
  [
    discord.remedies,
    discord.troubles,
    discord.refused,
    discord.refused.closings,
    telegram.remedy,
    telegram.trouble,
  ].flatMap((some) => Object.entries(some));

/** A platform's remedy or trouble, as it was said or kept in English, in another language. Others stay as they are. */
export function retold(sentence: string, texts: Texts): string {
  const at = told(en).findIndex(([, said]) => said === sentence);
  const [, said] = told(texts)[at] ?? [];
  return typeof said === 'string' ? said : sentence;
}
