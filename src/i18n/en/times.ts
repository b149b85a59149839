/** The same form as Discord's dates, wherever a date is shown. */
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

/** Dates and times in the zone that they come in. UTC, which nobody lives in, is named. */
export const timeTexts = {
  date,
  /** Without the year if it is the current one. */
  day: (day: Day, now: Day | undefined) =>
    `${day.day} ${MONTHS[day.month - 1]?.slice(0, 3)}${day.year === now?.year ? '' : ` ${day.year}`}`,
  /** With the weekday, as a heading above the posts of a day. */
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

export const clockTime = (at: Temporal.ZonedDateTime): string => at.toPlainTime().toString().slice(0, 5);

export const isUniversal = ({ timeZoneId }: Temporal.ZonedDateTime): boolean =>
  /^(?:Etc\/)?UTC$/u.test(timeZoneId);
