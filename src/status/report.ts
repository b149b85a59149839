import type { RelayState } from '../relays/relay-stream.ts';
import type { Stats } from '../store/stats.ts';
import { type HealthCheck, type HealthErrors, runHealthChecks } from './health.ts';
import type { Metric } from './metrics.ts';

type RelayLine = Pick<RelayState, 'url' | 'state' | 'received' | 'error'>;

interface CounterLine {
  readonly name: string;
  readonly help: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface StatusReportParts {
  readonly stats: Pick<Stats, 'totals'>;
  /** Store, relays and platforms: what must work for `/healthz` to say so. */
  readonly checks: readonly HealthCheck[];
  relays(): readonly RelayLine[];
  counters(): readonly CounterLine[];
  readonly startedAtMs: number;
}

/** States of a relay link in which it is connected. */
const CONNECTED: readonly RelayState['state'][] = ['live', 'catching-up'];

/** Whether new posts may come from it. */
export const isConnected = (relay: RelayLine): boolean => CONNECTED.includes(relay.state);

/** Whether it keeps the posts from us, and would show them to somebody else. */
const isWithholding = ({ state, error }: RelayLine): boolean =>
  state === 'withholding' || error?.kind === 'needs-key' || error?.kind === 'refuses-key';

/** Several relays make up for what one withholds or loses; a single one can't. */
const isThin = (relays: readonly RelayLine[]): boolean =>
  relays.length > 1 && relays.filter(isConnected).length === 1;

export type StatusReport = ReturnType<typeof createStatusReport>;

/** How the program is doing: for `/healthz`, `/metrics` and the `status` command, from the same figures. */
export function createStatusReport({ stats, checks, relays, counters, startedAtMs }: StatusReportParts) {
  const troubles = (): Promise<HealthErrors> => runHealthChecks(checks);
  return {
    healthErrors: troubles,
    async standing() {
      const { firstAt, lastAt, notes, waiting, lost, destinations } = await stats.totals();
      return {
        notes,
        waiting,
        destinations: destinations.active,
        lost: Object.values(lost).reduce((sum, count) => sum + count, 0),
        ...(firstAt === undefined ? {} : { firstAt: firstAt * 1000 }),
        ...(lastAt === undefined ? {} : { lastAt: lastAt * 1000 }),
        relays: relays().map((relay) => ({
          host: new URL(relay.url).host,
          connected: isConnected(relay),
          live: relay.state === 'live',
          received: relay.received,
          ...(relay.error && { trouble: relay.error.kind, since: relay.error.since }),
        })),
        troubles: {
          ...(await troubles()),
          ...(isThin(relays()) && { 'few-relays': 'only one relay is connected' }),
          ...(relays().some(isWithholding) && { 'withholding-relays': "a relay doesn't show the posts" }),
        },
        startedAt: startedAtMs,
      };
    },
    async metrics(): Promise<readonly Metric[]> {
      const census = await stats.totals();
      return [
        gauge('notes', 'Notes in the archive.', { value: census.notes }),
        gauge('deliveries_waiting', 'Deliveries queued across all active destinations.', {
          value: census.waiting,
        }),
        gauge(
          'posts_lost',
          "Posts of the last seven days that couldn't be delivered, by platform.",
          ...Object.entries(census.lost).map(([platform, value]) => ({ labels: { platform }, value })),
        ),
        gauge(
          'destinations',
          'Channels and chats by state.',
          ...Object.entries(census.destinations).map(([state, value]) => ({ labels: { state }, value })),
        ),
        gauge(
          'relay_connected',
          'Whether a relay is connected and shows the posts (1) or not (0).',
          ...relays().map((relay) => ({ labels: { relay: relay.url }, value: isConnected(relay) ? 1 : 0 })),
        ),
        gauge(
          'relay_state',
          'State of each relay and its last error, if any.',
          ...relays().map(({ url, state, error }) => ({
            labels: { relay: url, state, trouble: error?.kind ?? '' },
            value: 1,
          })),
        ),
        ofProcess(
          'start_time_seconds',
          'Start time of the process since unix epoch in seconds.',
          startedAtMs / 1000,
        ),
        ofProcess(
          'resident_memory_bytes',
          'Resident memory of the process in bytes.',
          process.memoryUsage.rss(),
        ),
        ...counted(counters()),
      ];
    },
  };
}

const gauge = (name: string, help: string, ...samples: Metric['samples']): Metric => ({
  name: `postrider_${name}`,
  type: 'gauge',
  help,
  samples,
});

/** What Prometheus' own clients tell of every process, under the names they give it. */
const ofProcess = (name: string, help: string, value: number): Metric => ({
  name: `process_${name}`,
  type: 'gauge',
  help,
  samples: [{ value }],
});

function counted(lines: readonly CounterLine[]): readonly Metric[] {
  return [...Map.groupBy(lines, ({ name }) => name)].map(([name, series]) => ({
    name: `postrider_${name}`,
    type: 'counter',
    help: series[0]?.help ?? '',
    samples: series.map(({ labels, value }) => ({ labels, value })),
  }));
}
