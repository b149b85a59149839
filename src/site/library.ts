import { LRUCache } from 'lru-cache';
import { type Language, textsFor } from '../i18n/texts.ts';
import type { Markup } from '../lib/markup.ts';
import { createSlicedRunner } from '../lib/time-slicing.ts';
import { documentLength } from '../note/document.ts';
import type { Note } from '../note/note.ts';
import type { Presenter } from '../note/present/finish.ts';
import type { ResolvedReferences } from '../note/references/references.ts';
import type { Query } from '../note/search/query.ts';
import { searchSnippetTask } from '../note/search/search-snippet.ts';
import { type Series, seriesTitle } from '../note/series.ts';
import type { Archive, Listing, ListRequest } from '../store/archive.ts';
import type { ListSubject } from './addresses.ts';
import type { HtmlStyle } from './html/inlines.ts';
import { renderHtmlInSteps } from './html/render.ts';
import { siteLanguage } from './languages.ts';
import { createPostBuilder, type Post, type PostSummary, type Preview } from './posts.ts';

export interface LibraryParts {
  readonly archive: Pick<
    Archive,
    | 'browse'
    | 'cursorOf'
    | 'entriesBetween'
    | 'find'
    | 'wasDeleted'
    | 'series'
    | 'neighbours'
    | 'months'
    | 'search'
    | 'latest'
  >;
  readonly presenter: Pick<Presenter, 'finishNote'>;
  /** Resolves the people and notes that a note mentions. It should be quick, since a visitor is waiting. */
  resolve(note: Note): Promise<ResolvedReferences>;
  /** Whether protected notes (NIP-70) may be shown, which only the author should decide. */
  readonly showProtected: boolean;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Some posts of a list. */
export interface PostList<Kind> {
  readonly posts: readonly Kind[];
  readonly newer?: number | undefined;
  readonly older?: number | undefined;
}

/** How long the site's language, which is that of the newest posts, is cached. */
const LANGUAGE_MS = 600_000;
const LANGUAGE_NOTES = 20;
/** In UTF-16 units. Feeds contain only the beginning of longer texts: thirty of them would be megabytes. */
const MAX_IN_FEED = 65_536;

export type Library = ReturnType<typeof createLibrary>;

/**
 * The public part of the archive: nothing that is dated in the future, has expired, or is protected. All pages and
 * feeds read through it.
 */
export function createLibrary({ archive, presenter, resolve, showProtected, now }: LibraryParts) {
  const runSliced = createSlicedRunner();
  const seriesTitles = new LRUCache<string, string>({ max: 2 * MAX_LISTED });
  let known: { readonly language: Language; readonly untilMs: number } | undefined;

  async function language(): Promise<Language> {
    if (known && known.untilMs > now()) return known.language;
    const newest = (await archive.latest({ count: LANGUAGE_NOTES })).filter(isPublic);
    known = { language: siteLanguage(newest), untilMs: now() + LANGUAGE_MS };
    return known.language;
  }

  /** The first second that is in the future. */
  const untilS = (): number => Math.floor(now() / 1000) + 1;

  function isPublic(note: Note): boolean {
    const hasExpired = note.expiresAt !== undefined && note.expiresAt * 1000 <= now();
    const isAhead = Math.max(note.createdAt, note.publishedAt ?? 0) >= untilS();
    return !hasExpired && !isAhead && (showProtected || !note.protected);
  }

  const builder = async () => {
    const currentLanguage = await language();
    return createPostBuilder({ ...presenter, language: currentLanguage, texts: textsFor(currentLanguage) });
  };

  async function previews(notes: readonly Note[]): Promise<readonly Preview[]> {
    const { preview } = await builder();
    return Promise.all(notes.filter(isPublic).map(async (note) => preview(note, await resolve(note))));
  }

  function listingOf(subject: ListSubject): Listing {
    const end = { untilS: untilS() };
    switch (subject.type) {
      case 'all':
        return end;
      case 'type':
        return { ...end, of: { postType: subject.name } };
      case 'series':
        return { ...end, of: { series: subject.name } };
      case 'tag':
        return { ...end, of: { hashtag: subject.name } };
      case 'month': {
        const [sinceS, nextS] = boundsOf(subject.name);
        return { sinceS, untilS: Math.min(nextS, end.untilS) };
      }
    }
  }

  return {
    language,
    /** The cached language, without reading anything. */
    rememberedLanguage: (): Language => known?.language ?? 'en',

    /** For lists that are read post by post. */
    async previews(subject: ListSubject, request: ListRequest): Promise<PostList<Preview>> {
      const { notes, newer, older } = await archive.browse(listingOf(subject), request);
      return { posts: await previews(notes), newer, older };
    },

    /** For lists that are skimmed. */
    async summaries(subject: ListSubject, request: ListRequest): Promise<PostList<PostSummary>> {
      const { notes, newer, older } = await archive.browse(listingOf(subject), request);
      const { summary } = await builder();
      return { posts: notes.filter(isPublic).map(summary), newer, older };
    },

    /** The posts of a list in full, for feeds; only the beginning of very long ones. */
    async wholePosts(subject: ListSubject, request: ListRequest) {
      const { notes, older } = await archive.browse(listingOf(subject), request);
      const { post, preview } = await builder();
      const posts: (Post | Preview)[] = [];
      for (const note of notes.filter(isPublic)) {
        const isLong = documentLength(note.body) > MAX_IN_FEED;
        posts.push((isLong ? preview : post)(note, await resolve(note)));
      }
      return { posts, older };
    },

    /** A post by its id, a prefix of the id, or its key. `gone`: it was deleted or has expired. */
    async post(idOrKey: string): Promise<Post | 'gone' | 'unknown'> {
      const note = await archive.find(idOrKey);
      const hasExpired = note?.expiresAt !== undefined && note.expiresAt * 1000 <= now();
      if (!note || !isPublic(note))
        return hasExpired || (!note && (await archive.wasDeleted(idOrKey))) ? 'gone' : 'unknown';
      return (await builder()).post(note, await resolve(note));
    },

    /** A post's series and its neighbours there; if it isn't in a series, its neighbours in the archive. */
    async around({ id, series, title }: Note) {
      const inSeries = await archive.neighbours(id);
      if (series !== undefined && (inSeries.earlier || inSeries.later)) {
        const { earlier, later } = inSeries;
        const name = { name: series, title: seriesTitle(title ?? series) };
        return { series: name, older: earlier && visible(earlier), newer: later && visible(later) };
      }
      const place = await archive.cursorOf(id);
      if (place === undefined) return {};
      const next = async (where: { readonly before: number } | { readonly after: number }) =>
        (await archive.browse({ untilS: untilS() }, { count: 1, ...where })).notes.find(isPublic);
      return { older: await next({ before: place }), newer: await next({ after: place }) };
    },

    async summary(note: Note): Promise<PostSummary> {
      return (await builder()).summary(note);
    },

    async allSeries(): Promise<readonly (Series & { readonly title: string })[]> {
      const started = (await archive.series()).filter(({ firstAt }) => firstAt < untilS());
      const all = started.slice(0, MAX_LISTED);
      return Promise.all(all.map(async (one) => ({ ...one, title: await knownTitleOf(one) })));
    },

    /** `undefined` if there is no such series. */
    seriesTitle: titleOf,

    async months() {
      const current = new Date(now()).toISOString().slice(0, 7);
      return (await archive.months()).filter(({ month }) => month <= current);
    },

    /** The public posts of a month, for the sitemap. */
    async entriesIn(month: string, count: number) {
      const [sinceS, nextS] = boundsOf(month);
      const entries = await archive.entriesBetween(sinceS, Math.min(nextS, untilS()), count);
      return entries.filter((entry) => showProtected || !entry.protected);
    },

    /** A page of search results, each with the matching passage. */
    async search(query: Query, count: number, offset: number) {
      const before = Math.min(query.before ?? Number.POSITIVE_INFINITY, untilS());
      const result = await archive.search({ ...query, before }, { count, offset });
      const texts = textsFor(await language());
      const posts = result.notes.filter(isPublic).map((await builder()).summary);
      const hits = await Promise.all(
        posts.map(async (post) => ({
          post,
          passage: await runSliced(searchSnippetTask(post.note, query, texts)),
        })),
      );
      const { total, more, since } = result;
      return { hits, total, more, ...(since !== undefined && { since }) };
    },

    render: (post: Pick<Post, 'document'>, style: HtmlStyle): Promise<Markup> =>
      runSliced(renderHtmlInSteps(post.document, style)),
  };

  function visible(note: Note): Note | undefined {
    return isPublic(note) ? note : undefined;
  }

  /** Cached until the series gains or loses a post, since reading a post of each series takes long. */
  async function knownTitleOf({ name, count, lastAt }: Series): Promise<string> {
    const key = `${count} ${lastAt} ${name}`;
    const title = seriesTitles.get(key) ?? (await titleOf(name)) ?? name;
    seriesTitles.set(key, title);
    return title;
  }

  /** The series' name as the author writes it, taken from its newest post. */
  async function titleOf(name: string): Promise<string | undefined> {
    const [newest] = (await archive.browse({ of: { series: name }, untilS: untilS() }, { count: 1 })).notes;
    return newest && seriesTitle(newest.title ?? name);
  }
}

/** Series listed on one page. */
const MAX_LISTED = 200;

/** Seconds since 1970, `from` inclusive, `to` exclusive. `month`: `2026-03`. */
function boundsOf(month: string): readonly [from: number, to: number] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return [Date.UTC(year, number - 1, 1) / 1000, Date.UTC(year, number, 1) / 1000];
}
