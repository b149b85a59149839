import type { LookupFunction } from 'node:net';
import type { Log } from '../lib/log.ts';
import type { NostrEvent } from '../note/note.ts';
import type { BotKey } from './bot-key.ts';
import { type Connection, connect } from './connection/connection.ts';
import { authenticate } from './connection/nip42.ts';
import { classifyReason, isUnexplained, reasonPrefix } from './relay-errors.ts';
import type { Timeouts } from './timeouts.ts';

export interface PublisherOptions {
  /** For relays that accept nothing without authentication (NIP-42). */
  readonly key: BotKey;
  readonly timeouts: Timeouts;
  readonly log: Log;
  readonly signal: AbortSignal;
  now(): number;
  lookupOf(url: string): LookupFunction | undefined;
}

/**
 * Publishes an event and returns the addresses of the relays that keep it. Never rejects. When `until` aborts, no
 * further relay gets it.
 */
export type Publish = (
  event: NostrEvent,
  urls: readonly string[],
  until?: AbortSignal,
) => Promise<readonly string[]>;

/** A relay that has challenged us may mean authentication by silence, or any refusal that isn't about the event. */
function wantsKey(reason: string, isChallenged: boolean): boolean {
  const { error } = classifyReason(reason);
  return error === 'needs-key' || (isChallenged && (error === 'refuses-us' || isUnexplained(reason)));
}

export function createPublisher(options: PublisherOptions): Publish {
  const { key, timeouts, log, now } = options;

  /** Why the relay doesn't keep the event; undefined if it does. */
  async function publishTo(url: string, event: NostrEvent, until?: AbortSignal): Promise<string | undefined> {
    // A relay may talk endlessly about something else.
    const signal = AbortSignal.any([
      options.signal,
      AbortSignal.timeout(timeouts.pageMs),
      ...(until ? [until] : []),
    ]);
    const lookup = options.lookupOf(url);
    const connection = await connect(url, {
      timeouts,
      log: log.with({ relay: url }),
      signal,
      ...(lookup && { lookup }),
    });
    try {
      const refusal = await publishOn(connection, event);
      if (refusal === undefined || !wantsKey(refusal, connection.challenge() !== undefined)) return refusal;
      const failure = await authenticate(connection, { url, key, now, timeouts });
      if (!failure) return await publishOn(connection, event);
      return classifyReason(refusal).error === 'needs-key' ? 'refuses our key' : refusal;
    } finally {
      connection.close('done');
    }
  }

  async function publishOn(connection: Connection, event: NostrEvent): Promise<string | undefined> {
    connection.publish(event);
    for (;;) {
      const { frames } = await connection.next(timeouts.pageSilenceMs);
      if (frames.length === 0) return connection.notices().text || 'no answer';
      for (const frame of frames) {
        if (frame.type === 'disconnected') return frame.reason;
        if (frame.type !== 'publish-result' || frame.id !== event.id) continue;
        if (frame.accepted || reasonPrefix(frame.reason) === 'duplicate') return undefined;
        return frame.reason || 'refused';
      }
    }
  }

  return async (event, urls, until) => {
    const keptBy = await Promise.all(
      urls.map(async (url) => {
        try {
          const reason = await publishTo(url, event, until);
          if (reason === undefined) return [url];
          log.info('publish.refused', { relay: url, kind: event.kind, reason });
        } catch (error) {
          log.info('relay.unreachable', { relay: url, error });
        }
        return [];
      }),
    );
    return keptBy.flat();
  };
}
