import { randomBytes } from 'node:crypto';
import type { NostrEvent } from '../../src/note/note.ts';
import type { Acceptance } from './event-store.ts';
import { isGenuine } from './event-store.ts';

/** Whom a relay with required authentication serves (NIP-42). */
export interface Admission {
  /** Whether the key's owner may read. By default, every key may. */
  readonly admits?: (pubkey: string) => boolean;
  /** When the challenge is sent: on connection, or only right before or after a refusal. */
  readonly challenge?: 'at-once' | 'late' | 'after-refusal';
  /** Whether it demands authentication again if the key isn't admitted. */
  readonly stubborn?: boolean;
  /** How many requests it serves on each connection before it demands authentication. */
  readonly after?: number;
  /** After this many requests it demands authentication again, with a new challenge. */
  readonly renewedAfter?: number;
  /** The error of its clock, in milliseconds. */
  readonly clock?: number;
}

/** The authentication of one client. */
export interface ClientAuth {
  challenge(): string;
  /** Counts a request. True if the client has to authenticate again, with a new challenge. */
  countRequest(): boolean;
  /** Why this client isn't served, with a prefix of NIP-42; undefined if it is. */
  refusal(): string | undefined;
  /** Whether the client has authenticated with that key, or with any. */
  isAuthenticated(pubkey?: string): boolean;
  /** Answers an AUTH. */
  authenticate(event: NostrEvent): Acceptance;
}

/** How far off an AUTH event may be dated, in seconds. */
const MAX_SKEW_S = 600;

/** `url` is the relay's address. Without `admission` everybody is served. */
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
