const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const date = ({ day, month, year }: Temporal.ZonedDateTime): string => `${day} ${MONTHS[month - 1]} ${year}`;

/** Dates and moments, in the zone that they come in. UTC, which nobody lives by, is named. */
export const timeTexts = {
  date,
  moment: (at: Temporal.ZonedDateTime) => `${date(at)}, ${clockTime(at)}${isUniversal(at) ? ' UTC' : ''}`,
};

/** `08:05`. */
export const clockTime = (at: Temporal.ZonedDateTime): string => at.toPlainTime().toString().slice(0, 5);

export const isUniversal = ({ timeZoneId }: Temporal.ZonedDateTime): boolean =>
  /^(?:Etc\/)?UTC$/u.test(timeZoneId);
