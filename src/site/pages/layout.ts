import { bidiIsolate } from '../../i18n/bidi-isolate.ts';
import { pageTitle } from '../../i18n/symbols.ts';
import { attributes, type Markup, markup } from '../../lib/markup.ts';
import { FEED_FORMATS, type FeedFormat, type ListSubject, paths } from '../addresses.ts';
import { safeUrl } from '../html/links.ts';
import { absolute, href, type View } from '../view.ts';

export interface PageParts {
  /** The page's own title, to which the author's name is added. Without it, the title is the author's name. */
  readonly title?: string;
  readonly description?: string;
  /** The page's canonical path below the base; absent for error pages. */
  readonly path?: string;
  readonly main: Markup;
  /** The part of the site that it belongs to. */
  readonly section?: 'latest' | 'series' | 'months' | 'search';
  /** The list whose feeds the page links to. */
  readonly feedOf?: ListSubject;
  /** Paths of the adjacent pages. */
  readonly newer?: string | undefined;
  readonly older?: string | undefined;
  /** Asks search engines not to list it. */
  readonly noIndex?: boolean;
  /** For link previews: a picture, and metadata of an article. */
  readonly picture?: { readonly url: string; readonly alt: string };
  readonly article?: {
    readonly published?: string | undefined;
    readonly modified?: string | undefined;
    readonly tags: readonly string[];
  };
}

export const FEED_TYPES: Readonly<Record<FeedFormat, string>> = {
  atom: 'application/atom+xml',
  rss: 'application/rss+xml',
  json: 'application/feed+json',
};
const FEED_NAMES: Readonly<Record<FeedFormat, string>> = { atom: 'Atom', rss: 'RSS', json: 'JSON' };

/** A whole page. */
export function layout(view: View, page: PageParts): string {
  const { author, language, styleSheet } = view;
  const feedOf = page.feedOf ?? { type: 'all' };
  const title = page.title === undefined ? author.name : pageTitle(page.title, author.name);
  return markup`<!DOCTYPE html>
<html lang="${language === 'zh' ? 'zh-Hans' : language}">
<head>
<meta charset="utf-8" />
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
${headLinks(view, page, feedOf)}${previewMeta(view, page, title)}<link rel="icon" type="image/svg+xml" href="${href(view, 'icon.svg')}" />
<link rel="stylesheet" href="${href(view, styleSheet)}" />
</head>
<body>
${header(view, page)}
<main>
${page.main}
</main>
${footer(view, feedOf)}
</body>
</html>
`.text;
}

function headLinks(view: View, page: PageParts, feedOf: ListSubject): Markup {
  const { path, newer, older, noIndex } = page;
  const line = (values: Readonly<Record<string, string>>): Markup => markup`<link${attributes(values)} />
`;
  return markup`${path !== undefined && line({ rel: 'canonical', href: absolute(view, path) })}${newer !== undefined && line({ rel: 'prev', href: absolute(view, newer) })}${older !== undefined && line({ rel: 'next', href: absolute(view, older) })}${FEED_FORMATS.map(
    (format) =>
      line({
        rel: 'alternate',
        type: FEED_TYPES[format],
        title: `${view.author.name} (${FEED_NAMES[format]})`,
        href: absolute(view, paths.feed(feedOf, format)),
      }),
  )}${
    noIndex === true &&
    markup`<meta name="robots" content="noindex" />
`
  }`;
}

/** Open Graph and Twitter cards, for link previews. */
function previewMeta(view: View, page: PageParts, title: string): Markup {
  const { path, article } = page;
  const picture =
    page.picture ?? (view.picture === undefined ? undefined : { url: view.picture, alt: view.author.name });
  const image = picture && safeUrl(picture.url);
  const named: readonly (readonly [string, string | undefined])[] = [
    ['description', page.description || undefined],
    ['twitter:card', page.picture && image ? 'summary_large_image' : 'summary'],
  ];
  const properties: readonly (readonly [string, string | undefined])[] = [
    ['og:site_name', view.author.name],
    ['og:title', page.title ?? title],
    ['og:description', page.description || undefined],
    ['og:type', article ? 'article' : 'website'],
    ['og:url', path === undefined ? undefined : absolute(view, path)],
    ['og:locale', view.language === 'zh' ? 'zh_CN' : 'en_US'],
    ['og:image', image],
    ['og:image:alt', image === undefined ? undefined : picture?.alt || undefined],
    ['article:published_time', article?.published],
    ['article:modified_time', article?.modified],
    ...(article?.tags ?? []).map((tag) => ['article:tag', tag] as const),
  ];
  const meta =
    (kind: 'name' | 'property') =>
    ([name, content]: readonly [string, string | undefined]) =>
      content !== undefined &&
      markup`<meta${attributes({ [kind]: name, content })} />
`;
  return markup`${named.map(meta('name'))}${properties.map(meta('property'))}`;
}

const SECTIONS = [
  ['latest', ''],
  ['series', 'series'],
  ['months', 'month'],
  ['search', 'search'],
] as const;

function header(view: View, { section, path }: PageParts): Markup {
  const { author, picture, texts } = view;
  const { nav } = texts.site;
  const isHome = path === '';
  const portrait =
    picture !== undefined &&
    markup`<img${attributes({ src: picture, alt: '', width: 48, height: 48, referrerpolicy: 'no-referrer' })} />`;
  return markup`<header>
<p class="author"><a href="${href(view, '')}"${isHome && markup` aria-current="page"`}>${portrait}<bdi>${author.name}</bdi></a></p>
<nav aria-label="${nav.main}"><ul>
${SECTIONS.map(
  ([
    name,
    to,
  ]) => markup`<li><a href="${href(view, to)}"${name === section && markup` aria-current="true"`}>${nav[name]}</a></li>
`,
)}</ul></nav>
</header>`;
}

function footer(view: View, feedOf: ListSubject): Markup {
  const { site, marks } = view.texts;
  const feeds = FEED_FORMATS.map(
    (format) => markup` <a href="${href(view, paths.feed(feedOf, format))}">${FEED_NAMES[format]}</a>`,
  );
  return markup`<footer>
<p>${bidiIsolate(site.feeds)}${marks.colon}${feeds}</p>
<p>${site.madeWith}</p>
</footer>`;
}

/** Links to the newer and the older page. */
export function paginationLinks(view: View, { newer, older }: Pick<PageParts, 'newer' | 'older'>): Markup {
  const { newerPosts, olderPosts } = view.texts.site;
  if (newer === undefined && older === undefined) return markup``;
  return markup`<nav class="turn"><p>${newer !== undefined && markup`<a rel="prev" href="${href(view, newer)}">‹ ${newerPosts}</a>`}</p><p>${older !== undefined && markup`<a rel="next" href="${href(view, older)}">${olderPosts} ›</a>`}</p></nav>`;
}
