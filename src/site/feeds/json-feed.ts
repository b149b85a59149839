import { printable } from '../../lib/markup.ts';
import { isoTime } from '../html/inlines.ts';
import type { Feed, FeedEntry } from './feed.ts';

/** JSON Feed 1.1. */
export function jsonFeed(feed: Feed): string {
  const { author, entries } = feed;
  const authors = [
    {
      name: printable(author.name),
      url: author.url,
      ...(author.picture !== undefined && { avatar: author.picture }),
    },
  ];
  return `${JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: printable(feed.title),
    home_page_url: feed.homeUrl,
    feed_url: feed.selfUrl,
    ...(feed.description && { description: printable(feed.description) }),
    ...(feed.nextUrl !== undefined && { next_url: feed.nextUrl }),
    ...(author.picture !== undefined && { icon: author.picture }),
    authors,
    language: feed.language,
    items: entries.map(item),
  })}\n`;
}

function item(one: FeedEntry) {
  return {
    id: one.id,
    url: one.url,
    ...(one.title !== undefined && { title: printable(one.title) }),
    content_html: one.content.text,
    ...(one.summary && { summary: printable(one.summary) }),
    ...(one.picture !== undefined && { image: one.picture }),
    date_published: isoTime(one.publishedAt),
    ...(one.updatedAt > one.publishedAt && { date_modified: isoTime(one.updatedAt) }),
    ...(one.hashtags.length > 0 && { tags: one.hashtags.map(printable) }),
    ...(one.language !== undefined && { language: one.language }),
    ...(one.enclosures.length > 0 && {
      attachments: one.enclosures.map(({ url, mime, alt, durationS }) => ({
        url,
        mime_type: mime,
        ...(alt && { title: printable(alt) }),
        ...(durationS !== undefined && { duration_in_seconds: durationS }),
      })),
    }),
  };
}
