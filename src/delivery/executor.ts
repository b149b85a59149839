import { createKeyedRateLimiters, createRateLimiter, type Rate, smoothed } from '../lib/rate-limiter.ts';
import { clampRetryAfter } from '../lib/retry-delay.ts';
import { createSemaphore } from '../lib/semaphore.ts';
import type { ChangeResult, Platform } from '../platform/platform.ts';
import { languageOf } from '../preferences/preferences.ts';
import { isSilentAt } from '../preferences/schedule.ts';
import type { DeliveryTask } from '../store/delivery-task.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { createGiveUpPolicy } from './give-up-policy.ts';
import { createLiveness } from './liveness.ts';
import type { Plan, Step } from './planner.ts';
import { createResultRecorder, type Outcome, type ResultRecorderParts } from './result-recorder.ts';

const MIN_CONCURRENT_SENDS = 32;
const MAX_CONCURRENT_SENDS = 320;
/** How long a call takes over a slow line. */
const SLOW_CALL_MS = 300;

/** How many calls to a platform may be in progress: enough to use up its rate limit over a slow line. */
export const concurrentSends = ({ count, perMs }: Rate): number =>
  Math.min(Math.max(MIN_CONCURRENT_SENDS, Math.ceil((count * SLOW_CALL_MS) / perMs)), MAX_CONCURRENT_SENDS);

export interface Executor {
  /**
   * Makes the calls of a plan one by one. The intent is recorded before each call and the receipt after it, so a crash
   * leaves at most one of them uncertain. Stops at the first one that doesn't succeed; completed
   * steps stay recorded, and the next plan continues from there. Rejects only if the store does.
   */
  execute(task: DeliveryTask, plan: Plan, signal: AbortSignal): Promise<Outcome>;
}

export interface ExecutorParts extends Omit<ResultRecorderParts, 'giveUpPolicy'> {
  readonly platform: Platform;
  readonly breaker: CircuitBreaker;
  /** Whether this process still owns the deliveries of this platform. Asked right before each call. Default: always. */
  readonly maySend?: () => boolean;
}

/** The call wasn't made. */
type Refusal = Extract<Outcome, { readonly status: 'later' | 'rate-limited' }>;
const LATER: Refusal = { status: 'later' };

export function createExecutor(parts: ExecutorParts): Executor {
  const { platform, breaker, clock, metrics, maySend = () => true } = parts;
  const { deliveries } = parts.store;
  const liveness = createLiveness({ platform, now: clock.steady });
  const giveUpPolicy = createGiveUpPolicy(liveness, clock.steady);
  const recorder = createResultRecorder({ ...parts, giveUpPolicy });
  const { rateLimits } = platform;
  const semaphore = createSemaphore(() => concurrentSends(rateLimits.global));
  const platformLimiter = createRateLimiter(() => [rateLimits.global, smoothed(rateLimits.global)]);
  const changeLimiter = createRateLimiter(() => {
    const { global, changes = global } = rateLimits;
    return [changes, smoothed(changes)];
  });
  const destinationLimiters = createKeyedRateLimiters(rateLimits.destination);

  /**
   * Waits for the platform's rate limit. A destination that has used up its own isn't waited for, since that would hold
   * up others. Returns why the call can't be made now, if it can't.
   */
  async function acquire(id: string, step: Step, signal: AbortSignal): Promise<Refusal | undefined> {
    const isClosed = () => signal.aborted || breaker.permits(1) === 0;
    if (isClosed()) return LATER;
    const cost = step.type === 'remove' ? 1 : step.body.cost;
    const isChange = step.type === 'edit' || step.type === 'remove';
    const waitMs = destinationLimiters.get(id, clock.steady()).acquire(cost, clock.steady());
    if (waitMs > 0) return { status: 'rate-limited', waitMs };
    for (;;) {
      const changeMs = isChange ? changeLimiter.delayMs(cost, clock.steady()) : 0;
      const ms = changeMs || platformLimiter.acquire(cost, clock.steady());
      if (ms === 0 && isChange) changeLimiter.acquire(cost, clock.steady());
      if (ms === 0) return isClosed() ? LATER : undefined;
      await clock.wait(ms, signal);
      if (signal.aborted) return LATER;
    }
  }

  function callPlatform(
    { destination: { id, preferences } }: DeliveryTask,
    step: Step,
    first: string | undefined,
  ): Promise<ChangeResult> {
    const language = languageOf(preferences);
    const silent = isSilentAt(preferences, clock.now());
    switch (step.type) {
      case 'send': {
        const options = { ...step.options, ...(first !== undefined && { first }), silent, broadcast: true };
        return platform.send(id, step.body, step.idempotencyKey, options);
      }
      case 'digest':
        return platform.send(id, step.body, step.idempotencyKey, {
          uncertain: step.uncertain ?? false,
          silent,
          broadcast: true,
        });
      case 'edit':
        return platform.edit(id, step.receipt, step.body, language);
      case 'remove':
        return platform.remove(id, step.receipt, language);
    }
  }

  async function call(task: DeliveryTask, step: Step, first: string | undefined): Promise<ChangeResult> {
    const startedMs = clock.steady();
    const result = withPlausibleDelay(await callPlatform(task, step, first));
    const name = step.type === 'digest' ? 'send' : step.type;
    const labels = { platform: platform.name, call: name, result: result.status };
    metrics.observe('api_call_seconds', labels, (clock.steady() - startedMs) / 1_000);
    breaker.record(task.destination.id, result, await liveness.record(result));
    return result;
  }

  return {
    async execute(task, plan, signal) {
      const { destination, entry } = task;
      if (plan.steps.length === 0) {
        recorder.recordUncertain(task, plan);
        await deliveries.skip(destination.id, entry.seq);
      }
      /** By note: the receipt of its first part, to which a platform may attach further ones. */
      const firsts = new Map<string, string>();
      for (const [index, step] of plan.steps.entries()) {
        const first = step.type === 'send' ? (firsts.get(step.noteKey) ?? step.first) : undefined;
        const result = await semaphore.run(async (): Promise<Refusal | ChangeResult> => {
          const refusal = await acquire(destination.id, step, signal);
          if (refusal) return refusal;
          // Only now, because a step that had to wait comes through here again.
          if (index === 0) recorder.recordUncertain(task, plan);
          if (index === 0 && entry.action === 'post' && task.attempts === 0)
            metrics.observeTimer('queue_wait_seconds', entry.key, { platform: platform.name });
          await deliveries.recordIntent(destination.id, entry.seq, step.intent);
          // Recording may have taken long, and another process may have taken over meanwhile.
          if (!maySend()) return LATER;
          return call(task, step, first);
        });
        if (result.status === 'later' || result.status === 'rate-limited') return result;
        const isLast = index === plan.steps.length - 1;
        const outcome = await recorder.record({ task, step, isLast }, result);
        if (outcome) return outcome;
        if (result.status === 'sent' && step.part === 0 && step.type !== 'digest')
          firsts.set(step.noteKey, result.receipt);
      }
      return { status: 'done' };
    },
  };
}

/** Drops an implausible wait, so that the usual backoff applies. */
function withPlausibleDelay(result: ChangeResult): ChangeResult {
  if (result.status !== 'retry') return result;
  const { afterMs, ...rest } = result;
  const delayMs = clampRetryAfter(afterMs);
  return { ...rest, ...(delayMs !== undefined && { afterMs: delayMs }) };
}
