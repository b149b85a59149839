import { createHmac, randomBytes } from 'node:crypto';
import type { KeyValue } from '../lib/key-value.ts';

/** Without letters that look like others. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789z';
const LENGTH = 8;

/**
 * The name under which the author sees a reader. It stays the same as long as the database does. An HMAC and not a plain
 * hash, since user ids could be tried one by one.
 */
export async function openPseudonyms(settings: KeyValue<string>): Promise<(user: string) => string> {
  const kept = await settings.get('reader-code-key');
  const key = kept ?? randomBytes(32).toString('hex');
  if (kept === undefined) await settings.set('reader-code-key', key);
  return (user) => {
    const bytes = createHmac('sha256', key).update(user).digest().subarray(0, LENGTH);
    const letters = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
    return `${letters.slice(0, 4)}-${letters.slice(4)}`;
  };
}
