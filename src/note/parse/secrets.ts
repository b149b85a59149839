import { en } from '../../text/en.ts';

/** Private keys (NIP-19, NIP-49) and Cashu tokens, which are money for whoever holds them. */
const SECRET = /(?:nostr:)?(?:nsec1|ncryptsec1)[02-9ac-hj-np-z]{20,}|cashu[ab][\w+/=-]{20,}/iu;
const EVERY = new RegExp(SECRET, 'giu');

/** Whether a text holds what would be given away by repeating it. */
export const hasSecret = (text: string): boolean => SECRET.test(text);

/** The text between secrets, in order. Taken apart before anything else is looked for, no hashtag or address swallows one. */
export const aroundSecrets = (text: string): readonly string[] => text.split(EVERY);

/** The text with a word in the place of each secret. */
export const withoutSecrets = (text: string): string => aroundSecrets(text).join(en.note.secret);
