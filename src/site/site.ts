import { textsFor } from '../i18n/texts.ts';
import { keyInPostPath } from '../note/links/post-path.ts';
import type { Author } from '../note/note.ts';
import { CANONICAL_WEB_CLIENT, decodePointer, encodePointer, eventUrl } from '../note/pointer.ts';
import { withByline } from '../note/present/byline.ts';
import { isEmptyQuery, parseQuery } from '../note/search/query.ts';
import { FEED_FORMATS, type ListSubject, type PageCursor, parseCursor, paths } from './addresses.ts';
import { type Answer, html, redirect, xml } from './answer.ts';
import { feedOfList } from './feed-of-list.ts';
import { createLibrary, type LibraryParts } from './library.ts';
import { monthIndexPage, seriesIndexPage } from './pages/index-pages.ts';
import { listPage } from './pages/list-page.ts';
import { messagePage } from './pages/message-page.ts';
import { postPage } from './pages/post-page.ts';
import { MAX_QUERY, searchPage } from './pages/search-page.ts';
import { icon, STYLE, STYLE_NAME } from './pages/style.ts';
import { isMonth, numberIn, parseTarget, subjectOf } from './request-target.ts';
import { robotsTxt, sitemapIndex, sitemapOf } from './sitemap.ts';
import { pageStyle, type View } from './view.ts';

export interface SiteParts extends LibraryParts {
  /** Ends in a slash. */
  readonly publicUrl: string;
  author(): Author;
  /** The URL of a NIP-19 code in the operator's web client. */
  webClientUrl(code: string): string;
}

/** Errors that the HTTP server reports. */
export type Problem = 'invalid' | 'method' | 'too-many' | 'unavailable';

export type Site = ReturnType<typeof createSite>;

const POSTS_PER_PAGE = { all: 20, type: 20, tag: 20, series: 50, month: 50 } as const;
/** Lists that are read post by post. The others are skimmed, so headlines are enough. */
const HAS_PREVIEWS = { all: true, type: true, tag: true, series: false, month: false } as const;
const HITS_PER_PAGE = 10;
const MAX_PAGE = 100;

