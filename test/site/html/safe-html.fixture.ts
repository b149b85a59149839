import { expect } from 'vitest';
import { type Element, elementsIn, parseXml } from '../parse-xml.fixture.ts';

/** Every element that a note can become, and the attributes each may have. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  root: [],
  p: ['class', 'dir'],
  h1: ['dir'],
  h2: ['dir'],
  h3: ['dir'],
  h4: ['dir'],
  h5: ['dir'],
  h6: ['dir'],
  ul: [],
  ol: ['start'],
  li: ['dir'],
  blockquote: ['class'],
  cite: [],
  bdi: [],
  pre: [],
  code: ['class'],
  div: ['class'],
  figure: [],
  figcaption: [],
  img: ['class', 'src', 'alt', 'width', 'height', 'loading', 'decoding', 'referrerpolicy'],
  video: ['controls', 'preload', 'playsinline', 'poster', 'width', 'height', 'aria-label'],
  audio: ['controls', 'preload', 'aria-label'],
  source: ['src'],
  details: ['class'],
  summary: [],
  hr: [],
  br: [],
  strong: [],
  em: [],
  s: [],
  span: [],
  label: ['class'],
  input: ['type', 'aria-label'],
  a: ['href', 'rel', 'class'],
  time: ['datetime'],
};
const BLOCKS = 'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre div figure details hr'.split(' ');
/** HTML closes a paragraph or heading at such a child, so what a browser shows would not be what was written. */
const PHRASING_ONLY = 'p h1 h2 h3 h4 h5 h6 summary pre code strong em s span label a cite bdi'.split(' ');
const ADDRESSES = ['href', 'src', 'poster'];
const HASHTAG = /^\/tag\//u;

/** Parses the markup of a document and checks that nothing in it can do harm. */
export function expectSafe(markup: string): Element {
  const root = parseXml(`<root>${markup}</root>`);
  for (const element of elementsIn(root)) {
    const { name, attributes, children } = element;
    expect(Object.keys(attributes).filter((one) => !ALLOWED[name]?.includes(one))).toEqual([]);
    expect(ALLOWED).toHaveProperty(name);
    for (const address of ADDRESSES.flatMap((one) => attributes[one] ?? []))
      if (!HASHTAG.test(address)) expect(new URL(address).protocol).toMatch(/^https?:$/u);
    if (name === 'a' && !HASHTAG.test(attributes['href'] ?? ''))
      expect(attributes['rel']).toBe('noopener nofollow ugc');
    if (name === 'img') expect(attributes).toMatchObject({ loading: 'lazy', referrerpolicy: 'no-referrer' });
    if (PHRASING_ONLY.includes(name))
      for (const inner of elementsIn({ ...element, name: 'span' })) expect(BLOCKS).not.toContain(inner.name);
    if (name === 'a')
      for (const inner of children.flatMap((child) => (typeof child === 'string' ? [] : elementsIn(child))))
        expect(['a', 'input', 'label']).not.toContain(inner.name);
  }
  return root;
}
