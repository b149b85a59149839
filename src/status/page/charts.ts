import { setImmediate } from 'node:timers/promises';
import { CARD, type ChartOptions } from '../../charts/chart.ts';
import { type TimePoint, type TimeSeriesChart, timeSeriesChart } from '../../charts/time-series.ts';
import { type Markup, markup, trusted } from '../../lib/markup.ts';
import type { History, Period } from '../activity/history.ts';
import type { Snapshot } from './snapshot.ts';
import { PAGE_CHARTS } from './style.ts';
import type { PageWords } from './words.ts';

/** Lines of so many relays are told apart; those with the most events are drawn. */
const MAX_LINES = 5;

type Drawn = Pick<TimeSeriesChart, 'kind' | 'unit' | 'series'> & {
  readonly name: keyof PageWords['texts']['statusPage']['charts'];
  readonly note?: string;
};

/** The charts of the last day and the last month, drawn one by one, so that everything else goes on between them. */
export async function chartSections(snapshot: Snapshot, history: History, words: PageWords): Promise<Markup> {
  const { lastDay, lastMonth } = words.texts.statusPage;
  return markup`
<h2>${lastDay}</h2>
<div class="cards">${await drawAll(snapshot, history.hours, words)}</div>
<h2>${lastMonth}</h2>
<div class="cards">${await drawAll(snapshot, history.days, words)}</div>`;
}

async function drawAll(
  snapshot: Snapshot,
  periods: readonly Period[],
  words: PageWords,
): Promise<readonly Markup[]> {
  const { platforms, relays } = snapshot;
  const says = words.texts.statusPage;
  const names = platforms.map(({ name }) => name);
  const points = (valueOf: (period: Period) => number | undefined): readonly TimePoint[] =>
    periods.map((period) => ({
      fromMs: period.fromMs,
      untilMs: period.untilMs,
      value: period.isMeasured ? valueOf(period) : undefined,
    }));
  const busiest = relays
    .map(({ url }) => ({ url, events: periods.reduce((sum, one) => sum + one.count('lag', url), 0) }))
    .filter(({ events }) => events > 0)
    .sort((a, b) => b.events - a.events)
    .slice(0, MAX_LINES);
  const drawn: readonly Drawn[] = [
    {
      name: 'posts',
      kind: 'bars',
      unit: 'count',
      series: [{ label: says.charts.posts, points: points((one) => one.count('posts')) }],
    },
    {
      name: 'sent',
      kind: 'bars',
      unit: 'count',
      series: names.map((name) => ({
        label: platformName(name),
        points: points((one) => one.count('sent', name)),
      })),
    },
    {
      name: 'failed',
      kind: 'bars',
      unit: 'count',
      series: [
        { label: says.retried, points: points((one) => one.count('retried')) },
        { label: says.failed, points: points((one) => one.count('failed')) },
      ],
    },
    {
      name: 'delivery',
      kind: 'line',
      unit: 'seconds',
      note: says.chartNotes.delivery,
      series: [
        { label: says.half, points: points((one) => one.duration('delivery', 0.5)) },
        { label: says.most, points: points((one) => one.duration('delivery', 0.95)) },
      ],
    },
    {
      name: 'lag',
      kind: 'line',
      unit: 'seconds',
      note: says.chartNotes.lag,
      series: busiest.map(({ url }) => ({
        label: new URL(url).host,
        points: points((one) => one.duration('lag', 0.5, url)),
      })),
    },
  ];
  const cards: Markup[] = [];
  for (const one of drawn) {
    await setImmediate();
    cards.push(drawCard(one, periods, snapshot, words));
  }
  return cards;
}

function drawCard(
  { name, note, ...chart }: Drawn,
  periods: readonly Period[],
  { timeZone }: Snapshot,
  words: PageWords,
): Markup {
  const says = words.texts.statusPage;
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return markup``;
  const summary = summaryOf(chart, words);
  const options: ChartOptions = {
    title: says.charts[name],
    description: summary,
    emptyText: says.nothing,
    language: words.tag,
    size: CARD,
    theme: PAGE_CHARTS,
  };
  const svg = timeSeriesChart({
    ...options,
    ...chart,
    isLogarithmic: chart.unit === 'seconds',
    fromMs: first.fromMs,
    untilMs: last.untilMs,
    timeZone,
    // Between two deliveries there is nothing to measure.
    ...(chart.unit === 'count' && { gapLabel: says.notRunning }),
  });
  return markup`<div class="card"><h3>${says.charts[name]}</h3><p class="muted small">${summary} ${note}</p>${trusted(svg)}</div>`;
}

/** What the picture says, in a sentence. */
function summaryOf({ unit, series }: Pick<Drawn, 'unit' | 'series'>, words: PageWords): string {
  const says = words.texts.statusPage;
  const values = series.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  if (unit === 'count') return says.total(words.number(values.reduce((sum, value) => sum + value, 0)));
  const firsts = (series[0]?.points ?? []).flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
  const middle = firsts[Math.floor(firsts.length / 2)];
  return middle === undefined ? '' : says.typical(words.duration(middle));
}

const NAMES: Readonly<Record<string, string>> = { discord: 'Discord', telegram: 'Telegram' };

/** What a platform is called. */
export const platformName = (name: string): string => NAMES[name] ?? name;
