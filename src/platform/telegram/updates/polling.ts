import type { Update } from 'grammy/types';
import { en } from '../../../i18n/en/catalogue.ts';
import { exponentialDelay } from '../../../lib/backoff.ts';
import type { Delay } from '../../../lib/delay.ts';
import type { Log } from '../../../lib/log.ts';
import { classifyError } from '../api/classify-error.ts';
import { type Calls, POLL_TIMEOUT_S } from '../api/client.ts';
import { retryAfterMs } from '../api/errors.ts';
import { type PollingConflict, RESUME_MS } from './polling-conflict.ts';

const UPDATES = ['message', 'channel_post', 'callback_query', 'inline_query', 'my_chat_member'] as const;
/** First and longest pause after trouble, in milliseconds. */
const RETRY_MS = [1_000, 30_000] as const;
/** What is held for half a minute and comes back empty sooner than this was not held: then the next one waits. */
const HELD_MS = 1_000;

const { trouble: troubles } = en.telegram;

export interface PollingParts {
  readonly calls: Pick<Calls, 'getUpdates' | 'deleteWebhook'>;
  readonly contention: PollingConflict;
  readonly log: Log;
  readonly wait: Delay;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Begins to handle an update. Settles when there is room for more. */
  take(updates: readonly Update[]): Promise<void>;
}

export interface Polling {
  /** Asks for updates until the signal aborts, or the token is refused. Never throws. */
  run(signal: AbortSignal): Promise<void>;
  /** Tells Telegram which updates were taken, after the last of them is done. */
  confirm(): Promise<void>;
  /** Why no updates come, or not all of them, in a few words. */
  trouble(): string | undefined;
}

/**
 * Long polling (Bot API, `getUpdates`). Asking for the next updates confirms those before, so that is done when their
 * handling has begun: a crash loses what was in hand, and nothing is handled twice because one answer is slow, or given
 * again. The first request after trouble is not held, so that all is known to be well as soon as it is. Who stands aside for another instance only looks whether it is gone, and leaves all updates to it.
 */
export function createPolling({ calls, contention, log, wait, now, take }: PollingParts): Polling {
  let offset = 0;
  let failures = 0;
  /** The last updates that were taken. */
  let taken: ReadonlySet<number> = new Set();
  let unheard: string | undefined;
  let said: ReturnType<PollingConflict['state']> = 'ours';

  /** One line for each change, however often requests are cut off. */
  function say(): void {
    const state = contention.state();
    if (state === said) return;
    said = state;
    if (state === 'ours') log.info('token.regained');
    else log.warn(state === 'aside' ? 'token.standby' : 'token.shared', { reason: troubles[state] });
  }

  async function ask(signal: AbortSignal): Promise<readonly Update[]> {
    const isAside = contention.state() === 'aside';
    const timeout = failures > 0 ? 0 : POLL_TIMEOUT_S;
    const begunMs = now();
    contention.begun();
    const updates = await calls.getUpdates(
      { offset, timeout, allowed_updates: UPDATES },
      signal as Parameters<typeof calls.getUpdates>[1],
    );
    contention.ended();
    failures = 0;
    unheard = undefined;
    say();
    // What waits is not held back until somebody asks for it: another look at once would show nothing else.
    if (isAside) {
      if (updates.length > 0) await wait(RESUME_MS, signal);
      return [];
    }
    const fresh = updates.filter(({ update_id }) => !taken.has(update_id));
    if (fresh.length === 0 && timeout > 0 && now() - begunMs < HELD_MS) await wait(HELD_MS, signal);
    return fresh;
  }

  /** How long to pause, or `undefined` to give up. */
  async function pauseAfter(error: unknown): Promise<number | undefined> {
    const failure = classifyError(error);
    const { kind, reason } = failure;
    if (kind === 'conflict' && !/webhook/i.test(reason)) {
      const pause = contention.cut();
      unheard = undefined;
      say();
      return pause;
    }
    contention.failed();
    if (kind === 'token') {
      unheard = troubles.refused;
      log.error('polling.refused', { reason });
      return undefined;
    }
    failures += 1;
    // Where it is set again each time, there is a pause all the same.
    if (kind === 'conflict' && (await withoutWebhook(reason)) && failures === 1) return 0;
    unheard = troubles.silent;
    log.warn('polling.failed', { reason });
    const [first, longest] = RETRY_MS;
    return retryAfterMs(failure) ?? exponentialDelay(failures - 1, first, longest);
  }

  async function withoutWebhook(reason: string): Promise<boolean> {
    try {
      await calls.deleteWebhook({ drop_pending_updates: false });
      log.warn('webhook.removed', { reason });
      return true;
    } catch (error) {
      log.warn('webhook.failed', { reason: classifyError(error).reason });
      return false;
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const updates = await ask(signal);
        if (updates.length === 0) continue;
        taken = new Set(updates.map(({ update_id }) => update_id));
        offset = (updates.at(-1)?.update_id ?? offset - 1) + 1;
        await take(updates);
      } catch (error) {
        if (signal.aborted) return;
        const pause = await pauseAfter(error);
        if (pause === undefined) return;
        await wait(pause, signal);
      }
    }
  }

  return {
    run,
    async confirm() {
      if (offset > 0) await calls.getUpdates({ offset, limit: 1, timeout: 0 });
    },
    trouble() {
      const state = contention.state();
      return unheard ?? (state === 'ours' ? undefined : troubles[state]);
    },
  };
}
