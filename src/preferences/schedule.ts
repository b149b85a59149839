import { localTime } from '../note/dates/local-time.ts';
import type { MinuteOfDay, Preferences, QuietHours, Schedule } from './preferences.ts';

/** When waiting posts may be sent, in milliseconds since 1970; `undefined`: now. */
export function deferUntilMs(preferences: Preferences, nowMs: number): number | undefined {
  const { schedule, quietHours, timeZone } = preferences;
  if (schedule.kind !== 'at-once') return nextDigestMs(schedule, timeZone, nowMs);
  return quietHours?.mode === 'hold' ? quietEndMs(quietHours, timeZone, nowMs) : undefined;
}

/** Whether a message sent now makes no sound. */
export function isSilentAt({ silent, quietHours, timeZone }: Preferences, nowMs: number): boolean {
  return silent || (quietHours !== undefined && quietEndMs(quietHours, timeZone, nowMs) !== undefined);
}

/**
 * The time of the first digest after `afterMs`. Local time, also across clock changes: a skipped time comes as much
 * later, and of a repeated one the first counts.
 */
export function nextDigestMs(
  schedule: Exclude<Schedule, { kind: 'at-once' }>,
  timeZone: string,
  afterMs: number,
): number {
  const after = localTime(afterMs, timeZone);
  const days = schedule.kind === 'daily' ? 1 : 7;
  const ahead = schedule.kind === 'daily' ? 0 : (schedule.on - after.dayOfWeek + 7) % 7;
  const day = after.toPlainDate().add({ days: ahead });
  const first = atTime(day, schedule.at, timeZone);
  return first > afterMs ? first : atTime(day.add({ days }), schedule.at, timeZone);
}

/**
 * When the current quiet hours end; `undefined` outside them. What local clocks show decides: of hours that a clock
 * change skips nothing is left, and hours that it repeats are quiet twice.
 */
export function quietEndMs(quiet: QuietHours, timeZone: string, nowMs: number): number | undefined {
  let now = localTime(nowMs, timeZone);
  if (!isQuietAt(now, quiet)) return undefined;
  for (;;) {
    // Valid up to the next clock change.
    const minutes = (quiet.to - minutesOf(now) + DAY) % DAY;
    const endMs = now.epochMilliseconds + minutes * 60_000 - now.second * 1000 - now.millisecond;
    const change = now.getTimeZoneTransition('next');
    if (!change || change.epochMilliseconds > endMs) return endMs;
    if (!isQuietAt(change, quiet)) return change.epochMilliseconds;
    now = change;
  }
}

const DAY = 24 * 60;

const minutesOf = ({ hour, minute }: Temporal.ZonedDateTime): MinuteOfDay => hour * 60 + minute;

function isQuietAt(moment: Temporal.ZonedDateTime, { from, to }: QuietHours): boolean {
  const minutes = minutesOf(moment);
  return from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

export function isTimeZone(name: string): boolean {
  try {
    localTime(0, name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function atTime(day: Temporal.PlainDate, minutes: MinuteOfDay, timeZone: string): number {
  const plainTime = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
  return day.toPlainDateTime(plainTime).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    .epochMilliseconds;
}
