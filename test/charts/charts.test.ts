import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barChart } from '../../src/charts/bar-chart.ts';
import { CARD, type ChartTheme, DARK, IMAGE, LIGHT } from '../../src/charts/chart.ts';
import { timeSeriesChart } from '../../src/charts/time-series.ts';
import { charts } from './charts.fixture.ts';
import { allOf, boxOf, parseSvg, type SvgElement } from './svg.fixture.ts';

/** Everything that is drawn is inside of the picture, and all of it is XML and numbers. */
function expectSound(markup: string): SvgElement {
  const svg = parseSvg(markup);
  const [, , width = 0, height = 0] = (svg.attributes['viewBox'] ?? '').split(' ').map(Number);
  const fontSize = Number(svg.attributes['font-size']);
  for (const one of allOf(svg)) {
    const box = boxOf(one, fontSize);
    if (!box) continue;
    const isInside =
      box.left >= -0.02 && box.right <= width + 0.02 && box.top >= -0.02 && box.bottom <= height + 0.02;
    if (!isInside) throw new Error(`outside of the picture: ${JSON.stringify({ one, box })}`);
  }
  return svg;
}

const titleOf = (svg: SvgElement): string | undefined =>
  svg.children.find(({ name }) => name === 'title')?.text;

const rects = (markup: string, fill: string): readonly SvgElement[] =>
  allOf(parseSvg(markup)).filter(({ name, attributes }) => name === 'rect' && attributes['fill'] === fill);

describe('golden', () => {
  test.each(Object.entries(charts))('%s', async (name, markup) => {
    expectSound(markup);
    await expect(markup.replaceAll('><', '>\n<')).toMatchFileSnapshot(`./golden/${name}.svg`);
  });
});

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('', '<b>&amp;"\'', '\u202Eabc', 'שלום עולם', '很长的标签'.repeat(50), 'M'.repeat(500)),
);
const value = fc.oneof(
  fc.double(),
  fc.nat(100),
  fc.constantFrom(undefined, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_VALUE, 5e-324, 1e15),
);
const options = fc.record({
  title: words,
  showsTitle: fc.boolean(),
  description: words,
  emptyText: words,
  language: fc.constantFrom('en-GB', 'zh', 'ar', 'de', 'hi'),
  size: fc.constantFrom(CARD, IMAGE, { width: 240, height: 120, fontSize: 10 }),
  theme: fc.constantFrom(LIGHT, DARK),
  unit: fc.constantFrom('count' as const, 'seconds' as const),
});
/** From 1970 to 9000. */
const moment = fc.integer({ min: 0, max: 221_845_392_000_000 });
const series = fc.record({
  label: words,
  points: fc.array(
    fc.record({ start: fc.nat(120), length: fc.constantFrom(-1, 0, 1, 1, 1, 2, 500), value }),
    { maxLength: 60 },
  ),
});
const timeSeries = fc.record({
  shared: options,
  kind: fc.constantFrom('bars' as const, 'line' as const, 'area' as const),
  fromMs: moment,
  stepMs: fc.constantFrom(1, 60_000, 3_600_000, 86_400_000, 31 * 86_400_000),
  steps: fc.integer({ min: 1, max: 100 }),
  isLogarithmic: fc.boolean(),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Africa/Cairo'),
  series: fc.array(series, { maxLength: 8 }),
  gapLabel: fc.option(words, { nil: undefined }),
});

describe('whatever the numbers and words are', () => {
  test('a time series is well-formed and inside of its picture', () => {
    fc.assert(
      fc.property(timeSeries, ({ steps, stepMs, shared, gapLabel, series, ...one }) => {
        const { fromMs } = one;
        const markup = timeSeriesChart({
          ...shared,
          ...one,
          untilMs: fromMs + steps * stepMs,
          ...(gapLabel !== undefined && { gapLabel }),
          series: series.map(({ label, points }) => ({
            label,
            points: points.map(({ start, length, value }) => ({
              fromMs: fromMs + start * stepMs,
              untilMs: fromMs + (start + length) * stepMs,
              value,
            })),
          })),
        });
        expectSound(markup);
        expect(markup).not.toMatch(/"[^"]*(?:NaN|Infinity)[^"]*"/u);
      }),
      { numRuns: 400 },
    );
  });

  test('a bar chart is, too', () => {
    const bars = fc.array(fc.record({ label: words, value: value.map((one) => one ?? 0) }), {
      maxLength: 2_000,
      size: 'medium',
    });
    fc.assert(
      fc.property(options, fc.constantFrom('upright', 'lying'), bars, (shared, direction, bars) => {
        const markup = barChart({ ...shared, direction, bars });
        expectSound(markup);
        expect(markup).not.toMatch(/"[^"]*(?:NaN|Infinity)[^"]*"/u);
      }),
      { numRuns: 200 },
    );
  });
});

