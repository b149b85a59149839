import type { LookupFunction } from 'node:net';
import type { Log } from '../log.ts';
import type { NostrEvent } from '../note/note.ts';
import type { BotKey } from './bot-key.ts';
import { type Connection, connect } from './connection.ts';
import { showKey } from './show-key.ts';
import type { Timers } from './timers.ts';
import { prefixOf } from './trouble.ts';

export interface PublishOptions {
  /** Shown to relays that take nothing from strangers (NIP-42). */
  readonly key: BotKey;
  readonly timers: Timers;
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

export function createPublish(options: PublishOptions): Publish {
  const { log } = options;

  /** Why the relay does not keep it; `undefined` where it does. */
  async function refusal(url: string, event: NostrEvent, until?: AbortSignal): Promise<string | undefined> {
    // A relay may talk without end, and about something else.
    const signal = AbortSignal.any([
      options.signal,
      AbortSignal.timeout(options.timers.pageMs),
      ...(until ? [until] : []),
    ]);
    const lookup = options.lookupOf(url);
    const connection = await connect(url, { ...options, signal, ...(lookup && { lookup }) });
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
    const { key, now, timers } = options;
    connection.offer(event);
    for (;;) {
      const frames = await connection.read(timers.pageSilenceMs);
      if (frames.length === 0) return 'no answer';
      for (const frame of frames) {
        if (frame.type === 'gone') return frame.reason;
        if (frame.type !== 'kept' || frame.id !== event.id) continue;
        if (frame.accepted || prefixOf(frame.reason) === 'duplicate') return undefined;
        if (isKnown || prefixOf(frame.reason) !== 'auth-required') return frame.reason || 'refused';
        const isTaken = await showKey(connection, {
          url,
          key,
          nowMs: now(),
          withinMs: timers.pageSilenceMs,
        });
        return isTaken ? offered(connection, url, event, true) : 'refuses our key';
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
          log.info('relay.unanswering', { relay: url, error });
        }
        return [];
      }),
    );
    return kept.flat();
  };
}
