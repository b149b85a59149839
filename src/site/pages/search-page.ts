import { type Markup, markup } from '../../lib/markup.ts';
import { formatTime } from '../../note/dates/format-times.ts';
import type { Inline } from '../../note/document.ts';
import { paths } from '../addresses.ts';
import type { PostSummary } from '../posts.ts';
import { href, type View } from '../view.ts';
import { layout } from './layout.ts';
import { listRow } from './list-page.ts';

/** In UTF-16 units, as in a chat. Longer queries are cut. */
export const MAX_QUERY = 200;

export interface SearchResults {
  readonly hits: readonly { readonly post: PostSummary; readonly passage: readonly Inline[] }[];
  readonly total: number;
  readonly more: boolean;
  /** Seconds since 1970. Older posts weren't searched. */
  readonly since?: number;
  readonly page: number;
  readonly isLastPage: boolean;
  /** Seconds since 1970. Only older posts were searched. */
  readonly until?: number | undefined;
}

/** The form with the results below it, or the reason why there are none. */
export function searchPage(view: View, typed: string, found?: SearchResults, problem?: string): string {
  const { site } = view.texts;
  return layout(view, {
    title: typed === '' ? site.nav.search : site.searchFor(typed),
    section: 'search',
    noIndex: true,
    path: 'search',
    main: markup`<h1 class="unseen">${site.nav.search}</h1>
<search><form action="${href(view, 'search')}"><label for="q" class="unseen">${site.searchLabel}</label>
<input type="search" id="q" name="q" value="${typed}" maxlength="${MAX_QUERY}" placeholder="${site.searchLabel}" autocapitalize="off" enterkeyhint="search" />
<button>${site.nav.search}</button></form></search>
${problem !== undefined && markup`<p role="alert">${problem}</p>`}
${found ? results(view, typed, found) : markup`<p class="hint">${site.searchHint}</p>`}`,
  });
}

function results(view: View, typed: string, found: SearchResults): Markup {
  const { search, site } = view.texts;
  const { hits, total, more, since, page, isLastPage, until } = found;
  const reach =
    since === undefined
      ? undefined
      : search.reach(formatTime({ at: since, style: 'day' }, view.texts, 'UTC', view.nowMs));
  const link = (path: string, label: string): Markup => markup`<a href="${href(view, path)}">${label}</a>`;
  const next = isLastPage
    ? since !== undefined && link(paths.search(typed, 1, since), search.further)
    : link(paths.search(typed, page + 1, until), search.next);
  const previous = page > 1 && link(paths.search(typed, page - 1, until), search.previous);
  return markup`<p class="hint">${hits.length > 0 ? search.count(total, more) : page > 1 ? search.noMore : search.none(typed)}</p>
${reach !== undefined && markup`<p class="hint">${reach}</p>`}
${hits.length > 0 ? markup`<ul class="rows">${hits.map(({ post, passage }) => listRow(view, post, passage))}</ul>` : reach === undefined && markup`<p class="hint">${site.searchHint}</p>`}
<nav class="turn"><p>${previous}</p><p>${next}</p></nav>`;
}
