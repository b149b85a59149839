import type { Texts } from '../i18n/texts.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { PlatformStats } from '../store/stats.ts';
import type { AuthorInbox } from './author-inbox.ts';

export interface WeeklyReportParts {
  readonly inbox: Pick<AuthorInbox, 'messageAuthor' | 'countSuggestions'>;
  figures(platform: string, fromMs: number, untilMs: number): Promise<PlatformStats>;
  readonly platforms: readonly PlatformName[];
  /** When the archive was started, in milliseconds since 1970: weeks before that get no report. */
  readonly beganAtMs: number;
  readonly texts: Texts;
  now(): number;
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** The first Monday of 1970. */
const FIRST_MONDAY_MS = 4 * DAY_MS;
/** In UTC: when Sunday night is over for most people. */
export const REPORT_HOUR = 9;

/**
 * Reports the last whole week (Monday to Sunday, UTC) to the author. To be called on Mondays at `REPORT_HOUR` and at each
 * start; however often, each week is reported once. Of several that were missed, only the last is.
 */
export function createWeeklyReport(parts: WeeklyReportParts): () => Promise<void> {
  const { inbox, figures, platforms, beganAtMs, texts, now } = parts;
  const says = texts.inbox.week;

  return async () => {
    const dueMs = now() - REPORT_HOUR * 3_600_000 - FIRST_MONDAY_MS;
    const untilMs = Math.floor(dueMs / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS;
    const fromMs = untilMs - WEEK_MS;
    if (untilMs <= beganAtMs) return;
    const all: (readonly [PlatformName, PlatformStats])[] = [];
    for (const name of platforms) all.push([name, await figures(name, fromMs, untilMs)]);
    const { came, answered } = await inbox.countSuggestions(fromMs, untilMs);
    const lines = [
      `${says.heading(texts.times.date(dateAt(fromMs)), texts.times.date(dateAt(untilMs - 1)))}\n`,
      says.posts(Math.max(0, ...all.map(([, { posts }]) => posts))),
      ...all.flatMap(([name, one]) => [
        says.platform(name, one.active, one.delivered),
        ...(one.joined + one.left > 0 ? [says.joined(one.joined, one.left)] : []),
        ...(one.waiting > 0 ? [says.waiting(one.waiting)] : []),
        ...(one.refused > 0 ? [says.failed(one.refused)] : []),
        ...one.suspended.map(({ reason, count }) => says.suspended(name, count, reason)),
      ]),
      ...(came > 0 ? [says.suggestions(came, answered)] : []),
    ];
    await inbox.messageAuthor(`week ${isoDate(untilMs)}`, lines.join('\n'));
  };
}

/** In UTC. */
const dateAt = (ms: number): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('UTC').toPlainDate();
const isoDate = (ms: number): string => dateAt(ms).toString();
