import { setImmediate } from 'node:timers/promises';
import { CARD, type ChartOptions } from '../../charts/chart.ts';
import { type TimePoint, type TimeSeriesChart, timeSeriesChart } from '../../charts/time-series.ts';
import { type Markup, markup, trusted } from '../../lib/markup.ts';
import type { History, Period } from '../activity/history.ts';
import type { Snapshot } from './snapshot.ts';
import { PAGE_CHARTS } from './style.ts';
import type { PageWords } from './words.ts';

/** More lines can't be told apart, so only the relays with the most events are drawn. */
const MAX_LINES = 5;

type ChartSpec = Pick<TimeSeriesChart, 'kind' | 'unit' | 'series'> & {
  readonly name: keyof PageWords['texts']['statusPage']['charts'];
  readonly note?: string;
};

/** The charts of the last day and the last month, drawn one by one so as not to block the event loop. */
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
  const pageTexts = words.texts.statusPage;
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
  const specs: readonly ChartSpec[] = [
    {
      name: 'posts',
      kind: 'bars',
      unit: 'count',
      series: [{ label: pageTexts.charts.posts, points: points((one) => one.count('posts')) }],
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
        { label: pageTexts.retried, points: points((one) => one.count('retried')) },
        { label: pageTexts.failed, points: points((one) => one.count('failed')) },
      ],
    },
    {
      name: 'delivery',
      kind: 'line',
      unit: 'seconds',
      note: pageTexts.chartNotes.delivery,
      series: [
        { label: pageTexts.half, points: points((one) => one.duration('delivery', 0.5)) },
        { label: pageTexts.most, points: points((one) => one.duration('delivery', 0.95)) },
      ],
    },
    {
      name: 'lag',
      kind: 'line',
      unit: 'seconds',
      note: pageTexts.chartNotes.lag,
      series: busiest.map(({ url }) => ({
        label: new URL(url).host,
        points: points((one) => one.duration('lag', 0.5, url)),
      })),
    },
  ];
  const cards: Markup[] = [];
  for (const one of specs) {
    await setImmediate();
    cards.push(drawCard(one, periods, snapshot, words));
  }
  return cards;
}

function drawCard(
  { name, note, ...chart }: ChartSpec,
  periods: readonly Period[],
  { timeZone }: Snapshot,
  words: PageWords,
): Markup {
  const pageTexts = words.texts.statusPage;
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return markup``;
  const summary = summaryOf(chart, words);
  const options: ChartOptions = {
    title: pageTexts.charts[name],
    description: summary,
    emptyText: pageTexts.nothing,
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
    // Gaps between measured durations are normal, so they aren't labelled.
    ...(chart.unit === 'count' && { gapLabel: pageTexts.notRunning }),
  });
  return markup`<div class="card"><h3>${pageTexts.charts[name]}</h3><p class="muted small">${summary} ${note}</p>${trusted(svg)}</div>`;
}

/** Sums up the chart in a sentence. */
function summaryOf({ unit, series }: Pick<ChartSpec, 'unit' | 'series'>, words: PageWords): string {
  const pageTexts = words.texts.statusPage;
  const values = series.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  if (unit === 'count') return pageTexts.total(words.number(values.reduce((sum, value) => sum + value, 0)));
  const firsts = (series[0]?.points ?? []).flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
  const middle = firsts[Math.floor(firsts.length / 2)];
  return middle === undefined ? '' : pageTexts.typical(words.duration(middle));
}

const NAMES: Readonly<Record<string, string>> = { discord: 'Discord', telegram: 'Telegram' };

/** A platform's display name. */
export const platformName = (name: string): string => NAMES[name] ?? name;
