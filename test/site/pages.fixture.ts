import type { NostrEvent } from '../../src/note/note.ts';
import { type Element, elementsIn, parseXml } from './parse-xml.fixture.ts';
import { NOW_S, wren } from './site.fixture.ts';

const at = (n: number) => ({ createdAt: NOW_S - 1_000 + n });
export const note = (words: string, n: number, ...tags: readonly (readonly string[])[]): NostrEvent =>
  wren.note(words, { ...at(n), tags });
export const article = (d: string, content: string, createdAt = NOW_S - 900): NostrEvent =>
  wren.note(content, {
    kind: 30_023,
    createdAt,
    tags: [
      ['d', d],
      ['title', 'On tides'],
      ['summary', 'In short.'],
    ],
  });
export const pathOf = ({ id }: NostrEvent): string => `/post/${id.slice(0, 16)}`;

/** A page, which must be well-formed. */
export const pageIn = (text: string): Element => parseXml(text.replace('<!DOCTYPE html>', ''));
export const named = (page: Element, name: string): readonly Element[] =>
  elementsIn(page).filter((element) => element.name === name);
export const metaOf = (page: Element): Readonly<Record<string, string>> =>
  Object.fromEntries(
    named(page, 'meta').map(({ attributes }) => [
      attributes['property'] ?? attributes['name'] ?? '',
      attributes['content'] ?? '',
    ]),
  );
export const linkTo = (page: Element, rel: string): string | undefined =>
  named(page, 'link').find(({ attributes }) => attributes['rel'] === rel)?.attributes['href'];

export const many = (count: number): readonly NostrEvent[] =>
  Array.from({ length: count }, (_, n) => note(`Post number ${n}.`, n));
