import type { Delay } from '../../../lib/delay.ts';
import type { Log } from '../../../lib/log.ts';
import { classifyError, toSendFailure } from '../api/api-errors.ts';
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
      const { kind, afterMs = 0 } = classifyError(error);
      if (kind === 'rate') flood.recordRefusal(where.chat_id, afterMs);
      const failure = toSendFailure(error, true);
      if (tries > 0 && failure.status === 'moved') {
        return say(
          call,
          { ...withoutReply(where), ...parseDestination(failure.to) },
          aside,
          sorry,
          tries - 1,
        );
      }
      const ms = failure.status === 'retry' ? (failure.afterMs ?? SHORT_WAIT_MS) : MAX_WAIT_MS + 1;
      if (tries > 0 && failure.status === 'retry' && !failure.uncertain && ms <= MAX_WAIT_MS) {
        await wait(ms, signal);
        return say(call, where, aside, sorry, tries - 1);
      }
      if (aside && failure.status === 'unreachable') return say(call, aside, undefined, sorry, tries);
      log.warn('answer.lost', { chat: where.chat_id, status: failure.status, reason: failure.reason });
      if (failure.status === 'rejected' && sorry) await say(sorry, where, undefined, undefined, 0);
      return undefined;
    }
  };
  return say;
}

export function withoutReply(where: SendTarget): SendTarget {
  const { reply_parameters: _, ...rest } = where;
  return rest;
}
