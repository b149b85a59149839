import { PLATFORM_NAMES } from '../platform/platforms.ts';
import { en, type Texts } from './en/catalogue.ts';

/** What an adapter's catalogue says, by path. */
const sentencesIn = (texts: object, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([key, said]) =>
    typeof said === 'string'
      ? [[`${path}.${key}`, said] as const]
      : typeof said === 'object'
        ? sentencesIn(said, `${path}.${key}`)
        : [],
  );
const sentencesOf = (texts: Texts) => PLATFORM_NAMES.flatMap((name) => sentencesIn(texts[name], name));

/**
 * Translates a fix or an error that an adapter reported in English, since it doesn't know who will read it. Sentences that
 * aren't in the adapters' catalogues stay unchanged.
 */
export function translateFix(sentence: string, texts: Texts): string {
  const path = sentencesOf(en).find(([, said]) => said === sentence)?.[0];
  return new Map(sentencesOf(texts)).get(path ?? '') ?? sentence;
}
