import { bidiIsolate } from '../bidi-isolate.ts';
import { plural } from './plural.ts';

const posts = (count: number): string => plural(count, 'post', 'posts');

/** The public pages and feeds. */
export const siteTexts = {
  postsBy: (author: string) => `Posts by ${bidiIsolate(author)}`,
  searchFor: (query: string) => `Search: ${bidiIsolate(query)}`,
  nav: { latest: 'Latest', series: 'Series', months: 'By month', search: 'Search', main: 'Main' },
  types: 'Types',
  posts,
  readMore: 'Read more',
  show: 'Show',
  hidden: 'hidden',
  showOnSite: 'Show on the website',
  permalink: 'Link to this post',
  edited: (date: string) => `edited ${date}`,
  inSeries: 'Part of',
  older: 'Older',
  newer: 'Newer',
  olderPosts: 'Older posts',
  newerPosts: 'Newer posts',
  newest: 'Latest posts',
  onNostr: 'Open on Nostr',
  empty: 'No posts yet.',
  noSeries: 'No series yet.',
  searchLabel: 'Search posts',
  searchHint: 'Words, "exact phrases", -exclusions, #hashtags, after:2025-03 and before:2025-06.',
  feeds: 'Feeds',
  madeWith: 'Published on Nostr, carried here by Postrider.',
  problem: {
    notFound: 'Page not found',
    notFoundWhy: "There's nothing at this address. The link may be incomplete.",
    notHere: "This post isn't in the archive. It may still be on Nostr.",
    gone: 'Post deleted',
    goneWhy: 'This post was deleted, or it has expired.',
    wrongRequest: "This address isn't valid.",
    onlyReading: 'This site can only be read.',
    tooMany: 'Too many requests',
    tooManyWhy: (seconds: number) => `Please try again in ${plural(seconds, 'second', 'seconds')}.`,
    unavailable: 'Temporarily unavailable',
    unavailableWhy: 'Please try again in a minute.',
    tryThese: 'Try one of these:',
  },
};
