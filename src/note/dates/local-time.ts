import { datedAt } from '../note.ts';

/** What clocks and calendars show in a zone (IANA name) at a moment, in milliseconds since 1970. Throws `RangeError` where there is no such zone. */
export function localTime(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
}

/** The day of a note there, by the date that readers are told, as `2025-03-01`. */
export const localDay = (note: Parameters<typeof datedAt>[0], timeZone: string): string =>
  localTime(datedAt(note) * 1000, timeZone)
    .toPlainDate()
    .toString();
