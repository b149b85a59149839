import { en } from '../../i18n/en/catalogue.ts';
import { matchUrl, URL_START } from './url-matcher.ts';

/** Private keys (NIP-19, NIP-49) and Cashu tokens, which are money for whoever holds them. */
const SECRET = /(?:nostr:)?(?:nsec1|ncryptsec1)[02-9ac-hj-np-z]{20,}|cashu[ab][\w+/=-]{20,}/iu;
const EVERY = new RegExp(SECRET, 'giu');
const ADDRESSES = new RegExp(URL_START, 'giu');

/** Whether repeating the text would leak a secret. */
export const hasSecret = (text: string): boolean => SECRET.test(text);

/**
 * The text between secrets, in order; a URL that contains a secret is removed whole. Done before anything else is parsed,
 * so that no hashtag or URL can contain one.
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

/** The text with each secret replaced by a notice. */
export const redactSecrets = (text: string): string => splitAtSecrets(text).join(en.note.secret);
