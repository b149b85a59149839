import { type ChartOptions, drawable } from './chart.ts';
import {
  drawAxes,
  emptyPlot,
  type HorizontalLabel,
  heightIn,
  hint,
  intervalsIn,
  type LegendEntry,
  type Plot,
  picture,
  plotWithin,
} from './frame.ts';
import { cornersOf, element } from './svg.ts';
import { timeTicks } from './time-axis.ts';
import { durationAxis, formatValue, type Unit, type ValueAxis, valueAxis } from './value-axis.ts';

/** What was measured from `fromMs` until before `untilMs`; `undefined`: nothing. */
export interface TimePoint {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly value: number | undefined;
}

export interface TimeSeries {
  readonly label: string;
  readonly points: readonly TimePoint[];
}

export interface TimeSeriesChart extends ChartOptions {
  /** `bars` of several series stand on each other. */
  readonly kind: 'bars' | 'line' | 'area';
  readonly unit: Unit;
  /** What the picture covers, in milliseconds since 1970; points that aren't wholly inside are left out. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** IANA name of the zone of the labels. */
  readonly timeZone: string;
  /** Named in a legend if there are several. Those that share an interval share its `fromMs` and `untilMs`. */
  readonly series: readonly TimeSeries[];
  /** Durations on a logarithmic axis, for lines; what can take seconds or hours. */
  readonly isLogarithmic?: boolean;
  /** Explains the grey bands where nothing was measured, in the legend. Without it, there are none. */
  readonly gapLabel?: string;
}

/** One interval with the values of all series. */
interface Slot {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly values: readonly (number | undefined)[];
}

/** Draws values over time. Throws `RangeError` for an unknown time zone. */
export function timeSeriesChart(chart: TimeSeriesChart): string {
  const { series, theme, size, unit, language, kind, gapLabel } = chart;
  const slots = slotsOf(chart);
  const largest = largestOf(slots, kind);
  const hasGaps = gapLabel !== undefined && largest !== undefined && gapsOf(slots, chart).length > 0;
  const legend: readonly LegendEntry[] = [
    ...(series.length > 1 && largest !== undefined
      ? series.map(({ label }, index) => ({ label, color: colorOf(chart, index) }))
      : []),
    ...(hasGaps ? [{ label: gapLabel, color: theme.gap }] : []),
  ];
  return picture(chart, legend, (room) => {
    if (largest === undefined) return emptyPlot(chart, room);
    const intervals = intervalsIn(room, size.fontSize);
    const axis = chart.isLogarithmic
      ? durationAxis(smallestOf(slots), largest, language, intervals)
      : valueAxis(largest, unit, language, intervals);
    const plot = plotWithin(room, axis, size.fontSize);
    const xOf = positionIn(chart, plot);
    const draw = { bars: drawBars, line: drawLines, area: drawLines }[kind];
    return [
      ...(hasGaps ? gapsOf(slots, chart).map((gap) => drawGap(chart, gap, plot, xOf)) : []),
      drawAxes(chart, plot, axis, labelsOf(chart, slots, plot, xOf)),
      draw(chart, slots, plot, axis, xOf),
      ...hintsOf(chart, slots, plot, xOf),
    ].join('');
  });
}

const colorOf = ({ theme }: ChartOptions, index: number): string =>
  theme.series[index % theme.series.length] ?? theme.series[0];

const positionIn =
  ({ fromMs, untilMs }: TimeSeriesChart, { left, right }: Plot) =>
  (ms: number): number =>
    left + ((ms - fromMs) / (untilMs - fromMs)) * (right - left);

function slotsOf({ series, fromMs, untilMs }: TimeSeriesChart): readonly Slot[] {
  const byStart = new Map<number, { readonly point: TimePoint; readonly values: (number | undefined)[] }>();
  for (const [index, { points }] of series.entries())
    for (const point of points) {
      const isInside = point.fromMs >= fromMs && point.untilMs <= untilMs && point.fromMs < point.untilMs;
      if (!isInside) continue;
      const slot = byStart.get(point.fromMs) ?? { point, values: series.map(() => undefined) };
      slot.values[index] = drawable(point.value);
      byStart.set(point.fromMs, slot);
    }
  return [...byStart.values()]
    .sort((a, b) => a.point.fromMs - b.point.fromMs)
    .map(({ point, values }) => ({ fromMs: point.fromMs, untilMs: point.untilMs, values }));
}

function largestOf(slots: readonly Slot[], kind: TimeSeriesChart['kind']): number | undefined {
  const heights = slots.flatMap(({ values }) => {
    const measured = values.filter((value) => value !== undefined);
    if (measured.length === 0) return [];
    return kind === 'bars' ? measured.reduce((sum, value) => sum + value, 0) : Math.max(...measured);
  });
  return heights.length === 0 ? undefined : heights.reduce((a, b) => Math.max(a, b));
}

const smallestOf = (slots: readonly Slot[]): number =>
  slots
    .flatMap(({ values }) => values)
    .reduce<number>((least, value) => Math.min(least, value ?? least), Number.POSITIVE_INFINITY);

const isMeasured = ({ values }: Slot): boolean => values.some((value) => value !== undefined);

/** Stretches of time without a value, from one measured interval to the next. */
function gapsOf(
  slots: readonly Slot[],
  { fromMs, untilMs }: TimeSeriesChart,
): readonly Pick<Slot, 'fromMs' | 'untilMs'>[] {
  const gaps: Pick<Slot, 'fromMs' | 'untilMs'>[] = [];
  let coveredMs = fromMs;
  for (const slot of slots.filter(isMeasured)) {
    if (slot.fromMs > coveredMs) gaps.push({ fromMs: coveredMs, untilMs: slot.fromMs });
    coveredMs = Math.max(coveredMs, slot.untilMs);
  }
  if (coveredMs < untilMs) gaps.push({ fromMs: coveredMs, untilMs });
  return gaps;
}

