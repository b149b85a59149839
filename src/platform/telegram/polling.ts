import type { Update } from 'grammy/types';
import type { Log } from '../../log.ts';
import { type Calls, POLL_TIMEOUT_S } from './client.ts';
import { faultOf } from './fault.ts';
import type { Wait } from './wait.ts';

const UPDATES = ['message', 'channel_post', 'callback_query', 'my_chat_member'] as const;
/** First and longest pause after trouble, in milliseconds. */
const PAUSES = { conflict: [5_000, 60_000], other: [1_000, 30_000] } as const;

export interface PollingParts {
  readonly calls: Pick<Calls, 'getUpdates' | 'deleteWebhook'>;
  readonly log: Log;
  readonly wait: Wait;
  /** Begins to handle an update. Settles when there is room for more. */
  take(updates: readonly Update[]): Promise<void>;
}

export interface Polling {
  /** Asks for updates until the signal aborts, or the token is refused. Never throws. */
  run(signal: AbortSignal): Promise<void>;
  /** Tells Telegram which updates were taken, after the last of them is done. */
  confirm(): Promise<void>;
  /** Why no updates come, in a few words. */
  trouble(): string | undefined;
}

/**
 * Long polling (Bot API, `getUpdates`). Asking for the next updates confirms those before, so that is done when their
 * handling has begun: a crash loses what was in hand, and nothing is handled twice because one answer is slow.
 */
export function createPolling({ calls, log, wait, take }: PollingParts): Polling {
  let offset = 0;
  let trouble: string | undefined;

  /** How long to pause, or `undefined` to give up. */
  async function pauseAfter(error: unknown, failures: number): Promise<number | undefined> {
    const { kind, reason, afterMs } = faultOf(error);
    const pause = ([first, most]: readonly [number, number]): number => Math.min(first * 2 ** failures, most);
    if (kind === 'token') {
      trouble = 'Telegram refuses the token';
      log.error('polling.refused', { reason });
      return undefined;
    }
    if (kind === 'conflict' && /webhook/i.test(reason)) {
      log.warn('webhook.removed', { reason });
      await calls.deleteWebhook({ drop_pending_updates: false });
      return 0;
    }
    if (kind === 'conflict') {
      trouble = 'another instance is polling with the same token';
      log.warn('polling.contended', { reason: 'another instance is polling' });
      return pause(PAUSES.conflict);
    }
    trouble = 'Telegram gives no updates';
    log.warn('polling.failed', { reason });
    return afterMs ?? pause(PAUSES.other);
  }

  async function run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        const updates = await calls.getUpdates(
          { offset, timeout: POLL_TIMEOUT_S, allowed_updates: UPDATES },
          signal as Parameters<typeof calls.getUpdates>[1],
        );
        failures = 0;
        trouble = undefined;
        offset = (updates.at(-1)?.update_id ?? offset - 1) + 1;
        await take(updates);
      } catch (error) {
        if (signal.aborted) return;
        const pause = await pauseAfter(error, failures).catch(() => PAUSES.other[1]);
        if (pause === undefined) return;
        failures += 1;
        await wait(pause, signal);
      }
    }
  }

  return {
    run,
    async confirm() {
      if (offset > 0) await calls.getUpdates({ offset, limit: 1, timeout: 0 });
    },
    trouble: () => trouble,
  };
}
