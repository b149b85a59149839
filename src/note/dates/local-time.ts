import { datedAt } from '../note.ts';

/**
 * The local date and time in a zone (IANA name) at a moment, in milliseconds since 1970. Throws `RangeError` for an
 * unknown zone.
 */
export function localTime(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
}

/** The local day of a note, by the date that readers see, as `2025-03-01`. */
export const localDay = (note: Parameters<typeof datedAt>[0], timeZone: string): string =>
  localTime(datedAt(note) * 1000, timeZone)
    .toPlainDate()
    .toString();
