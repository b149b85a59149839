import type { RelayState } from '../relays/relay-stream.ts';
import { type HealthErrors, runHealthChecks } from './health.ts';
import { createMetricsText, type MetricsParts } from './metrics.ts';
import { isConnected, isWithholding } from './relay-health.ts';

export interface StatusReportParts extends MetricsParts {
  relays(): readonly RelayState[];
  readonly startedAtMs: number;
  /** What is wrong with the work that other processes do. */
  errorsElsewhere?(): HealthErrors;
}

export type StatusReport = ReturnType<typeof createStatusReport>;

/** How the program is doing, for `/healthz`, `/metrics` and the `status` command, from the same numbers. */
export function createStatusReport(parts: StatusReportParts) {
  const { stats, checks, relays, startedAtMs } = parts;
  const healthErrors = () => runHealthChecks(checks);
  const allErrors = async (): Promise<HealthErrors> => ({
    ...(await healthErrors()),
    ...parts.errorsElsewhere?.(),
  });
  return {
    /** Of this process. */
    healthErrors,
    /** Of all processes that share the database. */
    allErrors,
    metrics: createMetricsText(parts),
    /** For people. It contains no text that a relay sent. */
    async status() {
      const { firstAt, lastAt, notes, waiting, lost, destinations } = await stats.totals();
      // With several relays, the others make up for what one withholds or loses; with a single one, nothing does.
      const isThin = relays().length > 1 && relays().filter(isConnected).length === 1;
      return {
        notes,
        waiting,
        destinations: destinations.active,
        lost: Object.values(lost).reduce((sum, count) => sum + count, 0),
        ...(firstAt !== undefined && { firstAt: firstAt * 1000 }),
        ...(lastAt !== undefined && { lastAt: lastAt * 1000 }),
        relays: relays().map((relay) => ({
          host: new URL(relay.url).host,
          connected: isConnected(relay),
          live: relay.state === 'live',
          received: relay.received,
          ...(relay.error && { error: relay.error.kind, since: relay.error.since }),
        })),
        problems: {
          ...(await allErrors()),
          ...(isThin && { 'few-relays': 'only one relay is connected' }),
          ...(relays().some(isWithholding) && { 'withholding-relays': "a relay doesn't show the posts" }),
        },
        startedAt: startedAtMs,
      };
    },
  };
}
