import type { Language, Texts } from '../i18n/texts.ts';
import { attributes, type Markup, markup } from '../lib/markup.ts';
import { formatTime } from '../note/dates/format-times.ts';
import type { Author } from '../note/note.ts';
import { paths } from './addresses.ts';
import { type HtmlStyle, isoTime } from './html/inlines.ts';

/** The context for rendering pages and feeds. */
export interface View {
  /** Ends in a slash. */
  readonly publicUrl: string;
  readonly author: Author;
  /** The author's picture, by https from a public host. */
  readonly picture: string | undefined;
  readonly language: Language;
  readonly texts: Texts;
  readonly nowMs: number;
  /** Address of the style sheet, below the base address. */
  readonly styleSheet: string;
}

/** The path for links on pages, so that they work on any host that serves the site. */
export const href = ({ publicUrl }: Pick<View, 'publicUrl'>, path: string): string =>
  new URL(publicUrl).pathname + path;

/** The full URL, for feeds, the sitemap and page metadata. */
export const absolute = ({ publicUrl }: Pick<View, 'publicUrl'>, path: string): string => publicUrl + path;

/** How documents are shown on a page: as `h1` or, in a list, as `h2`. */
export const pageStyle = (view: View, titleLevel: 1 | 2): HtmlStyle => ({
  titleLevel,
  hashtagUrl: (tag) => href(view, paths.list({ type: 'tag', name: tag })),
  labels: { show: view.texts.site.show, hidden: view.texts.site.hidden },
});

/** A date for people, with the exact time for programs. Never "5 minutes ago", or the page would keep changing. */
export function dateMarkup(
  { texts, nowMs }: View,
  at: number,
  style: 'date' | 'day' | 'ago' = 'ago',
): Markup {
  const words = formatTime({ at, style }, texts, 'UTC', nowMs);
  const title = formatTime({ at, style: 'moment' }, texts, 'UTC');
  return markup`<time${attributes({ datetime: isoTime(at), title })}>${words}</time>`;
}
