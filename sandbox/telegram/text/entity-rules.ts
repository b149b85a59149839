import type { Entity } from '../world/api-types.ts';

/** May start and end anywhere; the server merges and splits them where they cross others. */
const SPLITTABLE = new Set(['bold', 'italic', 'underline', 'strikethrough', 'spoiler']);
const QUOTES = new Set(['blockquote', 'expandable_blockquote']);
/** Can't be combined with anything but a surrounding quote. */
const LITERAL = new Set(['pre', 'code']);

const endOf = (entity: Entity): number => entity.offset + entity.length;
const contains = (outer: Entity, inner: Entity): boolean =>
  outer.offset <= inner.offset && endOf(inner) <= endOf(outer);

/** Order of types that cover the same text, outermost first. */
const RANK = [
  'expandable_blockquote',
  'blockquote',
  'pre',
  'code',
  'text_link',
  'text_mention',
  'bold',
  'italic',
];
const rank = (type: string): number => (RANK.includes(type) ? RANK.indexOf(type) : RANK.length);

/** By offset, longer ones first, as the server lists them. */
export function sortEntities(entities: readonly Entity[]): readonly Entity[] {
  return [...entities].sort(
    (a, b) => a.offset - b.offset || b.length - a.length || rank(a.type) - rank(b.type),
  );
}

/**
 * Enforces the nesting rules (Bot API, "Formatting options"): `pre` and `code` combine with nothing, quotes
 * don't nest, links contain no links. Violations are dropped or cut without an error, as on the real server.
 */
export function nestEntities(entities: readonly Entity[]): readonly Entity[] {
  const sorted = sortEntities(entities.filter((entity) => entity.length > 0));
  if (isNested(sorted)) return sorted;
  const quotes = withoutCrossing(sorted.filter(({ type }) => QUOTES.has(type)));
  const whole = withoutCrossing(
    sorted.filter(({ type }) => !QUOTES.has(type) && !SPLITTABLE.has(type)),
  ).filter((entity) =>
    quotes.every(
      (quote) => contains(quote, entity) || endOf(entity) <= quote.offset || endOf(quote) <= entity.offset,
    ),
  );
  const fixed = [...quotes, ...whole];
  const pieces = [...SPLITTABLE].flatMap((type) =>
    splitAt(merge(sorted.filter((entity) => entity.type === type)), fixed).filter(
      (piece) => !whole.some((other) => LITERAL.has(other.type) && contains(other, piece)),
    ),
  );
  return sortEntities([...fixed, ...pieces]);
}

function isNested(sorted: readonly Entity[]): boolean {
  const stack: Entity[] = [];
  const lastEnd = new Map<string, number>();
  for (const entity of sorted) {
    while (stack.length > 0 && endOf(stack.at(-1) as Entity) <= entity.offset) stack.pop();
    const top = stack.at(-1);
    if (top && (endOf(entity) > endOf(top) || LITERAL.has(top.type))) return false;
    if (LITERAL.has(entity.type) && stack.some(({ type }) => !QUOTES.has(type))) return false;
    const whole = stack.some(({ type }) => !SPLITTABLE.has(type) && !QUOTES.has(type));
    if (!SPLITTABLE.has(entity.type) && whole) return false;
    if (QUOTES.has(entity.type) && stack.length > 0) return false;
    if (SPLITTABLE.has(entity.type)) {
      if ((lastEnd.get(entity.type) ?? -1) >= entity.offset) return false;
      lastEnd.set(entity.type, endOf(entity));
    }
    stack.push(entity);
  }
  return true;
}

/** Of entities that cross or contain each other, keeps the first. */
function withoutCrossing(sorted: readonly Entity[]): readonly Entity[] {
  let end = 0;
  return sorted.filter((entity) => {
    if (entity.offset < end) return false;
    end = endOf(entity);
    return true;
  });
}

function merge(sorted: readonly Entity[]): readonly Entity[] {
  const merged: Entity[] = [];
  for (const entity of sorted) {
    const last = merged.at(-1);
    if (!last || entity.offset > endOf(last)) merged.push(entity);
    else merged[merged.length - 1] = { ...last, length: Math.max(endOf(last), endOf(entity)) - last.offset };
  }
  return merged;
}

function splitAt(entities: readonly Entity[], others: readonly Entity[]): readonly Entity[] {
  const cuts = [...new Set(others.flatMap((other) => [other.offset, endOf(other)]))].sort((a, b) => a - b);
  return entities.flatMap((entity) => {
    const inside = cuts.filter((cut) => cut > entity.offset && cut < endOf(entity));
    return [entity.offset, ...inside].map((offset, index) => ({
      ...entity,
      offset,
      length: (inside[index] ?? endOf(entity)) - offset,
    }));
  });
}
