/** As Discord puts a date for its readers: one form, wherever a date comes from. */
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

type Day = Pick<Temporal.PlainDate, 'day' | 'month' | 'year'>;

const month = ({ month: number, year }: Day): string => `${MONTHS[number - 1]} ${year}`;
const date = (day: Day): string => `${day.day} ${month(day)}`;

/** Dates and moments, in the zone that they come in. UTC, which nobody lives by, is named. */
export const timeTexts = {
  date,
  /** Without the year where that is this one. */
  day: (day: Day, now: Day | undefined) =>
    `${day.day} ${MONTHS[day.month - 1]?.slice(0, 3)}${day.year === now?.year ? '' : ` ${day.year}`}`,
  /** With the day of the week, for a day that stands over its posts. */
  weekday: ({ dayOfWeek, day, month, year }: Temporal.PlainDate | Temporal.ZonedDateTime, now: Day) =>
    `${WEEKDAYS[dayOfWeek - 1]}, ${day} ${MONTHS[month - 1]}${year === now.year ? '' : ` ${year}`}`,
  justNow: 'just now',
  minutesAgo: (minutes: number) => `${minutes} min ago`,
  hoursAgo: (hours: number) => `${hours} h ago`,
  yesterday: (at: Temporal.ZonedDateTime) => `yesterday ${clockTime(at)}`,
  month,
  year: ({ year }: Day) => String(year),
  moment: (at: Temporal.ZonedDateTime) => `${date(at)}, ${clockTime(at)}${isUniversal(at) ? ' UTC' : ''}`,
};

/** `08:05`. */
export const clockTime = (at: Temporal.ZonedDateTime): string => at.toPlainTime().toString().slice(0, 5);

export const isUniversal = ({ timeZoneId }: Temporal.ZonedDateTime): boolean =>
  /^(?:Etc\/)?UTC$/u.test(timeZoneId);
