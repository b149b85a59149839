import type { Channels } from './channels.ts';
import type { Failure } from './errors.ts';

const BELIEVED_AFTER_MS = 10 * 60_000;
/** A refusal so long ago was about something else. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;

/** Refusals that the gateway contradicts: when something breaks at Discord, channels seem closed or gone that are not. */
export interface Doubts {
  /** Milliseconds until it is worth asking again; `undefined` where the refusal is to be believed. */
  waitMs(channel: string, failure: Failure): number | undefined;
  /** Discord has let us write there. */
  settled(channel: string): void;
}

export function createDoubts(channels: Channels, now: () => number): Doubts {
  const since = new Map<string, number>();
  return {
    waitMs(channel, failure) {
      if (!isAboutAccess(failure) || channels.known(channel)?.missing?.length !== 0) return undefined;
      const first = since.get(channel) ?? Number.NEGATIVE_INFINITY;
      const passed = now() - first;
      if (passed < BELIEVED_AFTER_MS) return BELIEVED_AFTER_MS - passed;
      if (passed < FORGOTTEN_AFTER_MS) {
        since.delete(channel);
        return undefined;
      }
      since.set(channel, now());
      return BELIEVED_AFTER_MS;
    },
    settled: (channel) => void since.delete(channel),
  };
}

/** Whether the channel is there and we may write in it: that is what the gateway knows too. */
function isAboutAccess({ meaning }: Failure): boolean {
  if (meaning.about === 'destination') return true;
  return meaning.about === 'access' && (meaning.remedy === 'view' || meaning.remedy === 'write');
}
