import { dateRange } from '../../i18n/symbols.ts';
import { type Markup, markup } from '../../lib/markup.ts';
import { formatRange, formatTime } from '../../note/dates/format-times.ts';
import type { Series } from '../../note/series.ts';
import { paths } from '../addresses.ts';
import { href, type View } from '../view.ts';
import { layout } from './layout.ts';

/** All series, the most recently continued first. */
export function seriesIndexPage(view: View, all: readonly (Series & { readonly title: string })[]): string {
  const { site } = view.texts;
  const day = (at: number): string => formatTime({ at, style: 'day' }, view.texts, 'UTC', view.nowMs);
  const rows = all.map(
    ({ name, title, count, firstAt, lastAt }) =>
      markup`<li><a dir="auto" href="${href(view, paths.list({ type: 'series', name }))}">${title}</a>
<p class="when">${site.posts(count)} · ${dateRange(day(firstAt), day(lastAt))}</p></li>
`,
  );
  return layout(view, {
    title: site.nav.series,
    path: 'series',
    section: 'series',
    main: markup`<h1>${site.nav.series}</h1>
${rows.length > 0 ? markup`<ul class="rows">${rows}</ul>` : markup`<p>${site.noSeries}</p>`}`,
  });
}

/** All months with posts, by year, latest first. */
export function monthIndexPage(
  view: View,
  months: readonly { readonly month: string; readonly count: number }[],
): string {
  const { site } = view.texts;
  const years = Map.groupBy(months, ({ month }) => month.slice(0, 4));
  const year = ([name, those]: readonly [string, typeof months]): Markup => markup`<h2>${name}</h2>
<ul class="months">${those.map(
    ({ month, count }) =>
      markup`<li><a href="${href(view, paths.list({ type: 'month', name: month }))}">${formatRange({ name: month, unit: 'month' }, view.texts)}</a> <span>${count}</span></li>
`,
  )}</ul>
`;
  return layout(view, {
    title: site.nav.months,
    path: 'month',
    section: 'months',
    main: markup`<h1>${site.nav.months}</h1>
${years.size > 0 ? [...years].map(year) : markup`<p>${site.empty}</p>`}`,
  });
}
