/** What clocks and calendars show in a zone (IANA name) at a moment, in milliseconds since 1970. Throws `RangeError` where there is no such zone. */
export function localTime(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
}

/** The day of something there, as `2025-03-01`; `createdAt` in seconds since 1970. */
export const localDay = ({ createdAt }: { readonly createdAt: number }, timeZone: string): string =>
  localTime(createdAt * 1000, timeZone)
    .toPlainDate()
    .toString();
