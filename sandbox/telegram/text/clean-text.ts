import { badRequest } from '../http/refusal.ts';
import type { Entity } from '../world/api-types.ts';

/** Removed by the server: carriage returns, direction overrides, separators, and combining lines. */
const REMOVED = /\r|[\u2028-\u202e]|\u0333|\u033f|\u030a/;
const isSpace = (char: string | undefined): boolean => char === ' ' || char === '\n';
const endOf = (entity: Entity): number => entity.offset + entity.length;

export interface Cleaned {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** Replaces control characters by spaces and removes what the server removes. Entities are shifted, and must fit. */
export function cleanText(source: string, entities: readonly Entity[]): Cleaned {
  checkBounds(source, entities);
  /** The offset in the result for each UTF-16 offset of the source. */
  const moved: number[] = [];
  let text = '';
  for (const char of source.split('')) {
    moved.push(text.length);
    if (!REMOVED.test(char)) text += char !== '\n' && char < ' ' ? ' ' : char;
  }
  moved.push(text.length);
  const at = (offset: number): number => moved[offset] ?? text.length;
  return {
    text,
    entities: entities.map((entity) => ({
      ...entity,
      offset: at(entity.offset),
      length: at(endOf(entity)) - at(entity.offset),
    })),
  };
}

function checkBounds(source: string, entities: readonly Entity[]): void {
  const middle = (offset: number): boolean => /^[\udc00-\udfff]/.test(source.slice(offset, offset + 1));
  for (const entity of entities) {
    if (entity.offset > source.length) {
      throw badRequest(`entity begins after the end of the text at UTF-16 offset ${entity.offset}`);
    }
    if (endOf(entity) > source.length) {
      throw badRequest(
        `entity beginning at UTF-16 offset ${entity.offset} ends after the end of the text at UTF-16 offset ${endOf(entity)}`,
      );
    }
    if (middle(entity.offset)) {
      throw badRequest(
        `entity begins in a middle of a UTF-16 symbol at byte offset ${byteAfter(source, entity.offset)}`,
      );
    }
    if (middle(endOf(entity))) {
      throw badRequest(
        `entity beginning at UTF-16 offset ${entity.offset} ends in a middle of a UTF-16 symbol at byte offset ${byteAfter(source, endOf(entity))}`,
      );
    }
  }
}

/** The end, in bytes, of the character that contains the offset. */
function byteAfter(source: string, offset: number): number {
  return Buffer.byteLength(source.slice(0, offset + 1));
}

/** Trims the text, and the start of each entity. Empty entities are dropped. */
export function trimText(source: string, entities: readonly Entity[]): Cleaned {
  const shrunk = entities
    .map((entity) => withoutLeadingSpace(source, entity))
    .filter((entity) => {
      return /[^ \n]/.test(source.slice(entity.offset, endOf(entity)));
    });
  const end = source.length - (/[ \n]*$/.exec(source)?.[0].length ?? 0);
  const firstEntity = Math.min(source.length, ...shrunk.map(({ offset }) => offset));
  let begin = 0;
  while (begin < Math.min(firstEntity, end) && isSpace(source[begin])) begin += 1;
  return {
    text: source.slice(begin, end),
    entities: shrunk.map((entity) => ({
      ...entity,
      offset: entity.offset - begin,
      length: Math.min(endOf(entity), end) - entity.offset,
    })),
  };
}

function withoutLeadingSpace(source: string, entity: Entity): Entity {
  let { offset } = entity;
  while (offset < endOf(entity) && isSpace(source[offset])) offset += 1;
  return { ...entity, offset, length: endOf(entity) - offset };
}