const HOUR_MS = 3_600_000;
const PLAIN = { title: 'Posts', emptyText: '–', language: 'en-GB', size: CARD, theme: LIGHT } as const;
const hoursOf = (...values: readonly (number | undefined)[]) =>
  values.map((value, index) => ({ fromMs: index * HOUR_MS, untilMs: (index + 1) * HOUR_MS, value }));
const over = (kind: 'bars' | 'line', ...series: readonly (readonly (number | undefined)[])[]): string =>
  timeSeriesChart({
    ...PLAIN,
    kind,
    unit: 'count',
    timeZone: 'UTC',
    fromMs: 0,
    untilMs: 8 * HOUR_MS,
    gapLabel: 'not measured',
    series: series.map((values, index) => ({ label: `s${index}`, points: hoursOf(...values) })),
  });
const heights = (markup: string, color: string): readonly number[] =>
  rects(markup, color)
    .filter(({ attributes }) => attributes['rx'] === undefined)
    .map(({ attributes }) => Number(attributes['height']));

describe('a time series', () => {
  test('draws bars as high as their values, one series on the other', () => {
    const markup = over('bars', [1, 2, 4], [4, 0, 2]);
    const [one = 0, two, four] = heights(markup, LIGHT.series[0]);
    expect([two, four]).toEqual([expect.closeTo(2 * one, 1), expect.closeTo(4 * one, 1)]);
    expect(heights(markup, LIGHT.series[1] ?? '')).toEqual([
      expect.closeTo(4 * one, 1),
      expect.closeTo(2 * one, 1),
    ]);
  });

  test('tells what was not measured from what was nothing', () => {
    const grey = (...values: readonly (number | undefined)[]) =>
      heights(over('bars', values), LIGHT.gap).length;
    expect(grey(1, 0, 0, 1, 0, 0, 0, 1)).toBe(0);
    expect(grey(1, undefined, undefined, 1, 0, 0, 0, 1)).toBe(1);
    expect(grey(undefined, 1, undefined, 1)).toBe(3);
  });

  test('breaks a line where nothing was measured, and shows a lonely value as a dot', () => {
    const shapes = (...values: readonly (number | undefined)[]) =>
      allOf(parseSvg(over('line', values)))
        .map(({ name }) => name)
        .filter((name) => name === 'polyline' || name === 'circle');
    expect(shapes(1, 2, 3)).toEqual(['polyline']);
    expect(shapes(1, 2, undefined, 3, 4)).toEqual(['polyline', 'polyline']);
    expect(shapes(1, undefined, 3, 4)).toEqual(['circle', 'polyline']);
  });

  test.each([
    ['UTC', ['00:00', '06:00', '12:00', '18:00']],
    ['Asia/Kathmandu', ['06:00', '12:00', '18:00', '2 Jul']],
  ])('has labels at round hours in %s', (timeZone, expected) => {
    const fromMs = Date.UTC(2026, 6, 1);
    const markup = timeSeriesChart({
      ...PLAIN,
      kind: 'line',
      unit: 'count',
      timeZone,
      fromMs,
      untilMs: fromMs + 24 * HOUR_MS,
      series: [{ label: 's', points: [{ fromMs, untilMs: fromMs + HOUR_MS, value: 1 }] }],
    });
    const labels = allOf(parseSvg(markup)).filter(({ attributes }) => attributes['text-anchor'] === 'middle');
    expect(labels.map(({ text }) => text)).toEqual(
      expected.map((label) => (label === '00:00' ? '1 Jul' : label)),
    );
  });

  test('refuses a time zone that does not exist', () => {
    expect(() =>
      timeSeriesChart({
        ...PLAIN,
        kind: 'bars',
        unit: 'count',
        timeZone: 'Moon/Base',
        fromMs: 0,
        untilMs: HOUR_MS,
        series: [{ label: 's', points: hoursOf(1) }],
      }),
    ).toThrow(RangeError);
  });
});

test('who cannot see the picture hears its title and what it says', () => {
  const svg = parseSvg(
    barChart({ ...PLAIN, description: 'Most in May.', direction: 'upright', unit: 'count', bars: [] }),
  );
  expect(titleOf(svg)).toBe('Posts');
  expect(svg.attributes).toMatchObject({ role: 'img', 'aria-label': 'Posts. Most in May.' });
});

/** WCAG 2.1, contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test.each<[string, ChartTheme]>([
  ['light', LIGHT],
  ['dark', DARK],
])('all colours of the %s theme can be told from what is behind them', (_, theme) => {
  for (const behind of [theme.background, theme.gap]) {
    expect(contrast(theme.text, behind)).toBeGreaterThan(7);
    expect(contrast(theme.muted, behind)).toBeGreaterThan(4.5);
    for (const color of theme.series) expect(contrast(color, behind)).toBeGreaterThan(3);
  }
});
