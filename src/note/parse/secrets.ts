import { en } from '../../text/en.ts';
import type { Pass } from './scan.ts';

const SECRET = /(?:nostr:)?(?:nsec1|ncryptsec1)[02-9ac-hj-np-z]{20,}|cashu[ab][\w+/=-]{20,}/iu;
const HERE = new RegExp(SECRET, 'iuy');
const EVERY = new RegExp(SECRET, 'giu');

/** Private keys and Cashu tokens (bearer money) that slipped into a note: whoever repeats them gives them away. */
export const secrets: Pass = {
  trigger: /(?:nostr:)?(?:nsec1|ncryptsec1)|cashu[ab]/iu,
  read(text, at) {
    HERE.lastIndex = at;
    const secret = HERE.exec(text)?.[0];
    return secret
      ? { end: at + secret.length, inlines: [{ type: 'text', text: en.note.secret }] }
      : undefined;
  },
};

export const hasSecret = (text: string): boolean => SECRET.test(text);

/** For what is not parsed: code, titles, descriptions of pictures. */
export const withoutSecrets = (text: string): string => text.replace(EVERY, en.note.secret);
