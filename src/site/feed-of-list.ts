import { pageTitle } from '../i18n/symbols.ts';
import { markup } from '../lib/markup.ts';
import { type FeedFormat, type ListSubject, type PageCursor, paths } from './addresses.ts';
import { atomFeed } from './feeds/atom.ts';
import { type Feed, type FeedEntry, mimeOf, stableId } from './feeds/feed.ts';
import { jsonFeed } from './feeds/json-feed.ts';
import { rssFeed } from './feeds/rss.ts';
import type { HtmlStyle } from './html/inlines.ts';
import { safeUrl } from './html/links.ts';
import type { Library } from './library.ts';
import { FEED_TYPES } from './pages/layout.ts';
import { listTitle } from './pages/list-title.ts';
import type { Post } from './posts.ts';
import { absolute, type View } from './view.ts';

/** Entries on one page of a feed. */
const ENTRIES = 30;

const WRITERS = { atom: atomFeed, rss: rssFeed, json: jsonFeed } as const;

/** A feed of a list; `undefined` if there is no such list. */
export async function feedOfList(
  library: Library,
  view: View,
  subject: ListSubject,
  format: FeedFormat,
  place: PageCursor,
): Promise<{ readonly type: string; readonly body: string } | undefined> {
  const { posts, older } = await library.wholePosts(subject, { count: ENTRIES, before: place.before });
  if (posts.length === 0 && (subject.type !== 'all' || place.before !== undefined)) return undefined;
  const { author, texts } = view;
  const series = subject.type === 'series' ? await library.seriesTitle(subject.name) : undefined;
  const name = listTitle(subject, texts, series);
  const entries: FeedEntry[] = [];
  for (const post of posts) entries.push(await entryOf(library, view, post));
  const feed: Feed = {
    id: stableId(`${author.pubkey} ${paths.list(subject)}`),
    title: name === undefined ? author.name : pageTitle(name, author.name),
    description: subject.type === 'all' ? (author.about ?? '') : '',
    homeUrl: absolute(view, paths.list(subject)),
    selfUrl: absolute(view, paths.feed(subject, format, place)),
    firstUrl: absolute(view, paths.feed(subject, format)),
    nextUrl: older === undefined ? undefined : absolute(view, paths.feed(subject, format, { before: older })),
    author: { name: author.name, url: absolute(view, ''), picture: view.picture },
    language: view.language,
    updatedAt: Math.max(0, ...entries.map(({ updatedAt }) => updatedAt)),
    entries,
  };
  return { type: `${FEED_TYPES[format]}; charset=utf-8`, body: WRITERS[format](feed) };
}

/** Leaves out what is hidden on the page, since feed readers can't hide anything. */
async function entryOf(library: Library, view: View, post: Post): Promise<FeedEntry> {
  const { site } = view.texts;
  const url = absolute(view, post.path);
  const style: HtmlStyle = {
    titleLevel: 1,
    hashtagUrl: (tag) => absolute(view, paths.list({ type: 'tag', name: tag })),
    hiddenContentUrl: url,
    labels: { show: site.showOnSite, hidden: site.hidden },
  };
  const content = await library.render(post, style);
  const readMore = markup`<p><a href="${url}">${site.readMore}</a></p>`;
  const { picture, note } = post;
  const still = picture?.kind === 'image' ? picture.url : picture?.poster;
  return {
    id: stableId(note.key),
    url,
    title: post.title,
    headline: post.headline,
    summary: post.description(),
    content: 'isCut' in post ? markup`${content}${readMore}` : content,
    publishedAt: post.publishedAt,
    updatedAt: post.editedAt,
    hashtags: note.warning === undefined ? note.hashtags : [],
    language: post.language,
    picture: still === undefined ? undefined : safeUrl(still),
    enclosures: post.media.flatMap((media) => {
      const file = safeUrl(media.url);
      return file === undefined
        ? []
        : [
            {
              url: file,
              mime: mimeOf(media),
              alt: media.alt?.trim() || undefined,
              durationS: media.durationS,
            },
          ];
    }),
  };
}
