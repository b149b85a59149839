import type { Registry } from 'prom-client';
import type { Clock } from '../lib/clock.ts';
import type { Lifetime } from '../lib/lifetime.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { ServerClock } from '../lib/server-clock.ts';

/** What every part of the program is built with. */
export interface Context {
  readonly log: Log;
  readonly clock: Clock;
  readonly metrics: Metrics & { readonly registry: Registry };
  /** The time as the platforms tell it. */
  readonly serverClock: ServerClock;
  /** Ends with the program. */
  readonly signal: AbortSignal;
  readonly lifetime: Lifetime;
}
