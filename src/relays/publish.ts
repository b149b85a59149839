import type { LookupFunction } from 'node:net';
import type { Log } from '../lib/log.ts';
import type { NostrEvent } from '../note/note.ts';
import type { BotKey } from './bot-key.ts';
import { type Connection, connect } from './connection/connection.ts';
import { authenticateConnection } from './connection/nip42.ts';
import { classifyReason, isUnexplained, reasonPrefix } from './relay-errors.ts';
import type { Timeouts } from './timeouts.ts';

export interface PublisherOptions {
  /** Shown to relays that take nothing from strangers (NIP-42). */
  readonly key: BotKey;
  readonly timeouts: Timeouts;
  readonly log: Log;
  readonly signal: AbortSignal;
  now(): number;
  lookupOf(url: string): LookupFunction | undefined;
}

/** Gives an event to relays; the addresses of those that keep it. Never rejects. When `until` aborts, no other relay gets it. */
export type Publish = (
  event: NostrEvent,
  urls: readonly string[],
  until?: AbortSignal,
) => Promise<readonly string[]>;

const NO_ANSWER = 'no answer';

/** A relay that has challenged us may mean that by any refusal which is not about the event itself, and by silence. */
function wantsKey(reason: string, isChallenged: boolean): boolean {
  const { error: trouble } = classifyReason(reason);
  return trouble === 'needs-key' || (isChallenged && (trouble === 'refuses-us' || isUnexplained(reason)));
}

export function createPublisher(options: PublisherOptions): Publish {
  const { log } = options;

  /** Why the relay does not keep it; `undefined` where it does. */
  async function refusal(url: string, event: NostrEvent, until?: AbortSignal): Promise<string | undefined> {
    // A relay may talk without end, and about something else.
    const signal = AbortSignal.any([
      options.signal,
      AbortSignal.timeout(options.timeouts.pageMs),
      ...(until ? [until] : []),
    ]);
    const lookup = options.lookupOf(url);
    const connection = await connect(url, {
      ...options,
      log: log.with({ relay: url }),
      signal,
      ...(lookup && { lookup }),
    });
    try {
      return await offered(connection, url, event);
    } finally {
      connection.close('done');
    }
  }

  async function offered(
    connection: Connection,
    url: string,
    event: NostrEvent,
    isKnown = false,
  ): Promise<string | undefined> {
    const { key, now, timeouts } = options;
    connection.publish(event);

    /** Why it is not kept, or what comes of showing the key where that may be what is wanted. */
    async function refused(reason: string): Promise<string | undefined> {
      if (isKnown || !wantsKey(reason, connection.challenge() !== undefined)) return reason;
      const nowMs = now();
      const isTaken = await authenticateConnection(connection, {
        url,
        key,
        nowMs,
        withinMs: timeouts.pageSilenceMs,
      });
      if (isTaken) return offered(connection, url, event, true);
      return classifyReason(reason).error === 'needs-key' ? 'refuses our key' : reason;
    }

    for (;;) {
      const frames = await connection.read(timeouts.pageSilenceMs);
      if (frames.length === 0) return refused(connection.notices().text || NO_ANSWER);
      for (const frame of frames) {
        if (frame.type === 'gone') return frame.reason;
        if (frame.type !== 'kept' || frame.id !== event.id) continue;
        if (frame.accepted || reasonPrefix(frame.reason) === 'duplicate') return undefined;
        return refused(frame.reason || 'refused');
      }
    }
  }

  return async (event, urls, until) => {
    const kept = await Promise.all(
      urls.map(async (url) => {
        try {
          const reason = await refusal(url, event, until);
          if (reason === undefined) return [url];
          log.info('event.refused', { relay: url, kind: event.kind, reason });
        } catch (error) {
          log.info('relay.unreachable', { relay: url, error });
        }
        return [];
      }),
    );
    return kept.flat();
  };
}
