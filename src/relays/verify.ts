import { createHash } from 'node:crypto';
import { verifyEvent } from 'nostr-tools/pure';
import { initNostrWasm } from 'nostr-wasm';
import type { Log } from '../lib/log.ts';
import {
  MAX_CONTENT,
  MAX_EVENT_TAGS,
  MAX_IDENTIFIER,
  type NostrEvent,
  type VerifiedEvent,
} from '../note/note.ts';
import { tagValue } from '../note/pointer.ts';

/** Which events are wanted. What is left out isn't checked. */
export interface EventCriteria {
  readonly author?: string;
  readonly kinds?: readonly number[];
}

export interface Rejection {
  readonly status: 'rejected';
  readonly reason:
    | 'malformed'
    | 'too large'
    | 'bad date'
    | 'from the future'
    | 'other author'
    | 'unwanted kind'
    | 'wrong id'
    | 'bad signature'
    /** A direct message that can't be opened, or that somebody else wrote. */
    | 'unreadable';
}

/** An event of the right shape, size, date, author and kind, whose id and signature haven't been checked. */
export type ScreenedEvent = NostrEvent & { readonly __screened: unique symbol };

/** `unfit`: right shape, author and kind, but too large or badly dated. Only `prove` tells whether it is genuine. */
export type Screening =
  | { readonly status: 'screened'; readonly event: ScreenedEvent }
  | (Rejection & { readonly unfit?: ScreenedEvent });
type Verdict = { readonly status: 'verified'; readonly event: VerifiedEvent } | Rejection;

/** The only source of verified events. The cheapest checks come first. Never throws, whatever it is given. */
export interface Verifier {
  /** Everything but cryptography, in microseconds. */
  readonly screen: (candidate: unknown, wanted: EventCriteria) => Screening;
  /** Checks id and signature: half a millisecond. */
  readonly prove: (event: ScreenedEvent) => Verdict;
  /** Both. */
  verify(candidate: unknown, wanted: EventCriteria): Verdict;
}

/** How far ahead of our clock an author's clock may be, in seconds. */
const MAX_AHEAD_S = 900;

type CheckSignature = (event: NostrEvent) => boolean;

/** Verifies with libsecp256k1 in WebAssembly, or, if that can't start, in plain JavaScript, four times slower. */
export async function createVerifier(options: {
  readonly now: () => number;
  readonly log: Log;
  readonly loadWasm?: typeof initNostrWasm;
}): Promise<Verifier> {
  const { now } = options;
  const hasValidSignature = await loadSignatureCheck(options.loadWasm ?? initNostrWasm, options.log);

  function screen(candidate: unknown, wanted: EventCriteria): Screening {
    if (typeof candidate !== 'object' || candidate === null) return rejected('malformed');
    const { id, pubkey, created_at, kind, tags, content, sig } = candidate as Record<
      keyof NostrEvent,
      unknown
    >;
    if (!isHex(id, HEX_64) || !isHex(pubkey, HEX_64) || !isHex(sig, HEX_128)) return rejected('malformed');
    if (!isInteger(kind, 65_535) || typeof content !== 'string' || !Array.isArray(tags))
      return rejected('malformed');
    if (wanted.author !== undefined && pubkey !== wanted.author) return rejected('other author');
    if (wanted.kinds !== undefined && !wanted.kinds.includes(kind)) return rejected('unwanted kind');
    if (!tags.every(isTag)) return rejected('malformed');
    if (!isInteger(created_at, Number.MAX_SAFE_INTEGER)) return rejected('bad date');
    const event = { id, pubkey, created_at, kind, tags, content, sig } as NostrEvent as ScreenedEvent;
    const reason = unfitReason(event, now());
    return reason ? { status: 'rejected', reason, unfit: event } : { status: 'screened', event };
  }

  function prove(event: ScreenedEvent): Verdict {
    if (eventId(event) !== event.id) return rejected('wrong id');
    if (!hasValidSignature(event)) return rejected('bad signature');
    return { status: 'verified', event: event as NostrEvent as VerifiedEvent };
  }

  return {
    screen,
    prove,
    verify(candidate, wanted) {
      const screening = screen(candidate, wanted);
      return screening.status === 'rejected' ? rejected(screening.reason) : prove(screening.event);
    },
  };
}

async function loadSignatureCheck(load: typeof initNostrWasm, log: Log): Promise<CheckSignature> {
  try {
    const wasm = await load();
    return (event) => {
      try {
        wasm.verifyEvent(event as Parameters<typeof wasm.verifyEvent>[0]);
        return true;
      } catch (error) {
        // Its memory doesn't grow. Whatever it couldn't handle is checked again, slowly.
        return /invalid/.test(String(error)) ? false : checkInJavaScript(event);
      }
    };
  } catch (error) {
    log.warn('verifier.degraded', { reason: 'WebAssembly did not start', error });
    return checkInJavaScript;
  }
}

/** On a copy, because nostr-tools leaves its verdict on the object under a symbol, which a spread would carry on. */
function checkInJavaScript({ id, pubkey, created_at, kind, tags, content, sig }: NostrEvent): boolean {
  return verifyEvent({ id, pubkey, created_at, kind, tags: tags as string[][], content, sig });
}

/** The id that belongs to an event's contents (NIP-01). */
export function eventId({ pubkey, created_at, kind, tags, content }: Omit<NostrEvent, 'id' | 'sig'>): string {
  return createHash('sha256')
    .update(JSON.stringify([0, pubkey, created_at, kind, tags, content]))
    .digest('hex');
}

const HEX_64 = /^[0-9a-f]{64}$/;
const HEX_128 = /^[0-9a-f]{128}$/;

function unfitReason(event: NostrEvent, nowMs: number): Rejection['reason'] | undefined {
  const { tags, content, created_at } = event;
  const identifier = tagValue(event, 'd') ?? '';
  if (tags.length > MAX_EVENT_TAGS || content.length > MAX_CONTENT || identifier.length > MAX_IDENTIFIER)
    return 'too large';
  if (created_at > 2 ** 32 - 1) return 'bad date';
  return created_at > nowMs / 1000 + MAX_AHEAD_S ? 'from the future' : undefined;
}

function rejected(reason: Rejection['reason']): Rejection {
  return { status: 'rejected', reason };
}

function isHex(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

function isInteger(value: unknown, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;
}

function isTag(tag: unknown): tag is readonly string[] {
  return Array.isArray(tag) && tag.every((value) => typeof value === 'string');
}
