import { en, type Texts } from './en/catalogue.ts';

/** What adapters say about a failure, in English because they don't know who will read it. */
const fixesOf = ({ discord, telegram }: Texts): readonly (readonly [string, unknown])[] =>
  [
    discord.fixes,
    discord.errors,
    discord.refused,
    discord.refused.closings,
    telegram.fixes,
    telegram.errors,
  ].flatMap((some) => Object.entries(some));

/** Translates an adapter's fix or error, which was logged or stored in English. Other sentences stay unchanged. */
export function translateFix(sentence: string, texts: Texts): string {
  const at = fixesOf(en).findIndex(([, said]) => said === sentence);
  const [, said] = fixesOf(texts)[at] ?? [];
  return typeof said === 'string' ? said : sentence;
}
