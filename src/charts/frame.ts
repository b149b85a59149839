import type { ChartOptions } from './chart.ts';
import { element, line, textElement } from './svg.ts';
import { fitWidth, textWidth } from './text-width.ts';
import type { ValueAxis } from './value-axis.ts';

/** Where in the picture the data is. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface LegendEntry {
  readonly label: string;
  readonly color: string;
}

/** A label below the plot, centred at `x` as far as it fits. */
export interface HorizontalLabel {
  readonly x: number;
  readonly label: string;
}

const DEFAULT_FONT = 'system-ui, sans-serif';
/** Distances in parts of the font size. */
const MARGIN = 0.75;
const TITLE = 1.25;
const LEGEND_ROW = 1.5;
const SWATCH = 0.75;
/** The part of the picture that a legend may take; entries beyond are left out. */
const LEGEND_SHARE = 0.35;

const marginOf = ({ size }: ChartOptions): number => MARGIN * size.fontSize;

/** Something on top of the picture, and where what comes below it begins. */
interface Strip {
  readonly markup: string;
  readonly bottom: number;
}

/** The picture around what the chart draws below its head. */
export function picture(
  options: ChartOptions,
  legend: readonly LegendEntry[],
  draw: (room: Plot) => string,
): string {
  const { title, description, size, theme } = options;
  const { width, height, fontSize } = size;
  const margin = marginOf(options);
  const heading = drawTitle(options, margin);
  const key = drawLegend(options, legend, heading.bottom);
  const room = { left: margin, right: width - margin, top: key.bottom, bottom: height - margin };
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': description === undefined ? title : `${title}. ${description}`,
      'font-family': options.fontFamily ?? DEFAULT_FONT,
      'font-size': fontSize,
    },
    textElement('title', {}, title),
    ...(description === undefined ? [] : [textElement('desc', {}, description)]),
    ...(theme.background === 'none' ? [] : [element('rect', { width, height, fill: theme.background })]),
    heading.markup,
    key.markup,
    draw(room),
  );
}

function drawTitle(options: ChartOptions, y: number): Strip {
  const { title, showsTitle, size, theme } = options;
  if (!showsTitle) return { markup: '', bottom: y };
  const margin = marginOf(options);
  const fontSize = TITLE * size.fontSize;
  // Bold letters are wider than the estimate.
  const words = fitWidth(title, (size.width - 2 * margin) / 1.1, fontSize);
  const attributes = { x: margin, y: y + fontSize, 'font-size': fontSize, 'font-weight': 600 };
  return {
    markup: textElement('text', { ...attributes, fill: theme.text }, words),
    bottom: y + fontSize + 0.6 * size.fontSize,
  };
}

function drawLegend(options: ChartOptions, legend: readonly LegendEntry[], y: number): Strip {
  if (legend.length === 0) return { markup: '', bottom: y };
  const { size, theme } = options;
  const { fontSize } = size;
  const margin = marginOf(options);
  const right = size.width - margin;
  const rowHeight = LEGEND_ROW * fontSize;
  const rows = Math.max(1, Math.floor((LEGEND_SHARE * size.height) / rowHeight));
  const swatch = { width: SWATCH * fontSize, height: SWATCH * fontSize, rx: 0.15 * fontSize };
  const parts: string[] = [];
  let row = 0;
  let x = margin;
  for (const { label, color } of legend) {
    const words = fitWidth(label, right - margin - 1.2 * fontSize, fontSize);
    const entryWidth = 1.2 * fontSize + textWidth(words, fontSize);
    if (x > margin && x + entryWidth > right) {
      row += 1;
      x = margin;
    }
    if (row === rows) break;
    const top = y + row * rowHeight;
    parts.push(
      element('rect', { x, y: top + 0.25 * fontSize, ...swatch, fill: color }),
      textElement('text', { x: x + 1.1 * fontSize, y: top + fontSize, fill: theme.text }, words),
    );
    x += entryWidth + fontSize;
  }
  return { markup: parts.join(''), bottom: y + Math.min(row + 1, rows) * rowHeight };
}

/** What stands in place of a plot without data. */
export const emptyPlot = (options: ChartOptions, { left, right, top, bottom }: Plot): string => {
  const { emptyText, size, theme } = options;
  return textElement(
    'text',
    { x: (left + right) / 2, y: (top + bottom) / 2, 'text-anchor': 'middle', fill: theme.muted },
    fitWidth(emptyText, right - left, size.fontSize),
  );
};

/** As many intervals as there's room for labels, up to five. */
export const intervalsIn = ({ top, bottom }: Plot, fontSize: number): number =>
  Math.min(5, Math.max(1, Math.floor((bottom - top - 2.2 * fontSize) / (2.2 * fontSize))));

/** The plot that's left when the axes have got their room. */
export function plotWithin({ left, right, top, bottom }: Plot, axis: ValueAxis, fontSize: number): Plot {
  const widest = Math.max(...axis.ticks.map(({ label }) => textWidth(label, fontSize)));
  return {
    left: left + Math.min(widest, (right - left) / 3) + 0.5 * fontSize,
    right,
    top: top + 0.6 * fontSize,
    bottom: bottom - 1.6 * fontSize,
  };
}

/** How high a value stands in a plot. */
export const heightIn =
  ({ top, bottom }: Plot, { positionOf }: ValueAxis) =>
  (value: number): number =>
    bottom - positionOf(value) * (bottom - top);

/** Grid and labels. Labels that would stand too close to the one before are left out. */
export function drawAxes(
  { size: { width, fontSize }, theme }: ChartOptions,
  plot: Plot,
  axis: ValueAxis,
  labels: readonly HorizontalLabel[],
): string {
  const heightOf = heightIn(plot, axis);
  const grid = axis.ticks.map(({ value }) =>
    line(plot.left, heightOf(value), plot.right, heightOf(value), {
      stroke: theme.grid,
      'stroke-width': fontSize / 12,
    }),
  );
  const values = axis.ticks.map(({ value, label }) =>
    textElement(
      'text',
      {
        x: plot.left - 0.5 * fontSize,
        y: heightOf(value) + 0.35 * fontSize,
        'text-anchor': 'end',
        fill: theme.muted,
      },
      fitWidth(label, plot.left - 0.5 * fontSize, fontSize),
    ),
  );
  const below: string[] = [];
  let taken = Number.NEGATIVE_INFINITY;
  for (const { x, label } of labels) {
    const words = fitWidth(label, width / 2, fontSize);
    const half = textWidth(words, fontSize) / 2;
    const middle = Math.min(Math.max(x, half), width - half);
    if (middle - half < taken) continue;
    taken = middle + half + 0.6 * fontSize;
    const attributes = { x: middle, y: plot.bottom + 1.4 * fontSize, 'text-anchor': 'middle' };
    below.push(textElement('text', { ...attributes, fill: theme.muted }, words));
  }
  return [...grid, ...values, ...below].join('');
}

/** An invisible area that says something when pointed at. */
export const hint = (x: number, width: number, { top, bottom }: Plot, words: string): string =>
  element(
    'rect',
    { x, y: top, width, height: bottom - top, fill: 'none', 'pointer-events': 'all' },
    textElement('title', {}, words),
  );
