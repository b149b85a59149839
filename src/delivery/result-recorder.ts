import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import { retryDelayMs } from '../lib/retry-delay.ts';
import type { ChangeResult, Platform } from '../platform/platform.ts';
import type { DeliveryTask } from '../store/delivery-task.ts';
import type { Store } from '../store/store.ts';
import type { CrosspostQueue } from './crosspost-queue.ts';
import type { FailureNotices } from './failure-notices.ts';
import type { Attempt, GiveUpPolicy } from './give-up-policy.ts';
import type { Plan, Step } from './planner.ts';

/** The outcome of a plan. */
export type Outcome =
  /** The journal entry is settled for this destination. */
  | { readonly status: 'done' }
  /** The rest is postponed; the store knows when it is due. */
  | { readonly status: 'later' }
  /** The destination has used up its rate limit. The rest can be sent after `waitMs`. */
  | { readonly status: 'rate-limited'; readonly waitMs: number }
  /** The platform rejects the token. */
  | { readonly status: 'halted' };

export interface ResultRecorderParts {
  readonly store: Pick<Store, 'deliveries' | 'destinations'>;
  readonly platform: Pick<Platform, 'name'>;
  readonly log: Log;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly failureNotices: FailureNotices | undefined;
  readonly crossposts: Pick<CrosspostQueue, 'enqueue'> | undefined;
  readonly giveUpPolicy: GiveUpPolicy;
  /** From 0 to 1, as `Math.random`. */
  random(): number;
}

/** A step, and its place in the plan. */
interface Attempted {
  readonly task: DeliveryTask;
  readonly step: Step;
  /** The last step settles the journal entry. */
  readonly isLast: boolean;
}

type Result<Status extends ChangeResult['status']> = Extract<ChangeResult, { readonly status: Status }>;

/** Reports the results of steps to the store, the log, the metrics and users. */
export interface ResultRecorder {
  /** Returns what the result means for the task; `undefined`: continue with the next step. */
  record(attempted: Attempted, result: ChangeResult): Promise<Outcome | undefined>;
  /** Reports what an earlier try left uncertain, just before the record of it is replaced by the plan's first intent. */
  recordUncertain(task: DeliveryTask, plan: Plan): void;
}

const LATER: Outcome = { status: 'later' };

