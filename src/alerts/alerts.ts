import type { Texts } from '../i18n/texts.ts';
import { createBackoff } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import type { KeyValue } from '../lib/key-value.ts';
import { createSerialQueue } from '../lib/keyed-queue.ts';
import type { Log } from '../lib/log.ts';
import type { PlatformName } from '../platform/platforms.ts';
import { alertMessage } from './alert-message.ts';
import { type AlertRecord, createAlertStream, EMPTY_RECORD, type Instant } from './alert-stream.ts';
import { conditionsFor } from './conditions.ts';
import type { AlertFacts } from './facts.ts';
import type { Operators } from './operators.ts';

/** How often the program is looked at. */
const CHECK_EVERY_MS = 30_000;
/** The longest pause before an alert is tried again. */
const MAX_RETRY_MS = 10 * 60_000;

export interface AlertsParts {
  readonly platforms: readonly PlatformName[];
  /** Never rejects. */
  facts(): Promise<AlertFacts>;
  readonly operators: Operators;
  /** What the operator has been told, by condition. */
  readonly storage: Pick<KeyValue<AlertRecord>, 'get' | 'set'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tells the operator when something needs a human, and when it is fine again. */
export interface Alerts {
  /** Looks at the program until the signal aborts. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Looks at it once, and tries once to send what is due. Never rejects. */
  check(): Promise<void>;
  forget(destinations: readonly string[]): void;
}

/** Rejects if the store can't be read. */
export async function openAlerts(parts: AlertsParts): Promise<Alerts> {
  const { facts, operators, storage, clock, log } = parts;
  const instant = (): Instant => ({ wall: clock.now(), steady: clock.steady() });
  const streams = await Promise.all(
    conditionsFor(parts.platforms).map(async (condition) => {
      const record = (await storage.get(condition.id)) ?? EMPTY_RECORD;
      const backoff = createBackoff({ firstMs: CHECK_EVERY_MS, maxMs: MAX_RETRY_MS });
      const stream = createAlertStream(condition, record, instant());
      return { condition, stream, backoff, retryAtMs: 0, isSaved: true };
    }),
  );
  type Stream = (typeof streams)[number];

  /** After it was delivered: if the process is killed in between, it is sent again. */
  async function save(one: Stream): Promise<void> {
    try {
      await storage.set(one.condition.id, one.stream.record());
      one.isSaved = true;
    } catch (error) {
      // Tried again at the next check; the database may be what the alert is about.
      log.debug('alerts.unsaved', { error });
    }
  }

  async function send(one: Stream, seen: AlertFacts, at: Instant): Promise<void> {
    const notice = one.stream.due(at);
    if (!notice || at.steady < one.retryAtMs) return;
    const { condition, stream, backoff } = one;
    const after = notice.isOver ? (condition.after?.(seen) ?? {}) : {};
    const message = {
      alert: condition.id,
      key: notice.key,
      write: (texts: Texts) => alertMessage(condition, notice, after, at.wall, texts),
    };
    const via = await operators.notify(message, stream.record().via);
    if (!via) {
      one.retryAtMs = at.steady + backoff.next();
      return;
    }
    backoff.reset();
    stream.delivered(at, via);
    one.isSaved = false;
  }

  async function checkOnce(): Promise<void> {
    try {
      const seen = await facts();
      const at = instant();
      for (const one of streams) {
        one.stream.observe(one.condition.problems(seen, one.stream.isReported()), at);
        await send(one, seen, at);
        if (!one.isSaved) await save(one);
      }
    } catch (error) {
      log.error('alerts.failed', { error });
    }
  }

  // One at a time, or the same alert could be sent twice.
  const inTurn = createSerialQueue();
  const check = (): Promise<void> => inTurn(checkOnce);

  return {
    check,
    async run(signal) {
      while (!signal.aborted) {
        await check();
        await clock.wait(CHECK_EVERY_MS, signal);
      }
    },
    forget(destinations) {
      for (const one of streams) one.stream.forget(destinations);
    },
  };
}
