import { type Markup, markup } from '../../lib/markup.ts';
import { href, type View } from '../view.ts';
import { layout } from './layout.ts';

/** A page that explains an error and links to other pages. */
export function messagePage(
  view: View,
  title: string,
  why: string,
  more?: { readonly label: string; readonly url: string },
): string {
  const { site } = view.texts;
  const link = (path: string, label: string): Markup =>
    markup`<li><a href="${href(view, path)}">${label}</a></li>`;
  return layout(view, {
    title,
    noIndex: true,
    main: markup`<h1>${title}</h1>
<p>${why}</p>
<p>${site.problem.tryThese}</p>
<ul>${more && markup`<li><a href="${more.url}" rel="noopener nofollow">${more.label}</a></li>`}${link('', site.newest)}${link('series', site.nav.series)}${link('month', site.nav.months)}${link('search', site.nav.search)}</ul>`,
  });
}
