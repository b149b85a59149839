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

/** Things that failed whose progress is kept. */
const MAX_PENDING = 1_000;
/** Delivery asks again after so long while we stand aside for another instance. */
const STANDBY_RETRY_MS = 30_000;
/** So many faults of Telegram's own in a row, and another way is tried: with the waits between, most of a minute. */
const MAX_SERVER_ERRORS = 6;

export interface SendAttemptParts {
  readonly calls: Pick<Calls, 'getChat'>;
  readonly harmless: Probe;
  readonly contention: Pick<PollingConflict, 'state'>;
  readonly flood: FloodWait;
}

/**
 * One try to send, change or take back something, and what became of it: `work` throws what Telegram answers, or
 * settles with what stands there. `thing` joins the tries of the same thing, which share their progress.
 */
export type SendAttempt = (
  destination: string,
  thing: string,
  work: (progress: SendProgress) => Promise<SentMessages>,
) => Promise<SendResult>;

export function createSendAttempt({ calls, harmless, contention, flood }: SendAttemptParts): SendAttempt {
  const pending = new LRUCache<string, SendProgress>({ max: MAX_PENDING });

  return async (destination, thing, work) => {
    const waiting = withheld();
    if (waiting) return waiting;
    const name = `${destination} ${thing}`;
    const progress = pending.get(name) ?? newProgress();
    pending.delete(name);
    const result = (await silence(progress)) ?? (await attempted(destination, progress, work));
    if (result.status !== 'sent' && result.status !== 'rejected') pending.set(name, progress);
    return result;
  };

  /** Why nothing may be sent now, whatever it is. */
  function withheld(): SendFailure | undefined {
    const all = { status: 'retry', scope: 'platform', uncertain: false } as const;
    if (contention.state() === 'aside')
      return { ...all, afterMs: STANDBY_RETRY_MS, reason: en.telegram.trouble.aside };
    const afterMs = flood.remainingMs();
    return afterMs > 0 ? { ...all, afterMs, reason: 'Too many requests before this one' } : undefined;
  }

  /** What may stand there already is repeated only when Telegram answers again: once for each lost answer. */
  async function silence({ lostResponses }: SendProgress): Promise<SendFailure | undefined> {
    if (lostResponses === 0) return undefined;
    const error = await harmless();
    if (!error) return undefined;
    const result = toSendResult(classifyError(error));
    return result.status === 'retry' ? { ...result, uncertain: false } : result;
  }

  async function attempted(
    destination: string,
    progress: SendProgress,
    work: (progress: SendProgress) => Promise<SentMessages>,
  ): Promise<SendResult> {
    try {
      return { status: 'sent', receipt: formatReceipt(await work(progress)) };
    } catch (error) {
      return failed(error, parseDestination(destination).chat_id, progress);
    }
  }

  async function failed(error: unknown, chat: number | string, progress: SendProgress): Promise<SendFailure> {
    const failure = classifyError(error);
    const result = toSendResult(failure, progress.puzzled);
    progress.serverErrors = isOutage(failure) ? progress.serverErrors + 1 : 0;
    progress.puzzled = isUnexplained(failure) || progress.serverErrors >= MAX_SERVER_ERRORS;
    if (failure.uncertain) progress.lostResponses += 1;
    if (failure.kind === 'rate-limited' && result.status === 'retry')
      return { ...result, scope: flood.recordRefusal(chat, failure.afterMs) };
    const { reason } = failure;
    if (result.status !== 'unreachable' || !/chat not found/i.test(reason) || !(await exists(chat)))
      return result;
    if (progress.chatMissing) return { ...result, gone: false };
    progress.chatMissing = true;
    return { status: 'retry', scope: 'destination', uncertain: false, reason };
  }

  /** "Chat not found" has been said of chats that were there; so it is asked for once more, by another method. */
  async function exists(chat_id: number | string): Promise<boolean> {
    try {
      await calls.getChat({ chat_id });
      return true;
    } catch (error) {
      return classifyError(error).kind !== 'destination-removed';
    }
  }
}
