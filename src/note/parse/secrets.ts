import { en } from '../../i18n/en/catalogue.ts';
import { matchUrl, URL_START } from './url-matcher.ts';

/** Private keys (NIP-19, NIP-49) and Cashu tokens, which are money for whoever holds them. */
const SECRET = /(?:nostr:)?(?:nsec1|ncryptsec1)[02-9ac-hj-np-z]{20,}|cashu[ab][\w+/=-]{20,}/iu;
const EVERY = new RegExp(SECRET, 'giu');
const ADDRESSES = new RegExp(URL_START, 'giu');

/** Whether a text holds what would be given away by repeating it. */
export const hasSecret = (text: string): boolean => SECRET.test(text);

/**
 * The text between secrets, in order; an address with a secret in it goes as a whole. Taken apart before anything else
 * is looked for, no hashtag or address swallows one.
 */
export function splitAtSecrets(text: string): readonly string[] {
  if (!hasSecret(text)) return [text];
  const pieces: string[] = [];
  let done = 0;
  let from = 0;
  for (const { index } of text.matchAll(ADDRESSES)) {
    if (index < from) continue;
    const address = matchUrl(text, index);
    from = index + address.length;
    if (!hasSecret(address)) continue;
    pieces.push(text.slice(done, index));
    done = from;
  }
  return [...pieces, text.slice(done)].flatMap((piece) => piece.split(EVERY));
}

/** The text with a word in the place of each secret. */
export const redactSecrets = (text: string): string => splitAtSecrets(text).join(en.note.secret);
