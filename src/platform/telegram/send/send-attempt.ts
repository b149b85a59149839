import { LRUCache } from 'lru-cache';
import { en } from '../../../i18n/en/catalogue.ts';
import type { SendResult } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { isOutage, isUnexplained, type SendFailure, toSendResult } from '../api/errors.ts';
import type { FloodWait } from '../api/flood-wait.ts';
import type { Probe } from '../api/probe.ts';
import { formatReceipt, parseDestination, type SentMessages } from '../chat-target.ts';
import type { PollingConflict } from '../updates/polling-conflict.ts';
import { newProgress, type SendProgress } from './sender.ts';

/** Failed operations whose progress is kept for the next attempt. */
const MAX_PENDING = 1_000;
/** How soon delivery tries again while another instance is active. */
const STANDBY_RETRY_MS = 30_000;
/** After this many outages in a row, most of a minute with the waits in between, plainer forms are tried. */
const MAX_SERVER_ERRORS = 6;

export interface SendAttemptParts {
  readonly calls: Pick<Calls, 'getChat'>;
  readonly probe: Probe;
  readonly pollingConflict: Pick<PollingConflict, 'state'>;
  readonly floodWait: FloodWait;
  /** Telegram asks the whole bot to wait. Called once for each pause. */
  slowDown(reason: string): void;
}

/**
 * Makes one attempt to send, edit or delete something. `work` throws Telegram's error or returns the resulting messages.
 * Attempts with the same `operation` share their progress. `urgent` as in `DeliveryOptions`.
 */
export type SendAttempt = (
  destination: string,
  operation: string,
  work: (progress: SendProgress) => Promise<SentMessages>,
  options?: { readonly urgent?: boolean | undefined },
) => Promise<SendResult>;

export function createSendAttempt({
  calls,
  probe,
  pollingConflict,
  floodWait,
  slowDown,
}: SendAttemptParts): SendAttempt {
  const pending = new LRUCache<string, SendProgress>({ max: MAX_PENDING });

  return async (destination, operation, work, { urgent = false } = {}) => {
    const paused = sendingPaused(urgent);
    if (paused) return paused;
    const key = `${destination} ${operation}`;
    const progress = pending.get(key) ?? newProgress();
    pending.delete(key);
    const result = (await probeAfterLostResponse(progress)) ?? (await run(destination, progress, work));
    if (result.status !== 'sent' && result.status !== 'rejected') pending.set(key, progress);
    return result;
  };

  /** Returns a result while nothing may be sent. */
  function sendingPaused(isUrgent: boolean): SendFailure | undefined {
    const base = { status: 'retry', scope: 'platform', uncertain: false } as const;
    if (!isUrgent && pollingConflict.state() === 'standby')
      return { ...base, afterMs: STANDBY_RETRY_MS, reason: en.telegram.errors.standby };
    const afterMs = floodWait.remainingMs();
    return afterMs > 0 ? { ...base, afterMs, reason: 'Too many requests before this one' } : undefined;
  }

  /** After a lost response, a message is repeated only once Telegram responds again. */
  async function probeAfterLostResponse({ lostResponses }: SendProgress): Promise<SendFailure | undefined> {
    if (lostResponses === 0) return undefined;
    const error = await probe();
    if (!error) return undefined;
    const result = toSendResult(classifyError(error));
    return result.status === 'retry' ? { ...result, uncertain: false } : result;
  }

  async function run(
    destination: string,
    progress: SendProgress,
    work: (progress: SendProgress) => Promise<SentMessages>,
  ): Promise<SendResult> {
    try {
      return { status: 'sent', receipt: formatReceipt(await work(progress)) };
    } catch (error) {
      return toResult(error, parseDestination(destination).chat_id, progress);
    }
  }

  async function toResult(
    error: unknown,
    chat: number | string,
    progress: SendProgress,
  ): Promise<SendFailure> {
    const failure = classifyError(error);
    const result = toSendResult(failure, progress.tryPlainer);
    progress.serverErrors = isOutage(failure) ? progress.serverErrors + 1 : 0;
    progress.tryPlainer = isUnexplained(failure) || progress.serverErrors >= MAX_SERVER_ERRORS;
    if (failure.uncertain) progress.lostResponses += 1;
    if (failure.kind === 'rate-limited' && result.status === 'retry') {
      const isPaused = floodWait.remainingMs() > 0;
      const scope = floodWait.recordRefusal(chat, failure.afterMs);
      if (scope === 'platform' && !isPaused) slowDown(failure.reason);
      return { ...result, scope };
    }
    const { reason } = failure;
    if (result.status !== 'unreachable' || !/chat not found/i.test(reason) || !(await chatExists(chat)))
      return result;
    if (progress.chatMissing) return { ...result, gone: false };
    progress.chatMissing = true;
    return { status: 'retry', scope: 'destination', uncertain: false, reason };
  }

  /** Telegram has said "chat not found" about existing chats, so another method checks. */
  async function chatExists(chat_id: number | string): Promise<boolean> {
    try {
      await calls.getChat({ chat_id });
      return true;
    } catch (error) {
      return classifyError(error).kind !== 'destination-removed';
    }
  }
}