const drawGap = (
  { theme }: TimeSeriesChart,
  { fromMs, untilMs }: Pick<Slot, 'fromMs' | 'untilMs'>,
  { top, bottom }: Plot,
  xOf: (ms: number) => number,
): string =>
  element('rect', {
    x: xOf(fromMs),
    y: top,
    width: xOf(untilMs) - xOf(fromMs),
    height: bottom - top,
    fill: theme.gap,
  });

/** Labels stand below round moments, or in the middle of the bar that begins there. */
function labelsOf(
  chart: TimeSeriesChart,
  slots: readonly Slot[],
  { left, right }: Plot,
  xOf: (ms: number) => number,
): readonly HorizontalLabel[] {
  const most = Math.floor((right - left) / (5 * chart.size.fontSize));
  return timeTicks(chart.fromMs, chart.untilMs, most, chart).map(({ atMs, label }) => {
    const bar =
      chart.kind === 'bars' && slots.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs);
    return { x: xOf(bar ? (bar.fromMs + bar.untilMs) / 2 : atMs), label };
  });
}

/** Parts of the room of a bar that it fills. */
const BAR = 0.78;

function drawBars(
  chart: TimeSeriesChart,
  slots: readonly Slot[],
  plot: Plot,
  axis: ValueAxis,
  xOf: (ms: number) => number,
): string {
  const heightOf = heightIn(plot, axis);
  return slots
    .flatMap(({ fromMs, untilMs, values }) => {
      const room = xOf(untilMs) - xOf(fromMs);
      const x = xOf(fromMs) + (room * (1 - BAR)) / 2;
      let sum = 0;
      return values.map((value, index) => {
        if (!value) return '';
        const bottom = heightOf(sum);
        sum += value;
        // A few among very many are still seen.
        const top = Math.max(plot.top, Math.min(heightOf(sum), bottom - chart.size.fontSize / 10));
        const attributes = { x, y: top, width: room * BAR, height: Math.max(0, bottom - top) };
        return element('rect', { ...attributes, fill: colorOf(chart, index) });
      });
    })
    .join('');
}

/** From the second series on, lines differ by more than their colour. */
const DASHES: readonly (readonly number[])[] = [[], [0.5, 0.35], [0.15, 0.3], [0.9, 0.3, 0.15, 0.3]];

function drawLines(
  chart: TimeSeriesChart,
  slots: readonly Slot[],
  plot: Plot,
  axis: ValueAxis,
  xOf: (ms: number) => number,
): string {
  const heightOf = heightIn(plot, axis);
  const { fontSize } = chart.size;
  return chart.series
    .flatMap((_, index) => {
      const color = colorOf(chart, index);
      const dash = DASHES[index % DASHES.length]?.map((length) => length * fontSize).join(' ');
      return stretchesOf(slots, index).map((stretch) => {
        const points = stretch.map(
          ({ fromMs, untilMs, value }) => [xOf((fromMs + untilMs) / 2), heightOf(value)] as const,
        );
        const [first, last] = [points[0], points.at(-1)];
        if (!first || !last) return '';
        const [x, y] = first;
        if (points.length === 1) return element('circle', { cx: x, cy: y, r: fontSize / 5, fill: color });
        const stroke = { fill: 'none', stroke: color, 'stroke-width': fontSize / 6 };
        const shape = { 'stroke-linejoin': 'round', 'stroke-dasharray': dash || undefined };
        const corners = [...points, [last[0], plot.bottom] as const, [x, plot.bottom] as const];
        return [
          chart.kind === 'area' &&
            element('polygon', { points: cornersOf(corners), fill: color, 'fill-opacity': 0.18 }),
          element('polyline', { points: cornersOf(points), ...stroke, ...shape }),
        ]
          .filter(Boolean)
          .join('');
      });
    })
    .join('');
}

/** Intervals that follow each other without a gap, with the values of one series. */
function stretchesOf(slots: readonly Slot[], index: number) {
  const stretches: (Omit<Slot, 'values'> & { readonly value: number })[][] = [];
  let until: number | undefined;
  for (const { fromMs, untilMs, values } of slots) {
    const value = values[index];
    if (value === undefined) continue;
    if (fromMs !== until) stretches.push([]);
    stretches.at(-1)?.push({ fromMs, untilMs, value });
    until = untilMs;
  }
  return stretches;
}

const DAY_MS = 86_400_000;

/** When and how much, for whoever points at an interval. */
function hintsOf(
  chart: TimeSeriesChart,
  slots: readonly Slot[],
  plot: Plot,
  xOf: (ms: number) => number,
): readonly string[] {
  const { language, timeZone, series, unit } = chart;
  const day = { day: 'numeric', month: 'short' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const isShort = slots.some(({ fromMs, untilMs }) => untilMs - fromMs < DAY_MS * 0.9);
  const format = new Intl.DateTimeFormat(language, { ...day, ...(isShort && clock), timeZone });
  return slots.filter(isMeasured).map(({ fromMs, untilMs, values }) => {
    const said = values.flatMap((value, index) => {
      if (value === undefined) return [];
      const words = formatValue(value, unit, language);
      return series.length > 1 ? `${series[index]?.label ?? ''} ${words}` : words;
    });
    return hint(
      xOf(fromMs),
      xOf(untilMs) - xOf(fromMs),
      plot,
      `${format.format(fromMs)}: ${said.join(', ')}`,
    );
  });
}
