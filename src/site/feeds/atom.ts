import { attributes, type Markup, markup } from '../../lib/markup.ts';
import { isoTime } from '../html/inlines.ts';
import type { Feed, FeedEntry } from './feed.ts';

/** Atom (RFC 4287), paged as in RFC 5005. */
export function atomFeed(feed: Feed): string {
  const { id, title, description, homeUrl, selfUrl, firstUrl, nextUrl, author, language, entries } = feed;
  return markup`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${id}</id>
<title>${title}</title>
${
  description &&
  markup`<subtitle>${description}</subtitle>
`
}<updated>${isoTime(feed.updatedAt)}</updated>
<link rel="self" type="application/atom+xml" href="${selfUrl}" />
<link rel="alternate" type="text/html" href="${homeUrl}" />
<link rel="first" type="application/atom+xml" href="${firstUrl}" />
${
  nextUrl !== undefined &&
  markup`<link rel="next" type="application/atom+xml" href="${nextUrl}" />
`
}<author><name>${author.name}</name><uri>${author.url}</uri></author>
${
  author.picture !== undefined &&
  markup`<icon>${author.picture}</icon>
`
}<generator>Postrider</generator>
${entries.map(entry)}</feed>
`.text;
}

function entry(one: FeedEntry): Markup {
  const { id, url, headline, summary, content, hashtags, enclosures, language } = one;
  return markup`<entry${attributes({ 'xml:lang': language })}>
<id>${id}</id>
<title>${headline}</title>
<link rel="alternate" type="text/html" href="${url}" />
${enclosures.map(
  ({
    url: file,
    mime,
    alt,
  }) => markup`<link${attributes({ rel: 'enclosure', type: mime, href: file, title: alt })} />
`,
)}<published>${isoTime(one.publishedAt)}</published>
<updated>${isoTime(one.updatedAt)}</updated>
${hashtags.map(
  (tag) => markup`<category term="${tag}" />
`,
)}${
  summary &&
  markup`<summary>${summary}</summary>
`
}<content type="html">${content.text}</content>
</entry>
`;
}
