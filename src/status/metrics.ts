import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import type { RelayState } from '../relays/relay-stream.ts';
import type { Stats } from '../store/stats.ts';
import type { DiskUse } from './disk.ts';
import { type HealthCheck, runHealthChecks } from './health.ts';
import { isConnected } from './relay-health.ts';

export interface MetricsParts {
  /** Already has the counters and histograms (`lib/metrics`). */
  readonly registry: Registry;
  readonly stats: Pick<Stats, 'totals'>;
  relays(): readonly Pick<RelayState, 'url' | 'state' | 'error' | 'received'>[];
  /** Store, relays and platforms: the checks of `/healthz`. */
  readonly checks: readonly HealthCheck[];
  /** The versions of the program and of Node. */
  readonly build?: { readonly version: string; readonly node: string };
  diskUse?(): Promise<DiskUse | undefined>;
  /** By how many milliseconds the clock is ahead, according to each server. */
  clockOffsetsMs?(): ReadonlyMap<string, number>;
}

/**
 * Adds the gauges, which are read when Prometheus scrapes, and prom-client's process metrics. Returns a function that
 * formats all metrics as text, version 0.0.4.
 */
export function createMetricsText({
  registry,
  stats,
  relays,
  checks,
  build,
  diskUse,
  clockOffsetsMs,
}: MetricsParts): () => Promise<string> {
  collectDefaultMetrics({ register: registry });
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
  const relayEvents = gauge(
    'postrider_relay_events',
    'Genuine events received on the present connection, by relay.',
    'relay',
  );
  const lastNote = gauge(
    'postrider_last_note_timestamp_seconds',
    'Date of the newest note in the archive, in seconds since 1970.',
  );
  const healthy = gauge(
    'postrider_healthy',
    'Whether a part works (1) or not (0): store, relays and each platform, as /healthz has it.',
    'part',
  );
  const databaseSize = gauge('postrider_database_size_bytes', 'Size of the database files.');
  const diskFree = gauge('postrider_disk_free_bytes', 'Free space on the disk with the database.');
  const diskSize = gauge('postrider_disk_size_bytes', 'Size of the disk with the database.');
  const clockOffset = gauge(
    'postrider_clock_offset_seconds',
    'Seconds by which the system clock is ahead of what a platform says, by platform.',
    'platform',
  );
  if (build)
    gauge(
      'postrider_build_info',
      'Always 1; the labels are the versions of Postrider and Node.',
      'version',
      'node',
    ).set(build, 1);

  return async () => {
    // While the database fails, all other metrics are still reported.
    const totals = await stats.totals().catch(() => undefined);
    for (const one of [notes, waiting, lastNote]) one.remove();
    for (const one of [lost, destinations]) one.reset();
    if (totals) {
      notes.set(totals.notes);
      waiting.set(totals.waiting);
      if (totals.lastAt !== undefined) lastNote.set(totals.lastAt);
      for (const [platform, count] of Object.entries(totals.lost)) lost.set({ platform }, count);
      for (const [state, count] of Object.entries(totals.destinations)) destinations.set({ state }, count);
    }
    // Relays come and go, and change their state.
    relayConnected.reset();
    relayState.reset();
    relayEvents.reset();
    for (const relay of relays()) {
      const { url, state, error, received } = relay;
      relayConnected.set({ relay: url }, isConnected(relay) ? 1 : 0);
      relayState.set({ relay: url, state, trouble: error?.kind ?? '' }, 1);
      relayEvents.set({ relay: url }, received);
    }
    const errors = await runHealthChecks(checks);
    for (const { name } of checks) healthy.set({ part: name }, name in errors ? 0 : 1);
    const disk = await diskUse?.();
    if (disk) {
      databaseSize.set(disk.databaseBytes);
      diskFree.set(disk.freeBytes);
      diskSize.set(disk.totalBytes);
    }
    clockOffset.reset();
    for (const [platform, offsetMs] of clockOffsetsMs?.() ?? [])
      clockOffset.set({ platform }, offsetMs / 1_000);
    return registry.metrics();
  };
}
