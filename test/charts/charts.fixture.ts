import { type BarChart, barChart } from '../../src/charts/bar-chart.ts';
import { CARD, DARK, IMAGE, LIGHT } from '../../src/charts/chart.ts';
import { type TimeSeriesChart, timeSeriesChart } from '../../src/charts/time-series.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Sunday, 29 March 2026, 12:00 in UTC: clocks in Berlin went forward at 01:00. */
const NOW_MS = Date.UTC(2026, 2, 29, 12);

/** Always the same, never quite regular. */
const wave = (index: number): number =>
  Math.round(12 + 9 * Math.sin(index / 2.3) + 4 * Math.cos(index * 1.7));

const hours = (valueAt: (index: number) => number | undefined) =>
  Array.from({ length: 24 }, (_, index) => {
    const fromMs = NOW_MS - (24 - index) * HOUR_MS;
    return { fromMs, untilMs: fromMs + HOUR_MS, value: valueAt(index) };
  });
const days = (valueAt: (index: number) => number | undefined) =>
  Array.from({ length: 30 }, (_, index) => {
    const fromMs = NOW_MS - (30 - index) * DAY_MS;
    return { fromMs, untilMs: fromMs + DAY_MS, value: valueAt(index) };
  });

const options = { emptyText: 'Nothing yet', language: 'en-GB', size: CARD, theme: LIGHT } as const;
const day = {
  ...options,
  kind: 'bars',
  unit: 'count',
  fromMs: NOW_MS - DAY_MS,
  untilMs: NOW_MS,
  timeZone: 'Europe/Berlin',
} as const satisfies Partial<TimeSeriesChart>;
const month = { ...day, fromMs: NOW_MS - 30 * DAY_MS } as const;
const bars = { ...options, direction: 'upright', unit: 'count' } as const satisfies Partial<BarChart>;

const HASHTAGS = [
  ['#gardening', 412],
  ['#Kirschblüte', 208],
  ['#园艺', 130],
  ['#السلام', 77],
  ['#a-hashtag-that-somebody-made-far-too-long-for-any-chart', 31],
  ['#zero', 0],
] as const;

/** One of each kind, by the name of its golden file. */
export const charts: Readonly<Record<string, string>> = {
  'messages-by-hour': timeSeriesChart({
    ...day,
    title: 'Messages sent',
    description: 'Up to 30 an hour.',
    series: [
      { label: 'Discord', points: hours(wave) },
      { label: 'Telegram', points: hours((index) => (index === 5 ? 0 : wave(index + 7))) },
    ],
  }),
  'days-with-gaps': timeSeriesChart({
    ...month,
    title: 'Posts received',
    theme: DARK,
    gapLabel: 'Postrider wasn’t running',
    series: [
      {
        label: 'Posts',
        points: days((index) => (index < 6 || (index > 12 && index < 17) ? undefined : wave(index))),
      },
    ],
  }),
  'delivery-times': timeSeriesChart({
    ...day,
    title: 'Delivery time',
    kind: 'line',
    unit: 'seconds',
    gapLabel: 'Nothing delivered',
    series: [
      {
        label: 'Half of all messages',
        points: hours((index) => (index % 9 === 4 ? undefined : wave(index) / 9)),
      },
      { label: '95 of 100', points: hours((index) => (index % 9 === 4 ? undefined : wave(index + 3) * 6)) },
    ],
  }),
  'delivery-times-logarithmic': timeSeriesChart({
    ...day,
    title: 'Delivery time',
    kind: 'line',
    unit: 'seconds',
    isLogarithmic: true,
    series: [
      { label: 'Half of all messages', points: hours((index) => wave(index) / 20) },
      { label: '95 of 100', points: hours((index) => wave(index + 3) ** 2.8) },
    ],
  }),
  'lag-as-area': timeSeriesChart({
    ...month,
    title: 'Relay lag',
    kind: 'area',
    unit: 'seconds',
    series: [{ label: 'relay.example', points: days((index) => wave(index) / 40) }],
  }),
  'one-point': timeSeriesChart({
    ...day,
    title: 'One hour',
    kind: 'line',
    series: [{ label: 'Posts', points: hours((index) => (index === 20 ? 3 : undefined)) }],
  }),
  'nothing-measured': timeSeriesChart({
    ...day,
    title: 'Posts received',
    series: [{ label: 'Posts', points: [] }],
  }),
  'nothing-happened': timeSeriesChart({
    ...day,
    title: 'Failures',
    series: [{ label: 'Failures', points: hours(() => 0) }],
  }),
  'huge-values': timeSeriesChart({
    ...day,
    title: 'Huge',
    series: [
      { label: 'Huge', points: hours((index) => 10 ** (index * 13)) },
      { label: 'No number', points: hours((index) => [Number.NaN, Number.POSITIVE_INFINITY, -5][index % 3]) },
    ],
  }),
  'days-as-image': timeSeriesChart({
    ...month,
    title: 'Posts of the last 30 days, and a title that is longer than the picture is wide',
    showsTitle: true,
    size: IMAGE,
    series: [{ label: 'Posts', points: days(wave) }],
  }),
  'years-in-chinese': timeSeriesChart({
    ...options,
    title: '每月帖子数',
    kind: 'area',
    unit: 'count',
    language: 'zh',
    timeZone: 'Asia/Shanghai',
    fromMs: Date.UTC(2021, 4, 1),
    untilMs: Date.UTC(2026, 4, 1),
    series: [
      {
        label: '帖子',
        points: Array.from({ length: 60 }, (_, index) => ({
          fromMs: Date.UTC(2021, 4 + index, 1),
          untilMs: Date.UTC(2021, 5 + index, 1),
          value: wave(index) * 1_000,
        })),
      },
    ],
  }),
  'posts-per-hour-of-day': barChart({
    ...bars,
    title: 'Posts per hour of the day',
    bars: Array.from({ length: 24 }, (_, hour) => ({ label: String(hour), value: wave(hour) })),
  }),
  'posts-per-month-as-image': barChart({
    ...bars,
    title: 'Posts per month',
    showsTitle: true,
    size: IMAGE,
    theme: DARK,
    bars: Array.from({ length: 18 }, (_, index) => ({
      label: new Date(Date.UTC(2024, 9 + index)).toISOString().slice(0, 7),
      value: wave(index) * 7,
    })),
  }),
  'top-hashtags': barChart({
    ...bars,
    title: 'Top hashtags',
    direction: 'lying',
    bars: HASHTAGS.map(([label, value]) => ({ label, value })),
  }),
  'top-hashtags-as-image': barChart({
    ...bars,
    title: 'Top hashtags',
    showsTitle: true,
    size: IMAGE,
    direction: 'lying',
    bars: HASHTAGS.map(([label, value]) => ({ label, value })),
  }),
  'no-bars': barChart({ ...bars, title: 'Top hashtags', direction: 'lying', bars: [] }),
  'hostile-words': barChart({
    ...bars,
    title: '"><script>alert(1)</script> & \'\u0000\uD800',
    showsTitle: true,
    direction: 'lying',
    bars: [{ label: '<img src=x onerror=alert(1)>&"\'', value: 3 }],
  }),
};
