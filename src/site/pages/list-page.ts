import { pageTitle } from '../../i18n/symbols.ts';
import { attributes, type Markup, markup } from '../../lib/markup.ts';
import { type Inline, inlineText } from '../../note/document.ts';
import { iconOf, POST_TYPES } from '../../note/post-types.ts';
import { type ListSubject, type PageCursor, paths } from '../addresses.ts';
import { inlineMarkup } from '../html/inlines.ts';
import { galleryMarkup } from '../html/media.ts';
import { renderHtml } from '../html/render.ts';
import type { PostSummary, Preview } from '../posts.ts';
import { dateMarkup, href, pageStyle, type View } from '../view.ts';
import { layout, paginationLinks } from './layout.ts';
import { listTitle } from './list-title.ts';

export interface ListPageParts {
  readonly subject: ListSubject;
  /** The series' name with the author's capitals. */
  readonly seriesTitle?: string | undefined;
  /** Previews for lists that are read post by post, summaries for lists that are skimmed. */
  readonly posts: readonly (Preview | PostSummary)[];
  readonly place: PageCursor;
  readonly newer: PageCursor | undefined;
  readonly older: PageCursor | undefined;
}

/** A page of a list. */
export function listPage(view: View, parts: ListPageParts): string {
  const { subject, posts, place, seriesTitle } = parts;
  const title = listTitle(subject, view.texts, seriesTitle);
  const path = paths.list(subject, place);
  const turn = {
    newer: parts.newer && paths.list(subject, parts.newer),
    older: parts.older && paths.list(subject, parts.older),
  };
  const rows = posts.filter((post) => !('document' in post)).map((post) => listRow(view, post));
  const entries = posts.filter((post) => 'document' in post).map((post) => entry(view, post));
  const list = markup`${entries}${rows.length > 0 && markup`<ul class="rows">${rows}</ul>`}`;
  const { about } = view.author;
  return layout(view, {
    ...(title !== undefined && { title }),
    description:
      subject.type === 'all'
        ? (about ?? view.texts.site.postsBy(view.author.name))
        : pageTitle(title ?? '', view.author.name),
    path,
    section: SECTION_OF[subject.type],
    feedOf: subject.type === 'month' ? { type: 'all' } : subject,
    ...turn,
    noIndex: path.includes('?'),
    main: markup`${heading(view, title)}
${subject.type === 'all' || subject.type === 'type' ? typeLinks(view, subject) : ''}
${posts.length > 0 ? list : markup`<p>${view.texts.site.empty}</p>`}
${paginationLinks(view, turn)}`,
  });
}

const SECTION_OF = {
  all: 'latest',
  type: 'latest',
  tag: 'latest',
  series: 'series',
  month: 'months',
} as const;

function heading(view: View, title: string | undefined): Markup {
  const { about } = view.author;
  if (title !== undefined) return markup`<h1 dir="auto">${title}</h1>`;
  return markup`<h1 class="unseen">${view.texts.site.postsBy(view.author.name)}</h1>${about !== undefined && markup`<p class="about" dir="auto">${about}</p>`}`;
}

function typeLinks(view: View, subject: ListSubject): Markup {
  const { postTypes, site } = view.texts;
  const current = subject.type === 'type' ? subject.name : undefined;
  return markup`<nav class="types" aria-label="${site.types}"><ul>${POST_TYPES.map(
    (name) =>
      markup`<li><a href="${href(view, paths.list({ type: 'type', name }))}"${name === current && markup` aria-current="page"`}>${postTypes[name].many}</a></li>`,
  )}</ul></nav>`;
}

/** A post in a list of previews: short posts in full, others cut. */
function entry(view: View, post: Preview): Markup {
  const link = href(view, post.path);
  const { readMore, permalink } = view.texts.site;
  const icon = iconOf(post.note.postType);
  const title = post.title ?? (post.isCut && post.note.warning !== undefined ? post.headline : undefined);
  const cover = post.isCut && post.picture ? cutPicture(view, post) : undefined;
  return markup`<article${attributes({ lang: post.language })}>
<p class="when"><span class="icon" aria-hidden="true">${icon}</span> <a href="${link}" title="${permalink}">${dateMarkup(view, post.publishedAt, 'day')}</a></p>
${title !== undefined && markup`<h2 dir="auto"><a href="${link}">${title}</a></h2>`}
${cover}${renderHtml(post.document, pageStyle(view, 2))}
${post.isCut && markup`<p class="more"><a href="${link}" aria-label="${`${readMore}: ${post.headline}`}">${readMore}</a></p>`}
</article>
`;
}

/** The first picture of a cut post, as a link to the whole post. */
function cutPicture(view: View, { picture, path }: Preview): Markup {
  if (!picture) return markup``;
  const still =
    picture.kind === 'image' ? picture : { ...picture, kind: 'image' as const, url: picture.poster ?? '' };
  const { alt: _, ...shown } = still;
  return markup`<a class="cover" href="${href(view, path)}" tabindex="-1" aria-hidden="true">${galleryMarkup([shown])}</a>`;
}

/** A post in a list of summaries. `passage` replaces its first words. */
export function listRow(view: View, post: PostSummary, passage?: readonly Inline[]): Markup {
  const icon = iconOf(post.note.postType);
  // The headline already says it.
  const isInHeadline = passage && post.title === undefined && !inlineText(passage).startsWith('…');
  const below = isInHeadline
    ? undefined
    : passage
      ? inlineMarkup(passage, pageStyle(view, 2))
      : post.note.warning === undefined && post.title !== undefined
        ? markup`${post.description()}`
        : undefined;
  return markup`<li${attributes({ lang: post.language })}><a dir="auto" href="${href(view, post.path)}">${post.headline}</a>
<p class="when"><span class="icon" aria-hidden="true">${icon}</span> ${dateMarkup(view, post.publishedAt, 'day')}</p>
${below && markup`<p class="teaser" dir="auto">${below}</p>`}</li>
`;
}
