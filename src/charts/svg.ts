import { escapeMarkup } from '../lib/markup.ts';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A length in hundredths. Throws `RangeError` for what no picture can contain. */
function rounded(length: number): number {
  if (!Number.isFinite(length)) throw new RangeError(`a picture can't contain ${length}`);
  return Math.round(length * 100) / 100 + 0;
}

/** An element; `children` are markup. Attributes that are `undefined` are left out. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escapeMarkup(value)}"`)
    .join('');
  const content = children.join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** An element that contains text. */
export const textElement = (name: string, attributes: Attributes, words: string): string =>
  element(name, attributes, escapeMarkup(words));

export const line = (x1: number, y1: number, x2: number, y2: number, attributes: Attributes): string =>
  element('line', { x1, y1, x2, y2, ...attributes });

/** The corners of a line or an area, for `points`. */
export const cornersOf = (points: readonly (readonly [x: number, y: number])[]): string =>
  points.map(([x, y]) => `${rounded(x)},${rounded(y)}`).join(' ');
