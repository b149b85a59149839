import type { AlertAbout, AlertKind } from '../i18n/en/alerts.ts';
import { likelyOffsetMs, NOTICEABLE_OFFSET_MS } from '../lib/server-clock.ts';
import type { PlatformName } from '../platform/platforms.ts';
import { FREE_BYTES } from '../status/disk.ts';
import type { AlertFacts, PlatformFacts } from './facts.ts';

const MINUTE_MS = 60_000;
const MEBIBYTE = 2 ** 20;
const MIN_CRASHES = 3;

/** Something that is wrong, and what there is to say about it. */
export interface Problem {
  /** Which one of several: a destination. Empty if there can only be one. */
  readonly subject: string;
  readonly details: Partial<AlertAbout>;
}

/** One kind of alert; a row of the table. Its texts are those of its kind (`alerts.kinds`). */
export interface Condition {
  readonly kind: AlertKind;
  /** Names it in the store. */
  readonly id: string;
  readonly platform?: PlatformName;
  /** How long it has to last, without interruption, before anybody is told, in milliseconds. */
  readonly raiseAfterMs: number;
  /** How long it has to be over before it counts as over. */
  readonly clearAfterMs: number;
  /** What is wrong now; `undefined` if that is unknown. `isReported`: the operator has been told of it. */
  problems(facts: AlertFacts, isReported: boolean): readonly Problem[] | undefined;
  /** What else there is to say once it is over. */
  after?(facts: AlertFacts): Partial<AlertAbout>;
}

type Row<Facts> = Omit<Condition, 'id' | 'platform' | 'problems'> & {
  problems(facts: Facts, isReported: boolean): ReturnType<Condition['problems']>;
};

const nothing: readonly Problem[] = [];
const found = (details: Partial<AlertAbout> = {}): readonly Problem[] => [{ subject: '', details }];
const foundIf = (isWrong: boolean, about?: Partial<AlertAbout>): readonly Problem[] =>
  isWrong ? found(about) : nothing;

/** Once for each platform. Overlapping restarts and short outages are nobody's business. */
const OF_PLATFORMS: readonly Row<PlatformFacts>[] = [
  {
    kind: 'refused',
    raiseAfterMs: 0,
    clearAfterMs: 0,
    // Until the platform is connected, nobody knows whether it accepts the token.
    problems: ({ obstacle, error }) =>
      obstacle === 'refused' ? found() : error === undefined ? nothing : undefined,
  },
  {
    kind: 'unreachable',
    raiseAfterMs: 30 * MINUTE_MS,
    clearAfterMs: 2 * MINUTE_MS,
    problems: ({ obstacle, error }) =>
      foundIf(error !== undefined && (obstacle === undefined || obstacle === 'unpaid'), {
        reason: error ?? '',
      }),
  },
  {
    kind: 'shared',
    raiseAfterMs: 5 * MINUTE_MS,
    clearAfterMs: 5 * MINUTE_MS,
    problems: ({ obstacle }) => foundIf(obstacle === 'shared'),
  },
  {
    kind: 'standby',
    raiseAfterMs: 5 * MINUTE_MS,
    clearAfterMs: 5 * MINUTE_MS,
    problems: ({ obstacle }) => foundIf(obstacle === 'standby'),
  },
  {
    // After a restart, nobody knows until the next posts, and a low balance may refuse them again any time.
    kind: 'unpaid',
    raiseAfterMs: 0,
    clearAfterMs: 6 * 60 * MINUTE_MS,
    problems: ({ obstacle }) => foundIf(obstacle === 'unpaid'),
  },
];

const OF_PROGRAM: readonly Row<AlertFacts>[] = [
  {
    kind: 'relays',
    raiseAfterMs: 10 * MINUTE_MS,
    clearAfterMs: MINUTE_MS,
    problems: ({ health }) => foundIf('relays' in health),
  },
  {
    // Long enough for all channels of a server to fail together, and for the hourly try to fail again.
    kind: 'destinations',
    raiseAfterMs: 2 * MINUTE_MS,
    clearAfterMs: 10 * MINUTE_MS,
    problems: ({ suspended }) =>
      suspended?.map(({ id, reason }) => ({ subject: id, details: { reason: reason ?? '' } })),
  },
  {
    kind: 'disk',
    raiseAfterMs: MINUTE_MS,
    clearAfterMs: 5 * MINUTE_MS,
    problems: ({ disk }, isReported) =>
      disk &&
      foundIf(
        disk.freeBytes < (isReported ? FREE_BYTES.enough : FREE_BYTES.least),
        megabytesOf(disk.freeBytes),
      ),
    after: ({ disk }) => megabytesOf(disk?.freeBytes ?? 0),
  },
  {
    kind: 'store',
    raiseAfterMs: MINUTE_MS,
    clearAfterMs: MINUTE_MS,
    problems: ({ health }) => foundIf('store' in health, { reason: health['store'] ?? '' }),
  },
  {
    kind: 'clock',
    raiseAfterMs: 5 * MINUTE_MS,
    clearAfterMs: 5 * MINUTE_MS,
    problems({ clockOffsetsMs }) {
      const offsetMs = likelyOffsetMs(clockOffsetsMs);
      return offsetMs === undefined
        ? undefined
        : foundIf(Math.abs(offsetMs) > NOTICEABLE_OFFSET_MS, { minutes: offsetMs / MINUTE_MS });
    },
  },
  {
    kind: 'crashes',
    raiseAfterMs: 0,
    clearAfterMs: 0,
    problems: ({ crashes }, isReported) =>
      foundIf(crashes >= (isReported ? 1 : MIN_CRASHES), { count: crashes }),
  },
];

const megabytesOf = (bytes: number): Partial<AlertAbout> => ({ megabytes: Math.floor(bytes / MEBIBYTE) });

/** Everything that operators are alerted to; the only list. */
export const conditionsFor = (platforms: readonly PlatformName[]): readonly Condition[] => [
  ...platforms.flatMap((platform) =>
    OF_PLATFORMS.map((row) => ({
      ...row,
      platform,
      id: `${row.kind}:${platform}`,
      problems(facts: AlertFacts, isReported: boolean) {
        const own = facts.platforms.find(({ name }) => name === platform);
        return own && row.problems(own, isReported);
      },
    })),
  ),
  ...OF_PROGRAM.map((row) => ({ ...row, id: row.kind })),
];
