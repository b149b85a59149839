import { type Clock, retryDelayMs } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Counters } from '../lib/metrics.ts';
import type { Platform, SendResult } from '../platform/platform.ts';
import type { DeliveryTask } from '../store/delivery-task.ts';
import type { Store } from '../store/store.ts';
import type { CrosspostQueue } from './crosspost-queue.ts';
import type { FailureNotices } from './failure-notices.ts';
import type { Attempt, GiveUpPolicy } from './give-up-policy.ts';
import { planTask } from './planner.ts';
import type { RenderCache } from './render-cache.ts';

export interface ExecutorParts {
  readonly store: Pick<Store, 'deliveries' | 'destinations'>;
  readonly platform: Platform;
  readonly renderCache: RenderCache;
  readonly log: Log;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly failureNotices?: FailureNotices;
  readonly crossposts?: Pick<CrosspostQueue, 'wish'>;
  readonly giveUpPolicy: GiveUpPolicy;
  /** From 0 to 1, as `Math.random`. */
  random(): number;
  /** Runs it as soon as there is room for one more send. */
  runLimited<T>(send: () => Promise<T>): Promise<T>;
  /** False where that many messages may not be sent now: the rest of the task is for later. */
  acquire(cost: number): Promise<boolean>;
}

/**
 * Brings one destination one journal entry further: sends, edits or takes back part after part, each intent recorded
 * before the call and each receipt after it. Stops at the first call that does not succeed and tells the store why;
 * what is done stays done, so that the next try goes on from there.
 */
export async function executeTask(
  task: DeliveryTask,
  parts: ExecutorParts,
): Promise<'done' | 'later' | 'halted'> {
  const { store, clock, log, counters, platform } = parts;
  const { destination, entry } = task;
  const labels = { platform: platform.name };
  const about = { destination: destination.id, seq: entry.seq, action: entry.action, key: entry.key };
  /** This try did not arrive, so that it leaves no doubt; the next one may come at once. */
  const surelyNot = () => store.deliveries.postpone(destination.id, entry.seq, clock.steady(), false);
  const moves = await planTask(task, parts);
  const inDoubt = moves.find(({ intent }) => intent === task.uncertainPart);
  /** Nothing more is done about the part in doubt, which may stand there. */
  const strand = (part = task.uncertainPart): void => {
    counters.add('messages_stranded_total', labels);
    log.warn('message.orphaned', { ...about, part });
  };
  const isStranded = task.uncertainPart !== undefined && !inDoubt;
  if (moves.length === 0) {
    if (isStranded) strand();
    await store.deliveries.skip(destination.id, entry.seq);
  }
  for (const [index, move] of moves.entries()) {
    const last = index === moves.length - 1;
    const result = await parts.runLimited(async () => {
      if (!(await parts.acquire(move.cost))) return undefined;
      if (index === 0 && isStranded) strand();
      if (move === inDoubt) {
        counters.add('messages_in_doubt_total', labels);
        log.warn('message.uncertain', { ...about, part: move.part });
      }
      await store.deliveries.recordIntent(destination.id, entry.seq, move.intent);
      return move.call();
    });
    if (!result) return 'later';
    const attempted: Attempt = {
      destination: destination.id,
      seq: entry.seq,
      intent: move.intent,
      kind: move.publishes ? 'message' : 'change',
    };
    switch (result.status) {
      case 'sent':
        if (move.publishes && destination.preferences.publish)
          await parts.crossposts?.wish(destination.id, result.receipt, move.publishes.isMissive);
        await move.done(result.receipt, last);
        parts.giveUpPolicy.succeeded(attempted);
        await parts.failureNotices?.recovered(destination.id);
        counters.add('messages_sent_total', { ...labels, action: entry.action });
        if (result.simplified !== undefined) counters.add('messages_simplified_total', labels);
        log.info('message.sent', { ...about, part: move.part });
        continue;
      case 'retry': {
        const givenUp = isPlatformRateLimit(result) ? undefined : parts.giveUpPolicy.failed(attempted);
        if (givenUp) {
          if (move === inDoubt || result.uncertain) strand(move.part);
          counters.add('messages_abandoned_total', { ...labels, action: entry.action });
          log.warn('message.abandoned', { ...about, part: move.part, ...givenUp, reason: result.reason });
          // What stood there before a digest stays as it was; the digest comes all the same.
          if (move.optional && !last) continue;
          await store.deliveries.skip(destination.id, entry.seq, true);
          return 'done';
        }
        const ms = retryDelayMs(result.afterMs, task.attempts, parts.random);
        await store.deliveries.postpone(destination.id, entry.seq, clock.steady() + ms, result.uncertain);
        counters.add('messages_retried_total', labels);
        log[isWorthLogging(result.afterMs, task.attempts) ? 'warn' : 'debug']('message.retrying', {
          ...about,
          part: move.part,
          afterMs: ms,
          uncertain: result.uncertain,
          reason: result.reason,
        });
        return 'later';
      }
      case 'rejected':
        if (move === inDoubt) strand();
        counters.add('messages_rejected_total', labels);
        log.error('message.rejected', { ...about, part: move.part, reason: result.reason });
        // What stood there before a digest stays as it was; the digest comes all the same.
        if (move.optional && !last) continue;
        await store.deliveries.skip(destination.id, entry.seq, true);
        return 'done';
      case 'unreachable':
        await surelyNot();
        await store.destinations.suspend(destination.id, result.remedy ?? result.reason, result.gone);
        if (!result.gone) await parts.failureNotices?.failed(destination, result.remedy ?? result.reason);
        counters.add('destinations_lost_total', labels);
        log.warn(result.gone ? 'destination.gone' : 'destination.suspended', {
          ...about,
          reason: result.reason,
          ...(result.remedy && { remedy: result.remedy }),
        });
        return 'later';
      case 'moved':
        await surelyNot();
        await store.destinations.move(destination.id, result.to);
        log.info('destination.moved', { ...about, to: result.to });
        return 'later';
      case 'halted':
        await surelyNot();
        log.error('platform.halted', { ...about, reason: result.reason });
        return 'halted';
    }
  }
  return 'done';
}

/** The platform as a whole asks us to wait: that says nothing about the call. */
const isPlatformRateLimit = ({
  scope,
  afterMs,
}: Extract<SendResult, { readonly status: 'retry' }>): boolean =>
  scope === 'platform' && afterMs !== undefined;

/**
 * To be told when to come again is how rate limits work; anything else is worth a look, though not each time: the first
 * failure, then the second, fourth, eighth.
 */
const isWorthLogging = (afterMs: number | undefined, attempts: number): boolean =>
  afterMs === undefined && Number.isInteger(Math.log2(attempts + 1));
