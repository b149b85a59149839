import { markdownViews } from './discord-markdown.ts';
import { pictureView } from './media.ts';
import { h, outwards, type View } from './view.ts';

/** An embed of the API (Message Resource, Embed Object), as far as this page shows it. */
export interface Embed {
  readonly title?: string;
  readonly url?: string;
  readonly description?: string;
  readonly color?: number;
  readonly author?: { readonly name: string; readonly url?: string; readonly icon_url?: string };
  readonly footer?: { readonly text: string };
  readonly image?: { readonly url: string };
}

/** Apps show up to this many pictures of embeds with the same URL as one embed. */
const MOST_PICTURES = 4;

/** The embeds of a message; those with the same URL become one, with all of their pictures. */
export function embedViews(embeds: readonly Embed[], nowMs: number): readonly View[] {
  return embeds.flatMap((embed, index) => {
    const isAnother = (one: Embed): boolean => one.url === undefined || one.url !== embed.url;
    if (!embeds.slice(0, index).every(isAnother)) return [];
    const all = [embed, ...embeds.slice(index + 1).filter((one) => !isAnother(one))];
    const pictures = all.flatMap(({ image }) => (image ? [image.url] : [])).slice(0, MOST_PICTURES);
    return [embedView(embed, pictures, nowMs)];
  });
}

function embedView(
  { title, url, description, color, author, footer }: Embed,
  pictures: readonly string[],
  nowMs: number,
): View {
  return h(
    'div',
    { class: 'container embed', 'data-accent': colourOf(color) },
    author && authorView(author),
    title !== undefined && h('p', {}, h('b', {}, url ? outwards(url, title) : title)),
    description !== undefined && h('div', { class: 'text' }, markdownViews(description, nowMs)),
    pictures.length > 0 && h('div', { class: `gallery of-${pictures.length}` }, pictures.map(stillView)),
    footer && h('small', {}, footer.text),
  );
}

function authorView({ name, url, icon_url: icon }: NonNullable<Embed['author']>): View {
  return h(
    'div',
    { class: 'author' },
    icon !== undefined && stillView(icon),
    h('b', {}, url === undefined ? name : outwards(url, name)),
  );
}

const stillView = (source: string): View => pictureView({ source, alt: '', isVideo: false, veiled: false });

/** A colour for CSS; `undefined` if there is none. */
export const colourOf = (colour: number | null | undefined): string | undefined =>
  typeof colour === 'number' ? `#${colour.toString(16).padStart(6, '0')}` : undefined;
