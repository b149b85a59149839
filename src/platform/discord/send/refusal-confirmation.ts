import { LRUCache } from 'lru-cache';
import { type Failure, isAboutChannelAccess } from '../api/errors.ts';
import type { ChannelDirectory } from '../guilds/channels.ts';

/** A refusal that the gateway contradicts counts if it is repeated after this long. */
const CONFIRM_AFTER_MS = 10 * 60_000;
/** An earlier refusal that is older than this doesn't count: it must have had another cause. */
const FORGET_AFTER_MS = 60 * 60_000;
const MAX_CHANNELS = 10_000;

/**
 * During incidents, Discord reports channels as inaccessible or deleted that are neither. While the gateway still
 * shows a channel as writable, the request is therefore retried once before the refusal counts.
 */
export interface RefusalConfirmation {
  /** Milliseconds to wait before the retry; `undefined` if the refusal counts. */
  retryAfterMs(channel: string, failure: Failure): number | undefined;
  /** A message was sent there. */
  clear(channel: string): void;
}

export function createRefusalConfirmation(
  channels: ChannelDirectory,
  now: () => number,
): RefusalConfirmation {
  const firstRefused = new LRUCache<string, number>({ max: MAX_CHANNELS });
  return {
    retryAfterMs(channel, failure) {
      const isContradicted = channels.cached(channel)?.missingPermissions?.length === 0;
      if (!isAboutChannelAccess(failure) || !isContradicted) return undefined;
      const passedMs = now() - (firstRefused.get(channel) ?? Number.NEGATIVE_INFINITY);
      if (passedMs < CONFIRM_AFTER_MS) return CONFIRM_AFTER_MS - passedMs;
      if (passedMs < FORGET_AFTER_MS) {
        firstRefused.delete(channel);
        return undefined;
      }
      firstRefused.set(channel, now());
      return CONFIRM_AFTER_MS;
    },
    clear: (channel) => void firstRefused.delete(channel),
  };
}
