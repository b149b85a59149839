import { setImmediate } from 'node:timers/promises';
import type { Note } from '../../note/note.ts';
import type { RelayState } from '../../relays/relay-stream.ts';
import type { Destination } from '../../store/destinations.ts';
import type { PlatformStats, Totals } from '../../store/stats.ts';
import type { Store } from '../../store/store.ts';
import { type History, readHistory } from '../activity/history.ts';
import type { NoteJourney, NoteJourneys } from '../activity/note-journeys.ts';
import type { RoleState } from '../fleet.ts';
import type { Health, HealthWatch } from '../health-watch.ts';

export interface SnapshotParts {
  readonly store: Pick<Store, 'stats' | 'archive' | 'destinations' | 'activity'>;
  readonly platforms: readonly string[];
  readonly healthWatch: HealthWatch;
  /** Saves the latest counts, so that the page shows them. Never rejects. */
  saveActivity(): Promise<void>;
  readonly journeys: Pick<NoteJourneys, 'of'>;
  relays(): readonly RelayState[];
  /** Who does what, where several processes share the work. */
  processes?(): readonly RoleState[];
  authorName(): string;
  now(): number;
  readonly startedAtMs: number;
  /** IANA name. */
  readonly timeZone: string;
}

/** One of the newest posts. */
export interface SnapshotNote {
  readonly note: Note;
  readonly journey?: NoteJourney;
  /** By platform: how many destinations haven't received it yet. */
  readonly awaiting: Readonly<Record<string, number>>;
}

export interface SnapshotPlatform {
  readonly name: string;
  readonly stats?: PlatformStats;
  /** Some of those that are suspended, the oldest first. */
  readonly suspended: readonly Destination[];
}

/** Everything that the page shows. What a failing store can't provide is absent. */
export interface Snapshot {
  readonly authorName: string;
  readonly nowMs: number;
  readonly startedAtMs: number;
  readonly timeZone: string;
  readonly health: Health;
  readonly totals?: Totals;
  readonly platforms: readonly SnapshotPlatform[];
  readonly relays: readonly RelayState[];
  readonly processes?: readonly RoleState[];
  readonly notes?: readonly SnapshotNote[];
  readonly history?: History;
}

const MAX_NOTES = 8;
/** More are counted, not listed. */
const MAX_SUSPENDED = 12;
const DAY_MS = 86_400_000;

/** Collects everything step by step, so as not to block the event loop. Never rejects. */
export async function takeSnapshot(parts: SnapshotParts): Promise<Snapshot> {
  const { store, journeys, platforms, timeZone, startedAtMs } = parts;
  const nowMs = parts.now();
  const health = await parts.healthWatch.check();
  const totals = await attempt(() => store.stats.totals());
  const notes = await attempt(() => newestNotes(store, journeys, platforms));
  await parts.saveActivity();
  const history = await attempt(() => readHistory(store.activity, nowMs, timeZone));
  const platformSnapshots: SnapshotPlatform[] = [];
  for (const name of platforms) platformSnapshots.push(await platformSnapshot(name, store, nowMs));
  return {
    authorName: parts.authorName(),
    nowMs,
    startedAtMs,
    timeZone,
    health,
    platforms: platformSnapshots,
    relays: parts.relays(),
    ...(parts.processes && { processes: parts.processes() }),
    ...(totals && { totals }),
    ...(notes && { notes }),
    ...(history && { history }),
  };
}

/** `undefined` if the store fails, which a health check reports. */
async function attempt<T>(read: () => Promise<T>): Promise<T | undefined> {
  await setImmediate();
  try {
    return await read();
  } catch {
    return undefined;
  }
}

async function platformSnapshot(
  name: string,
  store: SnapshotParts['store'],
  nowMs: number,
): Promise<SnapshotPlatform> {
  const stats = await attempt(() => store.stats.ofPlatform(name, nowMs, nowMs + DAY_MS));
  const suspended =
    (await attempt(() =>
      store.destinations.list({ state: 'suspended', platform: name, limit: MAX_SUSPENDED }),
    )) ?? [];
  return { name, suspended, ...(stats && { stats }) };
}

async function newestNotes(
  store: SnapshotParts['store'],
  journeys: SnapshotParts['journeys'],
  platforms: readonly string[],
): Promise<readonly SnapshotNote[]> {
  const notes: SnapshotNote[] = [];
  for (const note of await store.archive.latest({ count: MAX_NOTES })) {
    const awaiting: Record<string, number> = {};
    for (const platform of platforms) {
      await setImmediate();
      awaiting[platform] = await store.stats.awaiting(note.key, platform);
    }
    const journey = journeys.of(note.key);
    notes.push({ note, awaiting, ...(journey && { journey }) });
  }
  return notes;
}
