import { expect } from 'vitest';
import { expectSafe } from '../html/safe-html.fixture.ts';
import { childrenNamed, type Element, elementsIn, parseXml, textIn } from '../parse-xml.fixture.ts';

/*
 * The rules by which feed validators judge, from the specifications: RFC 4287 (Atom), RFC 5005 (paging), RSS 2.0 with the
 * RSS Advisory Board's profile, JSON Feed 1.1. Each is named beside its check.
 */

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/u;
const RFC_822 =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})$/u;
const MEDIA_TYPE = /^[a-z]+\/[\w.+-]+$/u;
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u;

const one = (element: Element, name: string): Element => {
  const found = childrenNamed(element, name);
  expect([name, found.length]).toEqual([name, 1]);
  return found[0] as Element;
};
const most = (element: Element, count: number, ...names: readonly string[]): void => {
  for (const name of names)
    expect([name, childrenNamed(element, name).length > count]).toEqual([name, false]);
};
const namesIn = (element: Element): readonly string[] =>
  element.children.flatMap((child) => (typeof child === 'string' ? [] : child.name));
const expectUri = (text: string): void => {
  expect(text).toBe(text.trim());
  // An absolute IRI (RFC 3987): a scheme, and none of what must be encoded.
  expect(text).toMatch(/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/iu);
};
const expectWeb = (text: string | undefined): void => {
  expectUri(text ?? '');
  expect(new URL(text ?? '').protocol).toMatch(/^https?:$/u);
};
const expectDate = (text: string): number => {
  expect(text).toMatch(RFC_3339);
  expect(Date.parse(text)).not.toBeNaN();
  return Date.parse(text);
};
/** The entries of feeds are HTML that does no harm, with whole addresses. */
const expectContent = (html: string): void => {
  for (const { attributes } of elementsIn(
    expectSafe(html.replaceAll(/href="https:\/\/notes\.example\/(?:n\/)?tag\//gu, 'href="/tag/')),
  ))
    for (const address of [attributes['href'], attributes['src'], attributes['poster']])
      if (address !== undefined && !address.startsWith('/tag/')) expectWeb(address);
};

const ATOM_FEED =
  'author category contributor generator icon id link logo rights subtitle title updated entry';
const ATOM_ENTRY =
  'author category content contributor id link published rights source summary title updated';

export interface ReadEntry {
  readonly id: string;
  readonly url: string;
  readonly title?: string;
  readonly content: string;
  readonly updatedMs?: number;
}

/** Fails if the text isn't a valid Atom feed; returns its entries. */
function expectAtom(text: string): readonly ReadEntry[] {
  const feed = parseXml(text);
  expect(feed.name).toBe('feed');
  expect(feed.attributes['xmlns']).toBe('http://www.w3.org/2005/Atom');
  for (const name of namesIn(feed)) expect(ATOM_FEED.split(' ')).toContain(name);
  // 4.1.1: exactly one id, title and updated; at most one of the others.
  expectUri(textIn(one(feed, 'id')));
  expect(textIn(one(feed, 'title')).trim()).not.toBe('');
  expectDate(textIn(one(feed, 'updated')));
  most(feed, 1, 'generator', 'icon', 'logo', 'rights', 'subtitle');
  // 4.1.1: an author here, so that entries needn't have one; 3.2.1: with a name.
  const author = one(feed, 'author');
  expect(textIn(one(author, 'name')).trim()).not.toBe('');
  most(author, 1, 'uri', 'email');
  for (const uri of childrenNamed(author, 'uri')) expectWeb(textIn(uri));
  expectLinks(feed);
  expect(relations(feed, 'self')).toHaveLength(1);
  const entries = childrenNamed(feed, 'entry').map(expectAtomEntry);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  return entries;
}

const relations = (element: Element, rel: string): readonly Element[] =>
  childrenNamed(element, 'link').filter(({ attributes }) => (attributes['rel'] ?? 'alternate') === rel);

/** 4.2.7: href, a media type, and no two alternates of the same type and language. */
function expectLinks(element: Element): void {
  for (const { attributes } of childrenNamed(element, 'link')) {
    expectWeb(attributes['href']);
    if (attributes['type'] !== undefined) expect(attributes['type']).toMatch(MEDIA_TYPE);
    for (const name of Object.keys(attributes))
      expect(['rel', 'type', 'href', 'hreflang', 'title', 'length']).toContain(name);
  }
  const kinds = relations(element, 'alternate').map(
    ({ attributes }) => `${attributes['type']} ${attributes['hreflang']}`,
  );
  expect(new Set(kinds).size).toBe(kinds.length);
}

function expectAtomEntry(entry: Element): ReadEntry {
  for (const name of namesIn(entry)) expect(ATOM_ENTRY.split(' ')).toContain(name);
  // 4.1.2
  const id = textIn(one(entry, 'id'));
  expectUri(id);
  expect(textIn(one(entry, 'title')).trim()).not.toBe('');
  const updatedMs = expectDate(textIn(one(entry, 'updated')));
  most(entry, 1, 'content', 'published', 'rights', 'source', 'summary');
  for (const published of childrenNamed(entry, 'published'))
    expect(expectDate(textIn(published))).toBeLessThanOrEqual(updatedMs);
  for (const category of childrenNamed(entry, 'category')) expect(category.attributes['term']).toBeTruthy();
  expectLinks(entry);
  const [alternate] = relations(entry, 'alternate');
  // 4.1.3.3: escaped HTML has no child elements.
  const content = one(entry, 'content');
  expect(content.attributes['type']).toBe('html');
  expect(namesIn(content)).toEqual([]);
  expectContent(textIn(content));
  const language = entry.attributes['xml:lang'];
  if (language !== undefined) expect(language).toMatch(LANGUAGE);
  return {
    id,
    url: alternate?.attributes['href'] ?? '',
    title: textIn(one(entry, 'title')),
    content: textIn(content),
    updatedMs,
  };
}

const RSS_CHANNEL = [
  ...'title link description language lastBuildDate image generator docs item ttl pubDate category'.split(
    ' ',
  ),
  'atom:link',
];
const RSS_ITEM = [
  ...'title link description guid pubDate category enclosure author comments source'.split(' '),
  'dc:creator',
  'content:encoded',
];

/** The same for RSS 2.0. */
function expectRss(text: string): readonly ReadEntry[] {
  const rss = parseXml(text);
  expect(rss.name).toBe('rss');
  expect(rss.attributes['version']).toBe('2.0');
  const channel = one(rss, 'channel');
  for (const name of namesIn(channel)) expect(RSS_CHANNEL).toContain(name);
  for (const name of ['title', 'link', 'description']) expect(textIn(one(channel, name)).trim()).not.toBe('');
  expectWeb(textIn(one(channel, 'link')));
  most(channel, 1, 'language', 'lastBuildDate', 'image', 'generator', 'docs', 'ttl');
  expect(textIn(one(channel, 'language'))).toMatch(LANGUAGE);
  expect(textIn(one(channel, 'lastBuildDate'))).toMatch(RFC_822);
  for (const image of childrenNamed(channel, 'image')) {
    expectWeb(textIn(one(image, 'url')));
    // Profile: the same title and link as the channel.
    expect(textIn(one(image, 'title'))).toBe(textIn(one(channel, 'title')));
    expect(textIn(one(image, 'link'))).toBe(textIn(one(channel, 'link')));
  }
  // Profile: a feed says where it is.
  const links = childrenNamed(channel, 'atom:link');
  expect(links.filter(({ attributes }) => attributes['rel'] === 'self')).toHaveLength(1);
  for (const { attributes } of links) expectWeb(attributes['href']);
  const items = childrenNamed(channel, 'item').map(expectRssItem);
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  return items;
}

function expectRssItem(item: Element): ReadEntry {
  for (const name of namesIn(item)) expect(RSS_ITEM).toContain(name);
  most(item, 1, 'title', 'description', 'link', 'guid', 'pubDate', 'author', 'comments', 'content:encoded');
  // Profile: no more than one enclosure, since readers don't agree on what to do with more.
  most(item, 1, 'enclosure', 'dc:creator');
  expect(childrenNamed(item, 'title').length + childrenNamed(item, 'description').length).toBeGreaterThan(0);
  for (const title of childrenNamed(item, 'title')) expect(textIn(title).trim()).not.toBe('');
  const guid = one(item, 'guid');
  if (guid.attributes['isPermaLink'] === 'false') expectUri(textIn(guid));
  else expectWeb(textIn(guid));
  const date = textIn(one(item, 'pubDate'));
  expect(date).toMatch(RFC_822);
  // The day of the week is that of the date.
  expect(new Date(date).toUTCString()).toBe(date);
  expectWeb(textIn(one(item, 'link')));
  for (const { attributes } of childrenNamed(item, 'enclosure')) {
    expectWeb(attributes['url']);
    expect(attributes['length']).toMatch(/^\d+$/u);
    expect(attributes['type']).toMatch(MEDIA_TYPE);
  }
  for (const category of childrenNamed(item, 'category')) expect(textIn(category).trim()).not.toBe('');
  const content = one(item, 'content:encoded');
  expect(namesIn(content)).toEqual([]);
  expectContent(textIn(content));
  const [title] = childrenNamed(item, 'title');
  return {
    id: textIn(guid),
    url: textIn(one(item, 'link')),
    ...(title && { title: textIn(title) }),
    content: textIn(content),
  };
}

type Fields = Readonly<Record<string, unknown>>;

const JSON_FEED =
  'version title home_page_url feed_url description user_comment next_url icon favicon authors language expired hubs items';
const JSON_ITEM =
  'id url external_url title content_html content_text summary image banner_image date_published date_modified authors tags language attachments';
const JSON_ATTACHMENT = 'url mime_type title size_in_bytes duration_in_seconds';

/** The same for JSON Feed 1.1. */
function expectJsonFeed(text: string): readonly ReadEntry[] {
  const feed = JSON.parse(text) as Fields;
  for (const name of Object.keys(feed)) expect(JSON_FEED.split(' ')).toContain(name);
  expect(feed['version']).toBe('https://jsonfeed.org/version/1.1');
  expect(feed['title']).toEqual(expect.stringMatching(/\S/u));
  for (const name of ['home_page_url', 'feed_url']) expectWeb(String(feed[name]));
  for (const name of ['next_url', 'icon']) if (feed[name] !== undefined) expectWeb(feed[name] as string);
  expect(feed['language']).toEqual(expect.stringMatching(LANGUAGE));
  // Each author has at least one of name, url and avatar.
  for (const author of feed['authors'] as readonly Fields[]) {
    expect(Object.keys(author).length).toBeGreaterThan(0);
    for (const name of Object.keys(author)) expect(['name', 'url', 'avatar']).toContain(name);
  }
  const items = (feed['items'] as readonly Fields[]).map(expectJsonItem);
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  return items;
}

function expectJsonItem(item: Fields): ReadEntry {
  for (const [name, value] of Object.entries(item)) {
    expect(JSON_ITEM.split(' ')).toContain(name);
    expect(value).not.toBeNull();
  }
  expect(item['id']).toEqual(expect.stringMatching(/\S/u));
  expectWeb(item['url'] as string);
  for (const name of ['title', 'summary'])
    if (item[name] !== undefined) expect(item[name]).toEqual(expect.stringMatching(/\S/u));
  if (item['image'] !== undefined) expectWeb(item['image'] as string);
  const published = expectDate(item['date_published'] as string);
  if (item['date_modified'] !== undefined)
    expect(expectDate(item['date_modified'] as string)).toBeGreaterThan(published);
  for (const tag of (item['tags'] ?? []) as readonly unknown[])
    expect(tag).toEqual(expect.stringMatching(/\S/u));
  for (const attachment of (item['attachments'] ?? []) as readonly Fields[]) {
    for (const name of Object.keys(attachment)) expect(JSON_ATTACHMENT.split(' ')).toContain(name);
    expectWeb(attachment['url'] as string);
    expect(attachment['mime_type']).toEqual(expect.stringMatching(MEDIA_TYPE));
    const duration = attachment['duration_in_seconds'];
    if (duration !== undefined) expect(duration).toBeTypeOf('number');
  }
  expect(item['content_html']).toBeTypeOf('string');
  expectContent(item['content_html'] as string);
  const title = item['title'] as string | undefined;
  return {
    id: item['id'] as string,
    url: item['url'] as string,
    ...(title !== undefined && { title }),
    content: item['content_html'] as string,
  };
}

export const expectFeed = { atom: expectAtom, rss: expectRss, json: expectJsonFeed } as const;
