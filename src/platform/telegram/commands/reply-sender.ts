import type { Delay } from '../../../lib/delay.ts';
import type { Log } from '../../../lib/log.ts';
import { classifyError } from '../api/classify-error.ts';
import { toSendResult } from '../api/errors.ts';
import type { FloodWait } from '../api/flood-wait.ts';
import { parseDestination, type SendTarget, type SentMessages } from '../chat-target.ts';
import type { Outgoing } from '../render/outgoing.ts';
import { newProgress, type Send } from '../send/sender.ts';

/** Answers that would have to wait longer are dropped. */
const MAX_WAIT_MS = 5_000;
const SHORT_WAIT_MS = 1_000;

export interface ReplySenderParts {
  readonly sendMessage: Send;
  readonly floodWait: FloodWait;
  readonly log: Log;
  readonly wait: Delay;
  /** Aborts when the bot stops. */
  readonly signal: AbortSignal;
}

/**
 * Sends an answer, to `fallback` if the chat can't be written to. If Telegram rejects the answer, `apology` is sent instead.
 * Returns `undefined` if the answer wasn't sent.
 */
export type SendReply = (
  call: Outgoing,
  where: SendTarget,
  fallback: SendTarget | undefined,
  apology?: Outgoing,
  attempts?: number,
) => Promise<SentReply | undefined>;

export interface SentReply {
  readonly sent: SentMessages;
  /** Where further messages go, which changes when a group migrates. */
  readonly where: SendTarget;
}

export function createReplySender({
  sendMessage,
  floodWait,
  log,
  wait,
  signal,
}: ReplySenderParts): SendReply {
  const sendReply: SendReply = async (call, where, fallback, apology, attempts = 1) => {
    try {
      await floodWait.waitTurn(signal);
      return { sent: await sendMessage(call, where, newProgress()), where };
    } catch (error) {
      const failure = classifyError(error);
      if (failure.kind === 'rate-limited') floodWait.recordRefusal(where.chat_id, failure.afterMs);
      const result = toSendResult(failure, true);
      if (attempts > 0 && result.status === 'moved') {
        return sendReply(
          call,
          { ...withoutReply(where), ...parseDestination(result.to) },
          fallback,
          apology,
          attempts - 1,
        );
      }
      const ms = result.status === 'retry' ? (result.afterMs ?? SHORT_WAIT_MS) : MAX_WAIT_MS + 1;
      if (attempts > 0 && result.status === 'retry' && !result.uncertain && ms <= MAX_WAIT_MS) {
        await wait(ms, signal);
        return sendReply(call, where, fallback, apology, attempts - 1);
      }
      if (fallback && result.status === 'unreachable')
        return sendReply(call, fallback, undefined, apology, attempts);
      log.warn('answer.lost', { chat: where.chat_id, status: result.status, reason: result.reason });
      if (result.status === 'rejected' && apology) await sendReply(apology, where, undefined, undefined, 0);
      return undefined;
    }
  };
  return sendReply;
}

export function withoutReply(where: SendTarget): SendTarget {
  const { reply_parameters: _, ...rest } = where;
  return rest;
}
