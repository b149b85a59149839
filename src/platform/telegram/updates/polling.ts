import type { Update } from 'grammy/types';
import { en } from '../../../i18n/en/catalogue.ts';
import { exponentialDelay } from '../../../lib/backoff.ts';
import type { Delay } from '../../../lib/delay.ts';
import type { Log } from '../../../lib/log.ts';
import type { PlatformObstacle } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import { type Calls, POLL_TIMEOUT_S } from '../api/client.ts';
import { retryAfterMs } from '../api/errors.ts';
import { type PollingConflict, RESUME_MS } from './polling-conflict.ts';

const UPDATES = ['message', 'channel_post', 'callback_query', 'inline_query', 'my_chat_member'] as const;
/** First and longest pause after a failure. */
const RETRY_MS = [1_000, 30_000] as const;
/** If an empty response arrives sooner, the server didn't hold the request, so we pause ourselves. */
const HELD_MS = 1_000;

const { errors } = en.telegram;

const OBSTACLES = { ours: undefined, shared: 'shared', standby: 'standby' } as const;

export interface PollingParts {
  readonly calls: Pick<Calls, 'getUpdates' | 'deleteWebhook'>;
  readonly pollingConflict: PollingConflict;
  readonly log: Log;
  readonly wait: Delay;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Starts handling updates. Resolves when there is room for more. */
  onUpdate(updates: readonly Update[]): Promise<void>;
}

export interface Polling {
  /** Polls until the signal aborts or the token is refused. Never throws. */
  run(signal: AbortSignal): Promise<void>;
  /** Confirms the last updates to Telegram, once they are handled. */
  confirm(): Promise<void>;
  /** Why updates are missing, in a few words. */
  error(): string | undefined;
  obstacle(): PlatformObstacle | undefined;
}

/**
 * Long polling (Bot API, `getUpdates`). Each request confirms the previous updates; their handlers have started by
 * then. So a crash loses the updates in progress, and none is handled twice. The first request after a failure isn't
 * held, so that a recovery is noticed at once. On standby we only check whether the other instance is gone, and leave
 * all updates to it.
 */
export function createPolling({ calls, pollingConflict, log, wait, now, onUpdate }: PollingParts): Polling {
  let offset = 0;
  let failures = 0;
  /** Ids of the last updates. */
  let taken: ReadonlySet<number> = new Set();
  let lastError: string | undefined;
  let isRefused = false;
  let reported: ReturnType<PollingConflict['state']> = 'ours';

  /** Logs each change of state once. */
  function reportState(): void {
    const state = pollingConflict.state();
    if (state === reported) return;
    reported = state;
    if (state === 'ours') log.info('token.regained');
    else log.warn(state === 'standby' ? 'token.standby' : 'token.shared', { reason: errors[state] });
  }

  async function poll(signal: AbortSignal): Promise<readonly Update[]> {
    const isStandby = pollingConflict.state() === 'standby';
    const timeout = failures > 0 ? 0 : POLL_TIMEOUT_S;
    const startedAtMs = now();
    pollingConflict.pollStarted();
    const updates = await calls.getUpdates(
      { offset, timeout, allowed_updates: UPDATES },
      signal as Parameters<typeof calls.getUpdates>[1],
    );
    pollingConflict.pollSucceeded();
    failures = 0;
    lastError = undefined;
    reportState();
    // Pending updates make Telegram answer at once, so pause before the next check.
    if (isStandby) {
      if (updates.length > 0) await wait(RESUME_MS, signal);
      return [];
    }
    const fresh = updates.filter(({ update_id }) => !taken.has(update_id));
    if (fresh.length === 0 && timeout > 0 && now() - startedAtMs < HELD_MS) await wait(HELD_MS, signal);
    return fresh;
  }

  /** Milliseconds to pause; `undefined` to give up. */
  async function pauseAfter(error: unknown): Promise<number | undefined> {
    const failure = classifyError(error);
    const { kind, reason } = failure;
    if (kind === 'conflict' && !/webhook/i.test(reason)) {
      const pause = pollingConflict.pollInterrupted();
      lastError = undefined;
      reportState();
      return pause;
    }
    pollingConflict.pollFailed();
    if (kind === 'token') {
      lastError = errors.refused;
      isRefused = true;
      log.error('polling.refused', { reason });
      return undefined;
    }
    failures += 1;
    // Pause if the webhook keeps being set again.
    if (kind === 'conflict' && (await removeWebhook(reason)) && failures === 1) return 0;
    lastError = errors.silent;
    log.warn('polling.failed', { reason });
    const [first, longest] = RETRY_MS;
    return retryAfterMs(failure) ?? exponentialDelay(failures - 1, first, longest);
  }

  async function removeWebhook(reason: string): Promise<boolean> {
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
        const updates = await poll(signal);
        if (updates.length === 0) continue;
        taken = new Set(updates.map(({ update_id }) => update_id));
        offset = (updates.at(-1)?.update_id ?? offset - 1) + 1;
        await onUpdate(updates);
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
    error() {
      const state = pollingConflict.state();
      return lastError ?? (state === 'ours' ? undefined : errors[state]);
    },
    obstacle: () => (isRefused ? 'refused' : OBSTACLES[pollingConflict.state()]),
  };
}
