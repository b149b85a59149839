import { attributes, type Markup, markup } from '../../lib/markup.ts';
import { iconOf } from '../../note/post-types.ts';
import { type ListSubject, paths } from '../addresses.ts';
import { isoTime } from '../html/inlines.ts';
import type { Post } from '../posts.ts';
import { dateMarkup, href, type View } from '../view.ts';
import { layout } from './layout.ts';

/** A neighbouring post. */
export interface Neighbour {
  readonly path: string;
  readonly headline: string;
}

export interface PostPageParts {
  readonly post: Post;
  /** Its document as HTML, with a title of level 1. */
  readonly content: Markup;
  /** The post in the operator's web client for Nostr. */
  readonly nostrUrl: string;
  /** The series it belongs to, if that has other posts. */
  readonly series?: { readonly name: string; readonly title: string } | undefined;
  readonly newer?: Neighbour | undefined;
  readonly older?: Neighbour | undefined;
}

/** One post in full. */
export function postPage(
  view: View,
  { post, content, nostrUrl, series, newer, older }: PostPageParts,
): string {
  const { note, title, headline, picture, publishedAt, editedAt } = post;
  const { site, postTypes } = view.texts;
  const isEdited = editedAt > publishedAt;
  const inSeries: ListSubject | undefined = series && { type: 'series', name: series.name };
  const still = picture?.kind === 'image' ? picture.url : picture?.poster;
  return layout(view, {
    title: headline,
    description: post.description(),
    path: post.path,
    ...(inSeries && { feedOf: inSeries }),
    newer: newer?.path,
    older: older?.path,
    ...(still !== undefined && { picture: { url: still, alt: picture?.alt ?? '' } }),
    article: {
      published: isoTime(publishedAt),
      modified: isEdited ? isoTime(editedAt) : undefined,
      tags: note.warning === undefined ? note.hashtags.slice(0, 10) : [],
    },
    main: markup`<article class="post"${attributes({ lang: post.language })}>
<p class="when"><span class="icon" aria-hidden="true">${iconOf(note.postType)}</span> ${postTypes[note.postType].one} · ${dateMarkup(view, publishedAt, 'date')}${isEdited && markup` · ${editedWords(view, editedAt)}`}</p>
<h1 dir="auto"${title === undefined && markup` class="unseen"`}>${title ?? headline}</h1>
${content}
<p class="below">${inSeries && markup`${site.inSeries} <a href="${href(view, paths.list(inSeries))}"><bdi>${series?.title}</bdi></a> · `}<a href="${nostrUrl}" rel="noopener">${site.onNostr}</a></p>
</article>
${neighbours(view, newer, older)}`,
  });
}

/** The catalogue's sentence, with the date as an element of its own. */
function editedWords(view: View, at: number): Markup {
  const [before = '', after = ''] = view.texts.site.edited('\0').split('\0');
  return markup`${before}${dateMarkup(view, at, 'date')}${after}`;
}

function neighbours(view: View, newer: Neighbour | undefined, older: Neighbour | undefined): Markup {
  if (!newer && !older) return markup``;
  const side = (label: string, rel: string, one: Neighbour | undefined): Markup =>
    one
      ? markup`<p><a rel="${rel}" href="${href(view, one.path)}"><small>${label}</small> <span dir="auto">${one.headline}</span></a></p>`
      : markup`<p></p>`;
  const { site } = view.texts;
  return markup`<nav class="turn">${side(`‹ ${site.newer}`, 'prev', newer)}${side(`${site.older} ›`, 'next', older)}</nav>`;
}
