import { attributes, type Markup, markup } from '../../lib/markup.ts';
import type { Feed, FeedEntry } from './feed.ts';

/**
 * RSS 2.0 by the RSS Advisory Board's profile: content as `content:encoded`, the feed's own address and pages as Atom
 * links.
 */
export function rssFeed(feed: Feed): string {
  const { title, description, homeUrl, selfUrl, firstUrl, nextUrl, author, language, entries } = feed;
  return markup`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${title}</title>
<link>${homeUrl}</link>
<description>${description || title}</description>
<language>${language}</language>
<lastBuildDate>${rfc822(feed.updatedAt)}</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="${selfUrl}" />
<atom:link rel="first" type="application/rss+xml" href="${firstUrl}" />
${
  nextUrl !== undefined &&
  markup`<atom:link rel="next" type="application/rss+xml" href="${nextUrl}" />
`
}${
  author.picture !== undefined &&
  markup`<image><url>${author.picture}</url><title>${title}</title><link>${homeUrl}</link></image>
`
}<generator>Postrider</generator>
<docs>https://www.rssboard.org/rss-specification</docs>
${entries.map((one) => item(one, author.name))}</channel>
</rss>
`.text;
}

/** Posts without a title of their own get none: feed readers then show the text, as for any short note. */
function item(one: FeedEntry, author: string): Markup {
  const { id, url, title, summary, headline, content, hashtags, enclosures } = one;
  // At most one, since the profile says that feed readers disagree on more. Audio and video come first.
  const file = enclosures.find(({ mime }) => /^(?:audio|video)\//u.test(mime)) ?? enclosures[0];
  return markup`<item>
${
  title !== undefined &&
  markup`<title>${title}</title>
`
}<link>${url}</link>
<guid isPermaLink="false">${id}</guid>
<dc:creator>${author}</dc:creator>
<pubDate>${rfc822(one.publishedAt)}</pubDate>
${hashtags.map(
  (tag) => markup`<category>${tag}</category>
`,
)}<description>${summary || headline}</description>
<content:encoded>${content.text}</content:encoded>
${
  file &&
  markup`<enclosure${attributes({ url: file.url, length: 0, type: file.mime })} />
`
}</item>
`;
}

/** RSS dates (RFC 822, with a four-digit year). */
const rfc822 = (at: number): string => new Date(at * 1000).toUTCString();
