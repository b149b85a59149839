import { type ChartOptions, drawable } from './chart.ts';
import { drawAxes, emptyPlot, heightIn, hint, intervalsIn, type Plot, picture, plotWithin } from './frame.ts';
import { element, textElement } from './svg.ts';
import { fitWidth, textWidth } from './text-width.ts';
import { formatValue, type Unit, valueAxis } from './value-axis.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
}

export interface BarChart extends ChartOptions {
  /** `upright`, with an axis and as many labels as fit; `lying`, each with its label and value, for names. */
  readonly direction: 'upright' | 'lying';
  readonly unit: Unit;
  /** In their order. */
  readonly bars: readonly Bar[];
}

/** Draws a bar per value. Of lying ones, as many of the first as there's room for. */
export function barChart(chart: BarChart): string {
  const bars = chart.bars.map(({ label, value }) => ({ label, value: drawable(value) ?? 0 }));
  return picture(chart, [], (room) => {
    if (bars.length === 0) return emptyPlot(chart, room);
    return chart.direction === 'upright' ? drawUpright(chart, bars, room) : drawLying(chart, bars, room);
  });
}

const BAR = 0.78;
/** Every so manieth bar has a label: numbers that divide days and years. */
const LABEL_STEPS = [1, 2, 3, 4, 6, 12, 24, 60, 120, 240, 1_200];

const largestOf = (bars: readonly Bar[]): number =>
  bars.reduce((largest, { value }) => Math.max(largest, value), 0);

function drawUpright(chart: BarChart, bars: readonly Bar[], room: Plot): string {
  const { size, unit, language, theme } = chart;
  const { fontSize } = size;
  const axis = valueAxis(largestOf(bars), unit, language, intervalsIn(room, fontSize));
  const plot = plotWithin(room, axis, fontSize);
  const slot = (plot.right - plot.left) / bars.length;
  const heightOf = heightIn(plot, axis);
  const widest = bars.reduce((most, { label }) => Math.max(most, textWidth(label, fontSize)), 0);
  const every = LABEL_STEPS.find((step) => step * slot >= widest + 0.6 * fontSize) ?? bars.length;
  const labels = bars.flatMap(({ label }, index) =>
    index % every === 0 ? [{ x: plot.left + (index + 0.5) * slot, label }] : [],
  );
  const drawn = bars.map(({ value }, index) => {
    if (value === 0) return '';
    const top = Math.max(plot.top, Math.min(heightOf(value), plot.bottom - fontSize / 10));
    const x = plot.left + (index + (1 - BAR) / 2) * slot;
    const attributes = { x, y: top, width: slot * BAR, height: plot.bottom - top };
    return element('rect', { ...attributes, fill: theme.series[0] });
  });
  const hints = bars.map(({ label, value }, index) =>
    hint(plot.left + index * slot, slot, plot, `${label}: ${formatValue(value, unit, language)}`),
  );
  return [drawAxes(chart, plot, axis, labels), ...drawn, ...hints].join('');
}

/** Room of a lying bar, in parts of the font size: no less, no more. */
const ROW = { least: 1.3, most: 2.4 };

function drawLying(chart: BarChart, bars: readonly Bar[], { left, right, top, bottom }: Plot): string {
  const { size, unit, language, theme } = chart;
  const { fontSize } = size;
  const shown = bars.slice(0, Math.max(1, Math.floor((bottom - top) / (ROW.least * fontSize))));
  const row = Math.min((bottom - top) / shown.length, ROW.most * fontSize);
  const gap = 0.5 * fontSize;
  const values = shown.map(({ value }) => formatValue(value, unit, language));
  const widestLabel = Math.max(...shown.map(({ label }) => textWidth(label, fontSize)));
  const labelWidth = Math.min(widestLabel, (right - left) * 0.4);
  const valueWidth = Math.max(...values.map((words) => textWidth(words, fontSize)));
  const from = left + labelWidth + gap;
  const most = Math.max(right - valueWidth - gap - from, fontSize);
  const largest = largestOf(shown) || 1;
  return shown
    .map(({ label, value }, index) => {
      const middle = top + (index + 0.5) * row;
      const length = value === 0 ? 0 : Math.max((value / largest) * most, fontSize / 10);
      const y = middle + 0.35 * fontSize;
      return [
        textElement(
          'text',
          { x: from - gap, y, 'text-anchor': 'end', fill: theme.text },
          fitWidth(label, labelWidth, fontSize),
        ),
        element('rect', {
          x: from,
          y: middle - (row * BAR) / 2,
          width: length,
          height: row * BAR,
          fill: theme.series[0],
        }),
        textElement('text', { x: from + length + gap, y, fill: theme.muted }, values[index] ?? ''),
        hint(
          left,
          right - left,
          { left, right, top: middle - row / 2, bottom: middle + row / 2 },
          `${label}: ${values[index]}`,
        ),
      ].join('');
    })
    .join('');
}
