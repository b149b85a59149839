import type { Log } from '../log.ts';
import type { Platform } from '../platform/platform.ts';
import type { Store } from '../store/store.ts';
import type { Task } from '../store/task.ts';
import type { Counters } from './counters.ts';
import { movesOf } from './moves.ts';
import type { Rendering } from './rendering.ts';
import { backoffMs, type Clock } from './timing.ts';

export interface CarryOutParts {
  readonly store: Store;
  readonly platform: Platform;
  readonly rendering: Rendering;
  readonly log: Log;
  readonly clock: Clock;
  readonly counters: Counters;
  /** From 0 to 1, as `Math.random`. */
  random(): number;
  /** Runs it as soon as there is room for one more send. */
  inTurn<T>(send: () => Promise<T>): Promise<T>;
  /** False where that many messages may not be sent now: the rest of the task is for later. */
  maySpend(cost: number): Promise<boolean>;
  pauseAll(ms: number): void;
}

/**
 * Brings one destination one journal entry further: sends, edits or takes back part after part, each intent recorded
 * before the call and each receipt after it. Stops at the first call that does not succeed and tells the store why;
 * what is done stays done, so that the next try goes on from there.
 */
export async function carryOut(task: Task, parts: CarryOutParts): Promise<'done' | 'later' | 'halted'> {
  const { store, clock, log, counters, platform } = parts;
  const { destination, entry } = task;
  const labels = { platform: platform.name };
  const about = { destination: destination.id, seq: entry.seq, action: entry.action, key: entry.key };
  if (task.inDoubt !== undefined) {
    counters.add('messages_in_doubt_total', labels);
    log.warn('message.in-doubt', { ...about, part: task.inDoubt });
  }
  const moves = await movesOf(task, parts);
  if (moves.length === 0) await store.skip(destination.id, entry.seq);
  for (const [index, move] of moves.entries()) {
    const last = index === moves.length - 1;
    const result = await parts.inTurn(async () => {
      if (!(await parts.maySpend(move.cost))) return undefined;
      await store.begin(destination.id, entry.seq, move.part);
      return move.call();
    });
    if (!result) return 'later';
    switch (result.status) {
      case 'sent':
        await move.done(result.receipt, last);
        counters.add('messages_sent_total', { ...labels, action: entry.action });
        if (result.simplified !== undefined) counters.add('messages_simplified_total', labels);
        log.info('message.sent', { ...about, part: move.part });
        continue;
      case 'retry': {
        const ms = result.afterMs ?? backoffMs(task.attempts, parts.random);
        if (result.scope === 'platform') parts.pauseAll(ms);
        await store.postpone(destination.id, clock.now() + ms, result.uncertain);
        counters.add('messages_retried_total', labels);
        // To be told when to come again is how rate limits work; anything else is worth a look.
        log[result.afterMs === undefined ? 'warn' : 'debug']('message.retrying', {
          ...about,
          part: move.part,
          afterMs: ms,
          uncertain: result.uncertain,
          reason: result.reason,
        });
        return 'later';
      }
      case 'rejected':
        counters.add('messages_rejected_total', labels);
        log.error('message.rejected', { ...about, part: move.part, reason: result.reason });
        // What stood there before a digest stays as it was; the digest comes all the same.
        if (move.isAside && !last) continue;
        await store.skip(destination.id, entry.seq);
        return 'done';
      case 'unreachable':
        await store.suspend(destination.id, result.remedy ?? result.reason, result.gone);
        counters.add('destinations_lost_total', labels);
        log.warn(result.gone ? 'destination.gone' : 'destination.suspended', {
          ...about,
          reason: result.reason,
          ...(result.remedy && { remedy: result.remedy }),
        });
        return 'later';
      case 'moved':
        await store.move(destination.id, result.to);
        log.info('destination.moved', { ...about, to: result.to });
        return 'later';
      case 'halted':
        log.error('platform.halted', { ...about, reason: result.reason });
        return 'halted';
    }
  }
  return 'done';
}
