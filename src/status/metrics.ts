import { Gauge, type Registry } from 'prom-client';
import type { RelayState } from '../relays/relay-stream.ts';
import type { Stats } from '../store/stats.ts';
import { isConnected } from './relay-health.ts';

export interface MetricsParts {
  /** Already has the counters and histograms (`lib/metrics`). */
  readonly registry: Registry;
  readonly stats: Pick<Stats, 'totals'>;
  relays(): readonly Pick<RelayState, 'url' | 'state' | 'error'>[];
  readonly startedAtMs: number;
}

/** Adds the gauges, which are read when Prometheus asks. Returns all metrics in its text format, version 0.0.4. */
export function createMetricsText({
  registry,
  stats,
  relays,
  startedAtMs,
}: MetricsParts): () => Promise<string> {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });

  const notes = gauge('postrider_notes', 'Notes in the archive.');
  const waiting = gauge('postrider_deliveries_waiting', 'Deliveries queued across all active destinations.');
  const lost = gauge(
    'postrider_posts_lost',
    "Posts of the last seven days that couldn't be delivered, by platform.",
    'platform',
  );
  const destinations = gauge('postrider_destinations', 'Channels and chats by state.', 'state');
  const relayConnected = gauge(
    'postrider_relay_connected',
    'Whether a relay is connected and shows the posts (1) or not (0).',
    'relay',
  );
  const relayState = gauge(
    'postrider_relay_state',
    'State of each relay and its last error, if any.',
    ...(['relay', 'state', 'trouble'] as const),
  );
  gauge('process_start_time_seconds', 'Start time of the process since unix epoch in seconds.').set(
    startedAtMs / 1000,
  );
  const memory = gauge('process_resident_memory_bytes', 'Resident memory of the process in bytes.');

  return async () => {
    const totals = await stats.totals();
    notes.set(totals.notes);
    waiting.set(totals.waiting);
    for (const [platform, count] of Object.entries(totals.lost)) lost.set({ platform }, count);
    for (const [state, count] of Object.entries(totals.destinations)) destinations.set({ state }, count);
    // Relays come and go, and change their state.
    relayConnected.reset();
    relayState.reset();
    for (const relay of relays()) {
      const { url, state, error } = relay;
      relayConnected.set({ relay: url }, isConnected(relay) ? 1 : 0);
      relayState.set({ relay: url, state, trouble: error?.kind ?? '' }, 1);
    }
    memory.set(process.memoryUsage.rss());
    return registry.metrics();
  };
}
