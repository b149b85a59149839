import { createECDH, createHmac } from 'node:crypto';
import { decode, nsecEncode } from 'nostr-tools/nip19';
import { makeAuthEvent } from 'nostr-tools/nip42';
import { decrypt, encrypt } from 'nostr-tools/nip44';
import { finalizeEvent, generateSecretKey, getPublicKey } from 'nostr-tools/pure';
import type { NostrEvent } from '../note/note.ts';

/** The bot's own key. The secret isn't a property, so no log can print it. */
export interface BotKey {
  /** 64 hex digits. */
  readonly pubkey: string;
  /** The AUTH event that answers a relay's challenge (NIP-42). */
  signAuth(relay: string, challenge: string, nowMs: number): NostrEvent;
  sign(unsigned: UnsignedEvent): NostrEvent;
  /** Encrypts for the owner of the other key (NIP-44). */
  encrypt(pubkey: string, text: string): string;
  /** Throws if it isn't from the owner of that key, isn't for us, or is damaged. */
  decrypt(pubkey: string, payload: string): string;
}

/** An event without id and signature. `created_at` is in seconds. */
export type UnsignedEvent = Pick<NostrEvent, 'kind' | 'created_at' | 'tags' | 'content'>;

/** What is wrong with a secret key, as a clause that doesn't repeat it; undefined if nothing. */
export function botKeyProblem(written: string): string | undefined {
  if (/^(nostr:)?(npub|nprofile)1/i.test(written))
    return 'this is a public key; the bot needs a secret key of its own: an nsec or 64 hex digits';
  return parseSecret(written) ? undefined : 'not a secret key: expected an nsec or 64 hex digits';
}

/** Throws a `TypeError` if `botKeyProblem` finds one. */
export function botKeyFrom(written: string): BotKey {
  const secret = parseSecret(written);
  if (!secret) throw new TypeError('Not a secret key');
  return botKeyOf(secret);
}

/** A random key, to be used once (NIP-59). */
export const oneTimeKey = (): BotKey => botKeyOf(generateSecretKey());

function botKeyOf(secret: Uint8Array): BotKey {
  const ecdh = createECDH('secp256k1');
  ecdh.setPrivateKey(secret);
  /** The conversation key (NIP-44). OpenSSL takes 0.4 ms, JavaScript 2.3 ms, and anybody can make us do it. */
  const shared = (pubkey: string): Uint8Array =>
    createHmac('sha256', 'nip44-v2')
      .update(ecdh.computeSecret(Buffer.from(`02${pubkey}`, 'hex')))
      .digest();
  return {
    pubkey: getPublicKey(secret),
    signAuth: (relay, challenge, nowMs) =>
      finalizeEvent({ ...makeAuthEvent(relay, challenge), created_at: Math.floor(nowMs / 1000) }, secret),
    sign({ kind, created_at, tags, content }) {
      const unsigned = { kind, created_at, tags: tags.map((tag) => [...tag]), content };
      const { id, pubkey, sig } = finalizeEvent(unsigned, secret);
      return { id, pubkey, created_at, kind, tags, content, sig };
    },
    encrypt: (pubkey, text) => encrypt(text, shared(pubkey)),
    decrypt: (pubkey, payload) => decrypt(payload, shared(pubkey)),
  };
}

/** Every form in which the key might turn up in a log, even if it isn't a valid key. */
export function secretForms(written: string): readonly string[] {
  const secret = parseSecret(written);
  if (!secret) return [written];
  const forms = [nsecEncode(secret), Buffer.from(secret).toString('hex')];
  return [...new Set([written, ...forms, ...forms.map((form) => form.toUpperCase())])];
}

function parseSecret(written: string): Uint8Array | undefined {
  try {
    const secret = /^[0-9a-f]{64}$/i.test(written)
      ? Uint8Array.from(Buffer.from(written, 'hex'))
      : decode(written.replace(/^nostr:/i, '').toLowerCase());
    const bytes = secret instanceof Uint8Array ? secret : secret.type === 'nsec' ? secret.data : undefined;
    // Not every number is a valid key. Throws if it isn't.
    if (bytes) getPublicKey(bytes);
    return bytes;
  } catch {
    return undefined;
  }
}
