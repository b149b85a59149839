import { createHmac, randomBytes } from 'node:crypto';
import type { KeyValue } from '../lib/key-value.ts';

/** Without those that look like others. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789z';
const LENGTH = 8;

/**
 * What the author sees of a reader: the same for the same person as long as the database is, and nothing that anybody
 * without the database could find out who it is by, as ids can be counted through.
 */
export async function openPseudonyms(settings: KeyValue<string>): Promise<(asker: string) => string> {
  const kept = await settings.get('reader-code-key');
  const key = kept ?? randomBytes(32).toString('hex');
  if (kept === undefined) await settings.set('reader-code-key', key);
  return (asker) => {
    const bytes = createHmac('sha256', key).update(asker).digest().subarray(0, LENGTH);
    const letters = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
    return `${letters.slice(0, 4)}-${letters.slice(4)}`;
  };
}