export function createResultRecorder(parts: ResultRecorderParts): ResultRecorder {
  const { log, clock, metrics, giveUpPolicy, crossposts, failureNotices } = parts;
  const { deliveries, destinations } = parts.store;
  const labels = { platform: parts.platform.name };

  function recordOrphan(task: DeliveryTask, part: number): void {
    metrics.add('messages_stranded_total', labels);
    log.warn('message.orphaned', { ...fieldsOf(task), part });
  }

  async function sent({ task, step, isLast }: Attempted, { receipt, simplified }: Result<'sent'>) {
    const { destination, entry } = task;
    // Queued before the step is settled: a crash in between may queue it twice, but doesn't forget it.
    if (isMessage(step) && destination.preferences.publish)
      await crossposts?.enqueue(destination.id, receipt, step.type === 'send' && step.isMissive);
    await recordSuccess({ task, step, isLast }, receipt);
    giveUpPolicy.succeeded(attemptOf(task, step));
    await failureNotices?.recovered(destination.id);
    metrics.add('messages_sent_total', { ...labels, action: entry.action });
    if (simplified !== undefined) metrics.add('messages_simplified_total', labels);
    if (isLast && entry.action === 'post') metrics.observeTimer('relay_to_reader_seconds', entry.key, labels);
    log.info('message.sent', { ...fieldsOf(task), part: step.part });
    return undefined;
  }

  function recordSuccess({ task, step, isLast }: Attempted, receipt: string): Promise<void> {
    const { id } = task.destination;
    const { seq } = task.entry;
    const { type, part } = step;
    if (type === 'digest') return deliveries.recordDigest(id, seq, step.notes, receipt);
    const { noteKey } = step;
    if (type !== 'send' && step.target === 'digest') {
      const noteId = type === 'edit' ? step.noteId : undefined;
      const edit = { was: step.receipt, receipt, ...(noteId !== undefined && { noteId }) };
      return deliveries.recordDigestEdit(id, seq, noteKey, edit, isLast);
    }
    if (type === 'remove') return deliveries.recordRemoval(id, seq, noteKey, part, isLast);
    return deliveries.recordReceipt(id, seq, noteKey, { noteId: step.noteId, part, receipt }, isLast);
  }

  /**
   * The step will never succeed. Existing messages stay as they are, and the task goes on without the step if it can.
   */
  async function skipStep({ task, step, isLast }: Attempted): Promise<Outcome | undefined> {
    if (step.optional && !isLast) return undefined;
    await deliveries.skip(task.destination.id, task.entry.seq, true);
    return { status: 'done' };
  }

  /** The message can't be changed and stays as it is. Other parts may still be deleted, but an edit isn't half done. */
  async function leaveAsIs({ task, step, isLast }: Attempted, reason: string): Promise<Outcome | undefined> {
    log.info('message.kept', { ...fieldsOf(task), part: step.part, reason });
    if (!isLast && (step.optional || step.type === 'remove')) return undefined;
    await deliveries.skip(task.destination.id, task.entry.seq);
    return { status: 'done' };
  }

  async function retry(attempted: Attempted, result: Result<'retry'>): Promise<Outcome | undefined> {
    const { task, step } = attempted;
    const { afterMs, reason, uncertain } = result;
    const fields = { ...fieldsOf(task), part: step.part, reason };
    const giveUp = isPlatformRateLimit(result) ? undefined : giveUpPolicy.failed(attemptOf(task, step));
    if (giveUp) {
      if (step.uncertain || uncertain) recordOrphan(task, step.part);
      metrics.add('messages_abandoned_total', { ...labels, action: task.entry.action });
      log.warn('message.abandoned', { ...fields, ...giveUp });
      return skipStep(attempted);
    }
    const delayMs = retryDelayMs(afterMs, task.attempts, parts.random);
    await deliveries.postpone(task.destination.id, task.entry.seq, clock.steady() + delayMs, uncertain);
    metrics.add('messages_retried_total', labels);
    log[isWorthLogging(afterMs, task.attempts) ? 'warn' : 'debug']('message.retrying', {
      ...fields,
      afterMs: delayMs,
      uncertain,
    });
    return LATER;
  }

  /** The call had no effect, so it leaves nothing uncertain. The next try may come at once. */
  const clearIntent = ({ destination, entry }: DeliveryTask): Promise<void> =>
    deliveries.postpone(destination.id, entry.seq, clock.steady(), false);

  async function suspend(task: DeliveryTask, result: Result<'unreachable'>): Promise<Outcome> {
    const { gone, reason, fix } = result;
    const { destination } = task;
    await clearIntent(task);
    await destinations.suspend(destination.id, fix ?? reason, gone);
    if (!gone) await failureNotices?.failed(destination, fix ?? reason);
    metrics.add('destinations_lost_total', labels);
    log.warn(gone ? 'destination.gone' : 'destination.suspended', {
      ...fieldsOf(task),
      reason,
      ...(fix && { remedy: fix }),
    });
    return LATER;
  }

  return {
    async record(attempted, result) {
      const { task, step } = attempted;
      switch (result.status) {
        case 'sent':
          return sent(attempted, result);
        case 'retry':
          return retry(attempted, result);
        case 'rejected':
          if (step.uncertain) recordOrphan(task, step.part);
          metrics.add('messages_rejected_total', labels);
          log.error('message.rejected', { ...fieldsOf(task), part: step.part, reason: result.reason });
          return skipStep(attempted);
        case 'unsupported':
          return leaveAsIs(attempted, result.reason);
        case 'unreachable':
          return suspend(task, result);
        case 'moved':
          await clearIntent(task);
          await destinations.move(task.destination.id, result.to);
          log.info('destination.moved', { ...fieldsOf(task), to: result.to });
          return LATER;
        case 'halted':
          await clearIntent(task);
          log.error('platform.halted', { ...fieldsOf(task), reason: result.reason });
          return { status: 'halted' };
      }
    },
    recordUncertain(task, { steps: [first], orphanedPart }) {
      if (orphanedPart !== undefined) recordOrphan(task, orphanedPart);
      if (!first?.uncertain) return;
      metrics.add('messages_in_doubt_total', labels);
      log.warn('message.uncertain', { ...fieldsOf(task), part: first.part });
    },
  };
}

/** The fields of a task that every log line about it has. */
const fieldsOf = ({ destination, entry: { seq, action, key } }: DeliveryTask) => ({
  destination: destination.id,
  seq,
  action,
  key,
});

/** Whether the step makes a new message; the others change one. */
const isMessage = ({ type }: Step): boolean => type === 'send' || type === 'digest';

const attemptOf = ({ destination, entry }: DeliveryTask, step: Step): Attempt => ({
  destination: destination.id,
  seq: entry.seq,
  intent: step.intent,
  kind: isMessage(step) ? 'message' : 'change',
});

/** The platform as a whole asks us to wait, which says nothing about this call. */
const isPlatformRateLimit = ({ scope, afterMs }: Result<'retry'>): boolean =>
  scope === 'platform' && afterMs !== undefined;

/**
 * A failure with a requested wait is only a rate limit. Others are worth a warning, but not every time: the first,
 * second, fourth, eighth …
 */
const isWorthLogging = (afterMs: number | undefined, attempts: number): boolean =>
  afterMs === undefined && Number.isInteger(Math.log2(attempts + 1));
