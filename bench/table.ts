import type { Format, Table } from './measurement.ts';

const formats: Readonly<Record<Format, (value: number) => string>> = {
  count: (value) => Math.round(value).toLocaleString('en'),
  decimal: (value) => value.toFixed(2),
  times: (value) => `${value.toFixed(value < 2 ? 2 : value < 10 ? 1 : 0)}×`,
  percent: (value) => `${(value * 100).toFixed(0)} %`,
  ms: (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`,
  megabytes: (value) => `${(value / 2 ** 20).toFixed(0)} MB`,
};

/** A Markdown table below its sentence. The first column names the rows, the others are right-aligned. */
export function tableText({ about, columns, rows }: Table): string {
  const entries = Object.entries(columns);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const cell = (value: string | number | undefined, as: Format | undefined) =>
    typeof value === 'number' && as ? formats[as](value) : String(value ?? '');
  return [
    `${about}\n`,
    line(entries.map(([, { head }]) => head)),
    line(entries.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map((row) => line(entries.map(([key, { as }]) => cell(row[key], as)))),
  ].join('\n');
}
