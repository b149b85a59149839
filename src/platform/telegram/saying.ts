import type { Log } from '../../log.ts';
import type { Call } from './call.ts';
import { type Standing, targetOf, type Where } from './chat.ts';
import { failureOf } from './errors.ts';
import { faultOf } from './fault.ts';
import type { Flood } from './flood.ts';
import { fresh, type Put } from './put.ts';
import type { Wait } from './wait.ts';

/** An answer that has to wait longer than this is as good as lost. */
const MAX_WAIT_MS = 5_000;
const SHORT_WAIT_MS = 1_000;

export interface SayingParts {
  readonly put: Put;
  readonly flood: Flood;
  readonly log: Log;
  readonly wait: Wait;
  /** Aborts when waiting is no use any more. */
  readonly signal: AbortSignal;
}

/**
 * Says something at once, or to somebody `aside` where it can't be said there; `sorry` is said where it can't be at all.
 * `undefined` where it could not be said.
 */
export type Say = (
  call: Call,
  where: Where,
  aside: Where | undefined,
  sorry?: Call,
  tries?: number,
) => Promise<Said | undefined>;

export interface Said {
  readonly standing: Standing;
  /** For what follows: a group that was just changed is another chat. */
  readonly where: Where;
}

export function createSaying({ put, flood, log, wait, signal }: SayingParts): Say {
  const say: Say = async (call, where, aside, sorry, tries = 1) => {
    try {
      await flood.turn(signal);
      return { standing: await put(call, where, fresh()), where };
    } catch (error) {
      const { kind, afterMs = 0 } = faultOf(error);
      if (kind === 'rate') flood.refused(where.chat_id, afterMs);
      const failure = failureOf(error, true);
      if (tries > 0 && failure.status === 'moved') {
        return say(call, { ...unquoted(where), ...targetOf(failure.to) }, aside, sorry, tries - 1);
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

export function unquoted(where: Where): Where {
  const { reply_parameters: _, ...rest } = where;
  return rest;
}
