import { words } from '../words/words.ts';
import { colourOf } from './discord-embed.ts';
import { markdownViews } from './discord-markdown.ts';
import { isVideoAddress, pictureView } from './media.ts';
import { h, outwards, type View, veil } from './view.ts';

/** A component of the API (Component Reference), as far as this page shows it. */
export interface Component {
  readonly type: number;
  readonly content?: string;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
  readonly items?: readonly MediaItem[];
  readonly media?: { readonly url: string };
  readonly description?: string | null;
  readonly spoiler?: boolean;
  readonly accent_color?: number | null;
  readonly divider?: boolean;
  readonly style?: number;
  readonly label?: string;
  readonly url?: string;
  readonly custom_id?: string;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  /** Options of a select menu, filled in by the app for roles and channels. */
  readonly options?: readonly {
    readonly value: string;
    readonly label: string;
    readonly default?: boolean;
  }[];
  readonly min_values?: number;
  readonly max_values?: number;
}

interface MediaItem {
  readonly media: { readonly url: string };
  readonly description?: string | null;
  readonly spoiler?: boolean;
}

const LINK_STYLE = 5;

/** The look of each type of component; other types show nothing. */
const views: Readonly<Record<number, (component: Component, nowMs: number) => View>> = {
  1: (row, nowMs) => h('div', { class: 'row' }, componentViews(row.components, nowMs)),
  2: buttonView,
  3: selectView,
  6: selectView,
  8: selectView,
  9: (section, nowMs) =>
    h(
      'div',
      { class: 'section' },
      h('div', {}, componentViews(section.components, nowMs)),
      section.accessory && componentViews([section.accessory], nowMs),
    ),
  10: ({ content = '' }, nowMs) => h('div', { class: 'text' }, markdownViews(content, nowMs)),
  11: ({ media, description, spoiler = false }) =>
    h(
      'div',
      { class: 'thumbnail' },
      itemView({ media: media ?? { url: '' }, spoiler, description: description ?? '' }),
    ),
  12: ({ items = [] }) => h('div', { class: `gallery of-${Math.min(items.length, 4)}` }, items.map(itemView)),
  14: ({ divider = true }) => h('hr', divider ? {} : { class: 'gap' }),
  17: containerView,
};

/** The component types that are shown here. */
export const COMPONENT_TYPES: readonly number[] = Object.keys(views).map(Number);

export function componentViews(components: readonly Component[] | undefined, nowMs: number): readonly View[] {
  return (components ?? []).flatMap((component) => views[component.type]?.(component, nowMs) ?? []);
}

function containerView({ components, accent_color: accent, spoiler }: Component, nowMs: number): View {
  return h(
    'div',
    {
      class: spoiler ? 'container spoiler' : 'container',
      'data-accent': colourOf(accent),
      ...(spoiler && veil()),
    },
    componentViews(components, nowMs),
    spoiler && h('span', { class: 'cover' }, words().chat.spoiler),
  );
}

function buttonView({ style = 2, label = '', url, custom_id: customId, disabled }: Component): View {
  if (style === LINK_STYLE && url) return h('span', { class: 'button link' }, outwards(url, label, ' ↗'));
  return h(
    'button',
    {
      class: `button style-${style}`,
      type: 'button',
      'data-act': 'press',
      'data-token': customId,
      'data-label': label,
      ...(disabled && { disabled: '' }),
    },
    label,
  );
}

/** One option of a select; if none may be chosen, the placeholder takes the choice back, like the app's cross. */
function selectView(select: Component): View {
  const {
    custom_id: customId,
    placeholder = '',
    options = [],
    min_values: min = 1,
    max_values: max = 1,
  } = select;
  if (max > 1) return severalView(select);
  const isChosen = options.some((option) => option.default);
  return h(
    'select',
    { class: 'pick', 'data-token': customId, 'data-min': String(min), 'aria-label': placeholder },
    (min === 0 || !isChosen) && h('option', { value: '' }, placeholder),
    ...options.map((option) =>
      h('option', { value: option.value, ...(option.default && { selected: '' }) }, option.label),
    ),
  );
}

/** A multi-select: the chosen options, and all options once it is open; closing it submits the choice. */
function severalView({ custom_id: customId, placeholder = '', options = [] }: Component): View {
  const chosen = options.filter((option) => option.default);
  return h(
    'details',
    { class: 'pick several', 'data-token': customId, 'aria-label': placeholder },
    h(
      'summary',
      {},
      chosen.length === 0
        ? h('span', { class: 'placeholder' }, placeholder)
        : chosen.map(({ label }) => h('span', { class: 'chosen' }, label)),
    ),
    ...options.map(({ value, label, default: isChosen }) =>
      h('label', {}, label, h('input', { type: 'checkbox', value, ...(isChosen && { checked: '' }) })),
    ),
  );
}

function itemView({ media, description, spoiler = false }: MediaItem): View {
  return pictureView({
    source: media.url,
    alt: description ?? '',
    isVideo: isVideoAddress(media.url),
    veiled: spoiler,
  });
}
