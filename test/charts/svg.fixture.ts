import { textWidth } from '../../src/charts/text-width.ts';

export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly SvgElement[];
  readonly text: string;
}

const TOKEN = /<(\/?)([a-z][\w-]*)((?:\s[^<>]*?)?)(\/?)>|([^<]+)|(<)/gsu;
const ATTRIBUTE = /\s+([a-zA-Z][\w-]*)="([^"<]*)"/gu;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function decode(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/u.test(text))
    throw new Error(`not XML: ${JSON.stringify(text)}`);
  return text.replace(/&([^;]*;)?/gu, (whole, name: string | undefined) => {
    const character = ENTITIES[name?.slice(0, -1) ?? ''];
    if (character === undefined) throw new Error(`unknown entity ${whole}`);
    return character;
  });
}

/** Parses the XML that we write. Throws if it isn't well-formed. */
export function parseSvg(markup: string): SvgElement {
  const root = { name: '', attributes: {}, children: [] as SvgElement[], text: '' };
  const open: { name: string; children: SvgElement[]; text: string }[] = [root];
  for (const [whole, closes, name = '', written = '', isEmpty, text] of markup.matchAll(TOKEN)) {
    const within = open.at(-1);
    if (!within) throw new Error(`after the end: ${whole}`);
    if (text !== undefined) within.text += decode(text);
    else if (closes) {
      if (open.pop()?.name !== name) throw new Error(`unexpected ${whole}`);
    } else if (name) {
      if (written.replace(ATTRIBUTE, '').trim() !== '') throw new Error(`attributes of ${whole}`);
      const pairs = [...written.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, decode(value)]);
      if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`twice in ${whole}`);
      const made = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      within.children.push(made);
      if (!isEmpty) open.push(made);
    } else throw new Error(`unexpected ${whole}`);
  }
  const [svg, ...more] = root.children;
  if (open.length !== 1 || !svg || more.length > 0 || root.text !== '') throw new Error('not one element');
  return svg;
}

export const allOf = (svg: SvgElement): readonly SvgElement[] => [svg, ...svg.children.flatMap(allOf)];

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where an element is drawn, as far as it is; text as wide as it's estimated. */
export function boxOf({ name, attributes, text }: SvgElement, fontSize: number): Box | undefined {
  const at = (key: string): number => {
    const value = Number(attributes[key] ?? 0);
    if (!Number.isFinite(value)) throw new Error(`${name} ${key}="${attributes[key]}"`);
    return value;
  };
  switch (name) {
    case 'rect':
      if (at('width') < 0 || at('height') < 0) throw new Error('a rectangle of negative size');
      return { left: at('x'), right: at('x') + at('width'), top: at('y'), bottom: at('y') + at('height') };
    case 'circle':
      return { left: at('cx'), right: at('cx'), top: at('cy'), bottom: at('cy') };
    case 'line':
      return boxAround([at('x1'), at('x2')], [at('y1'), at('y2')]);
    case 'polyline':
    case 'polygon': {
      const points = (attributes['points'] ?? '').split(' ').map((pair) => pair.split(',').map(Number));
      if (points.flat().some((value) => !Number.isFinite(value))) throw new Error(attributes['points']);
      return boxAround(
        points.map(([x = Number.NaN]) => x),
        points.map(([, y = Number.NaN]) => y),
      );
    }
    case 'text': {
      const size = Number(attributes['font-size'] ?? fontSize);
      const width = textWidth(text, size);
      const anchor = attributes['text-anchor'];
      const left = at('x') - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
      return { left, right: left + width, top: at('y') - 0.8 * size, bottom: at('y') + 0.2 * size };
    }
    default:
      return undefined;
  }
}

const boxAround = (xs: readonly number[], ys: readonly number[]): Box => ({
  left: Math.min(...xs),
  right: Math.max(...xs),
  top: Math.min(...ys),
  bottom: Math.max(...ys),
});
