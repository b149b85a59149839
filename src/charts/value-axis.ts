import { memoize } from '../lib/memoize.ts';

export type Unit = 'count' | 'seconds';

export interface ValueAxis {
  /** From bottom to top. */
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
  /** How far up a value stands, from 0 to 1. */
  positionOf(value: number): number;
}

/** Steps of a duration from a second on, in seconds; below and above, 1, 2 or 5 times a power of ten. */
const DURATION_STEPS: readonly number[] = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
];
const DAY_S = 86_400;

/** An axis from 0 to a round number above `largest`, with at most `intervals` intervals. */
export function valueAxis(largest: number, unit: Unit, language: string, intervals: number): ValueAxis {
  const step = stepFor(largest / intervals, unit);
  const count = Math.max(1, Math.ceil(largest / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, index) => index * step);
  return {
    positionOf: (value) => value / (count * step),
    ticks: ticks.map((value) => ({ value, label: formatValue(value, unit, language) })),
  };
}

/** Round durations about ten times as long as the one before, in seconds. */
const DECADES: readonly number[] = [
  0.001,
  0.01,
  0.1,
  1,
  10,
  60,
  600,
  3_600,
  36_000,
  DAY_S,
  10 * DAY_S,
  100 * DAY_S,
  1_000 * DAY_S,
];

/**
 * A logarithmic axis for durations, which shows both seconds and hours: from a round one below `smallest` to one above
 * `largest`, with at most 1.5 times `intervals` intervals. What is shorter stands at its bottom, what is longer at its top.
 */
export function durationAxis(
  smallest: number,
  largest: number,
  language: string,
  intervals: number,
): ValueAxis {
  const above = DECADES.findIndex((value) => value >= largest);
  const last = Math.max(1, above < 0 ? DECADES.length - 1 : above);
  const first = Math.max(
    0,
    Math.min(
      last - 1,
      DECADES.findLastIndex((value) => value <= smallest),
    ),
  );
  // Labels need less room than those of an even axis, which are also read for what lies between them.
  const every = Math.ceil((last - first) / (1.5 * intervals));
  const ticks = DECADES.slice(first, last + 1).filter((_, index) => index % every === 0);
  const [bottom = 1, top = 1] = [DECADES[first], DECADES[last]];
  return {
    positionOf: (value) =>
      value <= bottom ? 0 : Math.min(1, Math.log(value / bottom) / Math.log(top / bottom)),
    ticks: ticks.map((value) => ({ value, label: formatValue(value, 'seconds', language) })),
  };
}

function stepFor(least: number, unit: Unit): number {
  if (unit === 'count') return Math.max(1, roundStep(least));
  if (least < 1) return Math.max(0.001, roundStep(least));
  return DURATION_STEPS.find((step) => step >= least) ?? DAY_S * roundStep(least / DAY_S);
}

/** The smallest of 1, 2 or 5 times a power of ten that isn't smaller. */
function roundStep(least: number): number {
  if (least <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
}

/** From here on, numbers are written as powers of ten. */
const SCIENTIFIC = 1e15;

/** Where a unit of time starts to be used, in seconds. */
const DURATION_UNITS = [
  { unit: 'day', seconds: DAY_S },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** Making one takes longer than using it a hundred times. `unit`: of `Intl`; empty: none. */
const numberFormat = memoize(
  (language: string, notation: 'scientific' | 'compact' | 'standard', unit: string, digits: '0' | '1') =>
    new Intl.NumberFormat(language, {
      notation,
      maximumFractionDigits: Number(digits),
      ...(unit !== '' && { style: 'unit', unit, unitDisplay: 'narrow' }),
    }),
);

/** A value for people, short: `1.2K`, `90`, `350ms`, `1.5m`. */
export function formatValue(value: number, unit: Unit, language: string): string {
  const written = (amount: number, name = '', digits: '0' | '1' = '1'): string => {
    const notation = amount >= SCIENTIFIC ? 'scientific' : amount >= 10_000 ? 'compact' : 'standard';
    return numberFormat(language, notation, name, digits).format(amount);
  };
  if (unit === 'count') return written(value);
  if (value > 0 && value < 1) return written(value * 1000, 'millisecond', value < 0.01 ? '1' : '0');
  const { unit: name, seconds } = DURATION_UNITS.find((one) => value >= one.seconds) ?? DURATION_UNITS[3];
  return written(value / seconds, name);
}
