import type { Delay } from '../../../lib/delay.ts';
import type { Log } from '../../../lib/log.ts';
import { classifyError } from '../api/classify-error.ts';
import { toSendResult } from '../api/errors.ts';
import type { FloodWait } from '../api/flood-wait.ts';
import { parseDestination, type SendTarget, type SentMessages } from '../chat-target.ts';
import type { Outgoing } from '../render/outgoing.ts';
import { newProgress, type Send } from '../send/sender.ts';

/** An answer that has to wait longer than this is as good as lost. */
const MAX_WAIT_MS = 5_000;
const SHORT_WAIT_MS = 1_000;

export interface ReplySenderParts {
  readonly put: Send;
  readonly flood: FloodWait;
  readonly log: Log;
  readonly wait: Delay;
  /** Aborts when waiting is no use any more. */
  readonly signal: AbortSignal;
}

/**
 * Says something at once, or to somebody `aside` where it can't be said there; `sorry` is said where it can't be at all.
 * `undefined` where it could not be said.
 */
export type SendReply = (
  call: Outgoing,
  where: SendTarget,
  aside: SendTarget | undefined,
  sorry?: Outgoing,
  tries?: number,
) => Promise<SentReply | undefined>;

export interface SentReply {
  readonly standing: SentMessages;
  /** For what follows: a group that was just changed is another chat. */
  readonly where: SendTarget;
}

export function createReplySender({ put, flood, log, wait, signal }: ReplySenderParts): SendReply {
  const say: SendReply = async (call, where, aside, sorry, tries = 1) => {
    try {
      await flood.waitTurn(signal);
      return { standing: await put(call, where, newProgress()), where };
    } catch (error) {
      const failure = classifyError(error);
      if (failure.kind === 'rate-limited') flood.recordRefusal(where.chat_id, failure.afterMs);
      const result = toSendResult(failure, true);
      if (tries > 0 && result.status === 'moved') {
        return say(call, { ...withoutReply(where), ...parseDestination(result.to) }, aside, sorry, tries - 1);
      }
      const ms = result.status === 'retry' ? (result.afterMs ?? SHORT_WAIT_MS) : MAX_WAIT_MS + 1;
      if (tries > 0 && result.status === 'retry' && !result.uncertain && ms <= MAX_WAIT_MS) {
        await wait(ms, signal);
        return say(call, where, aside, sorry, tries - 1);
      }
      if (aside && result.status === 'unreachable') return say(call, aside, undefined, sorry, tries);
      log.warn('answer.lost', { chat: where.chat_id, status: result.status, reason: result.reason });
      if (result.status === 'rejected' && sorry) await say(sorry, where, undefined, undefined, 0);
      return undefined;
    }
  };
  return say;
}

export function withoutReply(where: SendTarget): SendTarget {
  const { reply_parameters: _, ...rest } = where;
  return rest;
}
