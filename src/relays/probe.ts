import type { LookupFunction } from 'node:net';
import type { Filter } from 'nostr-tools/filter';
import type { Log } from '../lib/log.ts';
import { NOTE_KINDS } from '../note/event-to-note.ts';
import type { VerifiedEvent } from '../note/note.ts';
import { type Connection, connect } from './connection/connection.ts';
import { TIMEOUTS } from './timeouts.ts';
import type { Verifier } from './verify.ts';

/** What a relay has of an author. */
export interface RelayFacts {
  readonly profile?: VerifiedEvent;
  readonly relayList?: VerifiedEvent;
  readonly newest?: VerifiedEvent;
  /** Date of the oldest note, in seconds since 1970, to within a day. */
  readonly oldestAtS?: number;
  readonly supportsNegentropy: boolean;
  /** The relay wants to know who asks (NIP-42), so it may have more than it showed. */
  readonly wantsKey: boolean;
}

export interface ProbeOptions {
  readonly author: string;
  readonly verifier: Pick<Verifier, 'verify'>;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly lookup?: LookupFunction | undefined;
  /** For one answer, in milliseconds. Default: 8,000. */
  readonly answerMs?: number;
}

const ANSWER_MS = 8_000;
/** Relays without NIP-77 mostly say nothing. */
const NEGENTROPY_MS = 2_000;
/** No Nostr event is older: November 2020. */
const FIRST_NOTE_S = 1_604_188_800;
const DAY_S = 86_400;
/** NIP-77, version 1: one range from the beginning to the end, as a list of no ids. */
const EMPTY_SET = '6100000200';

/**
 * Connects to a relay, asks what it has of the author, and hangs up. Rejects with an Error that says in a few words what
 * failed, or what the relay said when it refused.
 */
export async function probeRelay(url: string, options: ProbeOptions): Promise<RelayFacts> {
  const { author, verifier, log, signal, lookup, answerMs = ANSWER_MS } = options;
  const connection = await connect(url, { timeouts: TIMEOUTS, log, signal, ...(lookup && { lookup }) });

  /** The newest event that matches. */
  async function newestOf(filter: Filter & { readonly kinds: number[] }): Promise<VerifiedEvent | undefined> {
    const subscription = connection.subscribe({ ...filter, authors: [author], limit: 1 });
    let newest: VerifiedEvent | undefined;
    try {
      for await (const frame of framesOf(connection, answerMs)) {
        if ('subscription' in frame && frame.subscription !== subscription) continue;
        if (frame.type === 'eose') return newest;
        if (frame.type === 'closed') throw new Error(frame.reason || 'the relay refused the request');
        if (frame.type !== 'event') continue;
        const verdict = verifier.verify(frame.event, { author, kinds: filter.kinds });
        if (verdict.status === 'verified' && verdict.event.created_at > (newest?.created_at ?? 0))
          newest = verdict.event;
      }
      throw new Error(`no answer within ${answerMs / 1_000} s`);
    } finally {
      connection.unsubscribe(subscription);
    }
  }

  /** Relays send newest first, so the oldest is found by halving: is there anything before that date? */
  async function oldestBefore(newestS: number): Promise<number> {
    let nothingBefore = FIRST_NOTE_S;
    let oldest = newestS;
    while (oldest - nothingBefore > DAY_S) {
      const middle = Math.floor((oldest + nothingBefore) / 2);
      const found = await newestOf({ kinds: [...NOTE_KINDS], until: middle });
      if (found) oldest = Math.min(found.created_at, middle);
      else nothingBefore = middle;
    }
    return oldest;
  }

  async function supportsNegentropy(): Promise<boolean> {
    const before = connection.notices().count;
    connection.openNegentropy({ authors: [author], kinds: [...NOTE_KINDS], limit: 1 }, EMPTY_SET);
    for await (const frame of framesOf(connection, Math.min(answerMs, NEGENTROPY_MS))) {
      if (frame.type === 'negentropy') return true;
      // `blocked:` is its way of saying that this was too much (NIP-77).
      if (frame.type === 'negentropy-refused') return frame.reason.startsWith('blocked');
      if (connection.notices().count > before) return false;
    }
    return false;
  }

  try {
    const newest = await newestOf({ kinds: [...NOTE_KINDS] });
    const profile = await newestOf({ kinds: [0] });
    const relayList = await newestOf({ kinds: [10_002] });
    const oldestAtS = newest && (await oldestBefore(newest.created_at));
    return {
      ...(profile && { profile }),
      ...(relayList && { relayList }),
      ...(newest && { newest }),
      ...(oldestAtS !== undefined && { oldestAtS }),
      supportsNegentropy: await supportsNegentropy(),
      wantsKey: connection.challenge() !== undefined,
    };
  } finally {
    connection.close('probed');
  }
}

/** Ends after that long without a frame. Throws when the connection is lost. */
async function* framesOf(connection: Connection, silenceMs: number) {
  for (;;) {
    const { frames } = await connection.next(silenceMs);
    if (frames.length === 0) return;
    for (const frame of frames) {
      if (frame.type === 'disconnected') throw new Error(frame.reason);
      yield frame;
    }
  }
}
