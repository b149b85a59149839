import { type Failure, isAboutChannelAccess } from '../api/errors.ts';
import type { ChannelDirectory } from '../guilds/channels.ts';

const CONFIRM_AFTER_MS = 10 * 60_000;
/** A refusal so long ago was about something else. */
const FORGET_AFTER_MS = 60 * 60_000;

/** Refusals that the gateway contradicts: when something breaks at Discord, channels seem closed or gone that are not. */
export interface RefusalConfirmation {
  /** Milliseconds until it is worth asking again; `undefined` where the refusal is to be believed. */
  retryAfterMs(channel: string, failure: Failure): number | undefined;
  /** Discord has let us write there. */
  clear(channel: string): void;
}

export function createRefusalConfirmation(
  channels: ChannelDirectory,
  now: () => number,
): RefusalConfirmation {
  const since = new Map<string, number>();
  return {
    retryAfterMs(channel, failure) {
      if (!isAboutChannelAccess(failure) || channels.cached(channel)?.missingPermissions?.length !== 0)
        return undefined;
      const first = since.get(channel) ?? Number.NEGATIVE_INFINITY;
      const passed = now() - first;
      if (passed < CONFIRM_AFTER_MS) return CONFIRM_AFTER_MS - passed;
      if (passed < FORGET_AFTER_MS) {
        since.delete(channel);
        return undefined;
      }
      since.set(channel, now());
      return CONFIRM_AFTER_MS;
    },
    clear: (channel) => void since.delete(channel),
  };
}
