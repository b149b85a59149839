import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import type { RelayState } from '../../src/relays/relay-stream.ts';
import { HOUR_MS } from '../../src/status/activity/activity-recorder.ts';
import { stepOf } from '../../src/status/activity/duration-scale.ts';
import { type History, readHistory } from '../../src/status/activity/history.ts';
import type { Snapshot, SnapshotNote } from '../../src/status/page/snapshot.ts';
import type { Activity, ActivitySum } from '../../src/store/activity.ts';
import type { Destination } from '../../src/store/destinations.ts';
import { note } from '../contract/store-notes.fixture.ts';

/** Sunday, 29 March 2026, 14:40 in Berlin, where clocks went forward that night. */
export const NOW_MS = Date.UTC(2026, 2, 29, 12, 40);
const MINUTE_MS = 60_000;

const RELAYS = ['wss://relay.harbour.example', 'wss://nostr.lighthouse.example/inbox', 'wss://slow.example'];

/** As much as a busy month brings, the same each time; there is nothing of 10 to 12 March. */
const busyMonth: Pick<Activity, 'sum'> = {
  async sum(fromHour, untilHour) {
    const sums = new Map<string, ActivitySum>();
    const add = (what: string, subject: string, count: number, seconds?: number): void => {
      const bucket = seconds === undefined ? 0 : stepOf(seconds);
      const key = `${what} ${subject} ${bucket}`;
      if (count > 0) sums.set(key, { what, subject, bucket, count: count + (sums.get(key)?.count ?? 0) });
    };
    for (let hour = fromHour; hour < untilHour; hour += 1) {
      const at = new Date(hour * HOUR_MS);
      const isDown = at.getUTCDate() >= 10 && at.getUTCDate() <= 12;
      if (isDown || hour * HOUR_MS > NOW_MS) continue;
      const daylight = Math.max(0, Math.sin(((at.getUTCHours() - 5) / 16) * Math.PI));
      const posts = Math.round(daylight * (1 + ((hour * 7) % 5)));
      add('running', '', 60);
      add('posts', '', posts);
      add('sent', 'discord', posts * 312);
      add('sent', 'telegram', posts * 1_180);
      add('retried', 'telegram', hour % 11 === 0 ? posts * 4 : 0);
      add('failed', 'discord', hour % 29 === 0 ? posts : 0);
      add('delivery', 'discord', posts * 300, 3 + ((hour * 3) % 7));
      add('delivery', 'telegram', posts * 1_100, 20 + ((hour * 5) % 31));
      add('delivery', 'telegram', posts * 90, 1_800 + (hour % 600));
      for (const [index, relay] of RELAYS.entries()) {
        add('events', relay, posts * (3 - index));
        add('lag', relay, posts, 0.4 * (index * 6 + 1) + (hour % 4) / 5);
      }
    }
    return [...sums.values()];
  },
};

export const historyOf = (activity: Pick<Activity, 'sum'>): Promise<History> =>
  readHistory(activity, NOW_MS, 'Europe/Berlin');
export const NO_ACTIVITY: Pick<Activity, 'sum'> = { sum: async () => [] };

export const relayState = (url: string, more: Partial<RelayState> = {}): RelayState => ({
  url,
  state: 'live',
  since: NOW_MS - 5 * HOUR_MS,
  received: 12,
  ...more,
});

export const suspendedAt = (id: string, reason: string): Destination => ({
  id,
  source: 'command',
  preferences: DEFAULT_PREFERENCES,
  state: 'suspended',
  position: 3,
  reason,
});

export const noteAt = (
  words: string,
  minutesAgo: number,
  more: Partial<SnapshotNote> = {},
): SnapshotNote => ({
  note: note({ words, at: Math.floor(NOW_MS / 1000) - minutesAgo * 60 }),
  awaiting: {},
  ...more,
});

const PERMISSION = 'I may not write in that channel: allow “View Channel” and “Send Messages”.';
const BLOCKED = 'The bot was stopped: open the chat and press Start.';

/** A day on which something is to be seen everywhere. */
export async function busySnapshot(more: Partial<Snapshot> = {}): Promise<Snapshot> {
  const stats = { posts: 9, delivered: 4_000, refused: 2, joined: 3, left: 1 };
  return {
    authorName: 'Mara Lindqvist',
    nowMs: NOW_MS,
    startedAtMs: NOW_MS - 9 * 24 * HOUR_MS,
    timeZone: 'Europe/Berlin',
    health: { healthySinceMs: NOW_MS - 31 * HOUR_MS, problems: [] },
    totals: {
      notes: 12_846,
      firstAt: 1_600_000_000,
      lastAt: Math.floor(NOW_MS / 1000) - 240,
      lost: {},
      waiting: 212,
      destinations: { active: 1_492, suspended: 3, gone: 7 },
    },
    platforms: [
      {
        name: 'discord',
        stats: { ...stats, active: 312, waiting: 0, suspended: [{ reason: PERMISSION, count: 2 }] },
        suspended: [
          suspendedAt('discord:1101234567890123456', PERMISSION),
          suspendedAt('discord:1101234567890123999', PERMISSION),
        ],
      },
      {
        name: 'telegram',
        stats: { ...stats, active: 1_180, waiting: 212, suspended: [{ reason: BLOCKED, count: 1 }] },
        suspended: [suspendedAt('telegram:7345678901', BLOCKED)],
      },
    ],
    relays: [
      relayState(RELAYS[0] ?? ''),
      relayState(RELAYS[1] ?? ''),
      relayState(RELAYS[2] ?? '', {
        state: 'waiting',
        error: { kind: 'refuses-us', reason: 'restricted: pay at the gate', since: NOW_MS - 70 * MINUTE_MS },
      }),
    ],
    notes: [
      noteAt('Fog over the harbour, and the first ferry is late again', 4, {
        awaiting: { discord: 0, telegram: 212 },
        journey: {
          key: 'a',
          arrivedMs: NOW_MS - 4 * MINUTE_MS,
          platforms: {
            discord: { destinations: 312, seconds: 7.4 },
            telegram: { destinations: 968, seconds: 39 },
          },
        },
      }),
      noteAt('Seven lighthouses in one day: a plan for people with a bicycle', 130, {
        journey: {
          key: 'b',
          arrivedMs: NOW_MS - 130 * MINUTE_MS,
          platforms: {
            discord: { destinations: 312, seconds: 6.9 },
            telegram: { destinations: 1_180, seconds: 51 },
          },
        },
      }),
      noteAt('منارة صغيرة على الشاطئ', 190),
    ],
    history: await historyOf(busyMonth),
    ...more,
  };
}