/** The public pages and feeds, by request path. Reads nothing but the archive. */
export function createSite(parts: SiteParts) {
  const { publicUrl } = parts;
  const base = new URL(publicUrl).pathname;
  const library = createLibrary(parts);

  async function createView(): Promise<View> {
    const author = parts.author();
    const [byline] = withByline([], author);
    const language = await library.language();
    return {
      publicUrl,
      author,
      picture: byline?.type === 'byline' ? byline.picture : undefined,
      language,
      texts: textsFor(language),
      nowMs: parts.now(),
      styleSheet: STYLE_NAME,
    };
  }

  /** Answers a request target. Rejects if the archive can't be read. */
  async function answer(target: string): Promise<Answer> {
    const { names, query, isFolder } = parseTarget(target, base) ?? {};
    const view = await createView();
    if (!names || !query) return problem('invalid', view);
    if (isFolder && names.length > 0) return redirect(base + names.map(encodeURIComponent).join('/'));
    const [first = '', ...rest] = names;
    const file = names.length === 1 ? FILES.get(first) : undefined;
    if (file) return file(view);
    const format = FEED_FORMATS.find((one) => names.at(-1) === `feed.${one}`);
    const place: PageCursor = {
      before: parseCursor(query.get('before')),
      after: parseCursor(query.get('after')),
    };
    const subject = subjectOf(format ? names.slice(0, -1) : names);
    if (subject && format) {
      const feed = await feedOfList(library, view, subject, format, place);
      return feed ? { status: 200, isOpen: true, ...feed } : notFound(view);
    }
    if (subject) return list(view, subject, place);
    if (first === 'post' && rest.length > 0) return post(view, rest.join('/'));
    const month = /^sitemap-(\d{4}-\d{2})\.xml$/u.exec(first)?.[1];
    if (month !== undefined && names.length === 1) {
      const sitemap = isMonth(month) ? await sitemapOf(library, view, month) : undefined;
      return sitemap === undefined ? notFound(view) : xml(sitemap);
    }
    return first === 'search' && rest.length === 0 ? search(view, query) : notFound(view);
  }

  const FILES: ReadonlyMap<string, (view: View) => Promise<Answer> | Answer> = new Map<
    string,
    (view: View) => Promise<Answer> | Answer
  >([
    [STYLE_NAME, () => ({ status: 200, type: 'text/css; charset=utf-8', body: STYLE, isImmutable: true })],
    ['icon.svg', ({ author }) => ({ status: 200, type: 'image/svg+xml', body: icon(author.name) })],
    ['robots.txt', (view) => ({ status: 200, type: 'text/plain; charset=utf-8', body: robotsTxt(view) })],
    ['sitemap.xml', async (view) => xml(await sitemapIndex(library, view))],
    ['series', async (view) => html(seriesIndexPage(view, await library.allSeries()))],
    ['month', async (view) => html(monthIndexPage(view, await library.months()))],
  ]);

  async function list(view: View, subject: ListSubject, place: PageCursor): Promise<Answer> {
    const count = POSTS_PER_PAGE[subject.type];
    const read = HAS_PREVIEWS[subject.type] ? library.previews : library.summaries;
    const { posts, newer, older } = await read(subject, { count, ...place });
    const isFirst = place.before === undefined && place.after === undefined;
    const mayBeEmpty = isFirst && (subject.type === 'all' || subject.type === 'type');
    if (posts.length === 0 && !mayBeEmpty) return notFound(view);
    // With nothing newer, it is the first page.
    if (place.after !== undefined && newer === undefined) return redirect(base + paths.list(subject));
    const seriesTitle = subject.type === 'series' ? await library.seriesTitle(subject.name) : undefined;
    const page = {
      subject,
      seriesTitle,
      posts,
      place: place.before === undefined ? place : { before: place.before },
      newer: newer === undefined ? undefined : { after: newer },
      older: older === undefined ? undefined : { before: older },
    };
    return html(listPage(view, page));
  }

  async function post(view: View, name: string): Promise<Answer> {
    const found = await library.post(keyInPostPath(name, view.author.pubkey));
    const { site } = view.texts;
    if (found === 'gone') return html(messagePage(view, site.problem.gone, site.problem.goneWhy), 410);
    if (found === 'unknown') {
      const pointer = decodePointer(name.replace(/^nostr:/iu, ''));
      const elsewhere = pointer && { label: site.onNostr, url: parts.webClientUrl(encodePointer(pointer)) };
      return pointer
        ? html(messagePage(view, site.problem.notFound, site.problem.notHere, elsewhere), 404)
        : notFound(view);
    }
    const path = decodeURIComponent(found.path.slice('post/'.length));
    if (path !== name) return redirect(base + found.path);
    const around = await library.around(found.note);
    const [newer, older] = await Promise.all(
      [around.newer, around.older].map(
        async (note) => note && { path: paths.post(note), headline: (await library.summary(note)).headline },
      ),
    );
    const content = await library.render(found, pageStyle(view, 1));
    const nostrUrl = parts.webClientUrl(eventUrl(found.note.event).slice(CANONICAL_WEB_CLIENT.length));
    return html(postPage(view, { post: found, content, nostrUrl, series: around.series, newer, older }));
  }

  async function search(view: View, query: URLSearchParams): Promise<Answer> {
    const typed = (query.get('q') ?? '').trim().slice(0, MAX_QUERY).toWellFormed();
    if (typed === '') return html(searchPage(view, ''));
    const { query: parsed, wrongDates } = parseQuery(typed);
    const [wrong] = wrongDates;
    if (wrong !== undefined)
      return html(searchPage(view, typed, undefined, view.texts.search.wrongDate(wrong)));
    if (isEmptyQuery(parsed)) return html(searchPage(view, typed));
    const page = numberIn(query.get('page'), MAX_PAGE) ?? 1;
    const until = numberIn(query.get('until'), 2 ** 33);
    const bounded =
      until === undefined ? parsed : { ...parsed, before: Math.min(until, parsed.before ?? until) };
    const offset = (page - 1) * HITS_PER_PAGE;
    const found = await library.search(bounded, HITS_PER_PAGE, offset);
    const isLastPage = offset + HITS_PER_PAGE >= found.total || page === MAX_PAGE;
    return html(searchPage(view, typed, { ...found, page, isLastPage, until }));
  }

  function notFound({ texts, ...view }: View): Answer {
    const { notFound: title, notFoundWhy } = texts.site.problem;
    return html(messagePage({ ...view, texts }, title, notFoundWhy), 404);
  }

  function problem(what: Problem, view: View, seconds = 0): Answer {
    const problemTexts = view.texts.site.problem;
    const pages = {
      invalid: [400, problemTexts.notFound, problemTexts.wrongRequest],
      method: [405, problemTexts.onlyReading, problemTexts.onlyReading],
      'too-many': [429, problemTexts.tooMany, problemTexts.tooManyWhy(seconds)],
      unavailable: [503, problemTexts.unavailable, problemTexts.unavailableWhy],
    } as const;
    const [status, title, why] = pages[what];
    return html(messagePage(view, title, why), status);
  }

  return {
    answer,
    /** An error page, made without reading anything. */
    problem(what: Problem, seconds = 0): Answer {
      const language = library.rememberedLanguage();
      const author = parts.author();
      const view = {
        publicUrl,
        author,
        picture: undefined,
        language,
        texts: textsFor(language),
        nowMs: parts.now(),
      };
      return problem(what, { ...view, styleSheet: STYLE_NAME }, seconds);
    },
    /** Whether the answer is so expensive that the request has a stricter rate limit. */
    isExpensive: (target: string): boolean => parseTarget(target, base)?.names[0] === 'search',
  };
}
