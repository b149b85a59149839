import { randomBytes } from 'node:crypto';
import type { NostrEvent } from '../../src/note/note.ts';
import type { Acceptance } from './event-store.ts';
import { isGenuine } from './event-store.ts';

/** Who is let in where a relay serves only those it knows (NIP-42). */
export interface Admission {
  /** Whether the owner of that key may read; everybody who shows one, where it is left out. */
  readonly admits?: (pubkey: string) => boolean;
  /** When it says its challenge: as soon as somebody connects, or only right before or after it refuses. */
  readonly challenge?: 'at-once' | 'late' | 'after-refusal';
  /** Whether it asks for a key again where the one that was shown is not admitted. */
  readonly stubborn?: boolean;
  /** So many requests it serves on each connection before it asks for a key. */
  readonly after?: number;
  /** After so many requests it wants to be shown the key again, in answer to another challenge. */
  readonly renewedAfter?: number;
  /** How far its clock is off, in milliseconds. */
  readonly clock?: number;
}

/** One client's dealings with NIP-42. */
export interface ClientAuth {
  challenge(): string;
  /** A request comes. True where what was shown no longer counts, and there is another challenge. */
  countRequest(): boolean;
  /** Why this client is not served, with NIP-42's prefix; `undefined` where it is. */
  refusal(): string | undefined;
  /** Whether the client has shown that key; whether it has shown any, where none is named. */
  isAuthenticated(pubkey?: string): boolean;
  /** The answer to an AUTH. */
  authenticate(event: NostrEvent): Acceptance;
}

/** How far from now an answer may be dated, in seconds. */
const MAX_SKEW_S = 600;

/** The door of a relay at that address; open to all without `admission`. */
export function createClientAuth(
  admission: Admission | undefined,
  url: string,
  now: () => number,
): ClientAuth {
  let challenge = randomBytes(8).toString('hex');
  let requests = 0;
  const admits = admission?.admits ?? (() => true);
  const known = new Set<string>();

  function wrongIn(event: NostrEvent): string | undefined {
    const value = (name: string): string => event.tags.find((tag) => tag[0] === name)?.[1] ?? '';
    if (event.kind !== 22_242) return 'invalid: not an answer to a challenge';
    if (value('challenge') !== challenge) return 'invalid: another challenge';
    if (URL.parse(value('relay'))?.host !== new URL(url).host) return 'invalid: meant for another relay';
    if (Math.abs(event.created_at - (now() + (admission?.clock ?? 0)) / 1000) > MAX_SKEW_S)
      return 'invalid: not of this time';
    return isGenuine(event) ? undefined : 'invalid: id or signature does not fit';
  }

  return {
    challenge: () => challenge,
    countRequest() {
      requests += 1;
      if (known.size === 0 || requests <= (admission?.renewedAfter ?? Number.POSITIVE_INFINITY)) return false;
      known.clear();
      challenge = randomBytes(8).toString('hex');
      return true;
    },
    refusal() {
      if (!admission || requests <= (admission.after ?? 0) || [...known].some(admits)) return undefined;
      return known.size === 0 || admission.stubborn
        ? 'auth-required: we only serve people we know'
        : 'restricted: we don’t know you';
    },
    isAuthenticated: (pubkey) => (pubkey === undefined ? known.size > 0 : known.has(pubkey)),
    authenticate(event) {
      const wrong = wrongIn(event);
      if (wrong !== undefined) return { accepted: false, message: wrong };
      known.add(event.pubkey);
      requests = 0;
      return { accepted: true, message: '' };
    },
  };
}
