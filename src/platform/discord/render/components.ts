import {
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIContainerComponent,
  type APIMediaGalleryComponent,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType,
  SelectMenuDefaultValueType,
} from 'discord-api-types/v10';
import { encodeCallback } from '../../../command/callback-codec.ts';
import { chunk } from '../../../lib/chunk.ts';
import { truncateText } from '../../../lib/truncate-text.ts';
import { type Button, type Callback, type Media, type Select } from '../../../note/document.ts';
import { albumsOf } from '../../albums.ts';
import { buttonLabel } from '../../button-label.ts';
import { DELIVERABLE_TYPES } from '../guilds/required-permissions.ts';
import { escapeMarkdown, sanitize } from './escape.ts';
import type { Piece } from './pieces.ts';

/** Component Reference. */
const MAX_GALLERY_ITEMS = 10;
const MAX_ALT = 1024;
const MAX_BUTTONS_PER_ROW = 5;
const MAX_LABEL = 80;
/** For selects. */
const MAX_PLACEHOLDER = 150;
const MAX_OPTIONS = 25;
const MAX_OPTION = 100;

/** Colour of the edge of cards and embeds. */
export const ACCENT = 0x8e30eb;

export type ActionRow = APIActionRowComponent<APIComponentInMessageActionRow>;

/**
 * One card for every run of hidden or of visible pieces. Buttons go to the end of the last card, or below it if that is hidden;
 * selects stay where they are.
 */
export function toContainers(pieces: readonly Piece[]): readonly (APIContainerComponent | ActionRow)[] {
  const idOf = createCustomIds();
  const cards: { components: APIComponentInContainer[]; spoiler: boolean }[] = [];
  for (const piece of pieces) {
    const components = toComponents(piece, idOf);
    const last = cards.at(-1);
    if (piece.type === 'portrait') addThumbnail(last?.components, piece);
    else if (last?.spoiler === piece.hidden) last.components.push(...components);
    else if (components.length > 0) cards.push({ components: [...components], spoiler: piece.hidden });
  }
  const buttons = toButtonRows(pieces, idOf);
  const last = cards.at(-1);
  const isOpen = last?.spoiler === false;
  if (isOpen) last.components.push(...buttons);
  return [
    ...cards.map(
      ({ components, spoiler }): APIContainerComponent => ({
        type: ComponentType.Container,
        accent_color: ACCENT,
        ...(spoiler ? { spoiler } : {}),
        components,
      }),
    ),
    ...(isOpen ? [] : buttons),
  ];
}

function toComponents(piece: Piece, idOf: CustomIdFor): readonly APIComponentInContainer[] {
  switch (piece.type) {
    case 'text':
      return [{ type: ComponentType.TextDisplay, content: piece.text }];
    case 'gallery':
      return albumsOf(piece.items, MAX_GALLERY_ITEMS).map((items) => toGallery(items, piece.hidden));
    case 'divider':
      return [{ type: ComponentType.Separator, divider: true }];
    case 'select':
      return [...selectLabel(piece.select), toActionRow(toSelect(piece.select, idOf))];
    case 'portrait':
    case 'row':
      return [];
  }
}

/** Discord only shows thumbnails beside text, so without a text before it the picture is left out. */
function addThumbnail(
  components: APIComponentInContainer[] | undefined,
  { url, alt }: Extract<Piece, { type: 'portrait' }>,
): void {
  const beside = components?.at(-1);
  if (!components || beside?.type !== ComponentType.TextDisplay) return;
  const description = truncateText(sanitize(alt).trim(), MAX_ALT);
  components[components.length - 1] = {
    type: ComponentType.Section,
    components: [beside],
    accessory: {
      type: ComponentType.Thumbnail,
      media: { url },
      ...(description ? { description } : {}),
    },
  };
}

function toGallery(items: readonly Media[], hidden: boolean): APIMediaGalleryComponent {
  return {
    type: ComponentType.MediaGallery,
    items: items.map((item) => {
      const description = truncateText(sanitize(item.alt ?? '').trim(), MAX_ALT);
      return {
        media: { url: item.url },
        ...(description ? { description } : {}),
        ...(hidden ? { spoiler: true } : {}),
      };
    }),
  };
}

/** The selects and buttons among the pieces. */
export function toActionRows(pieces: readonly Piece[]): readonly ActionRow[] {
  const idOf = createCustomIds();
  const selects = pieces.flatMap((piece) =>
    piece.type === 'select' ? [toActionRow(toSelect(piece.select, idOf))] : [],
  );
  return [...selects, ...toButtonRows(pieces, idOf)];
}

type CustomIdFor = (pressable: {
  readonly callback: Callback;
  readonly responseMode: 'replace' | 'add';
}) => string;

/** Discord refuses messages with two components of the same id. */
function createCustomIds(): CustomIdFor {
  const times = new Map<string, number>();
  return ({ callback, responseMode }) => {
    const id = encodeCallback(callback, responseMode);
    const before = times.get(id) ?? 0;
    times.set(id, before + 1);
    return encodeCallback(callback, responseMode, before);
  };
}

const toActionRow = (...components: readonly APIComponentInMessageActionRow[]): ActionRow => ({
  type: ComponentType.ActionRow,
  components: [...components],
});

const toButtonRows = (pieces: readonly Piece[], idOf: CustomIdFor): readonly ActionRow[] =>
  pieces
    .flatMap((piece) => (piece.type === 'row' ? chunk(piece.buttons, MAX_BUTTONS_PER_ROW) : []))
    .map((buttons) => toActionRow(...buttons.map((button) => toButton(button, idOf))));

function toButton(button: Button, idOf: CustomIdFor): APIComponentInMessageActionRow {
  const label = truncateText(sanitize(buttonLabel(button)), MAX_LABEL);
  if ('url' in button) return { type: ComponentType.Button, style: ButtonStyle.Link, label, url: button.url };
  const style = button.isOn
    ? ButtonStyle.Success
    : button.isDestructive
      ? ButtonStyle.Danger
      : ButtonStyle.Secondary;
  return { type: ComponentType.Button, style, label, custom_id: idOf(button) };
}

/** A select shows either its placeholder or what is chosen; in the second case the label goes above it. */
function selectLabel({ label, selected }: Select): readonly APIComponentInContainer[] {
  if (selected.length === 0) return [];
  return [{ type: ComponentType.TextDisplay, content: `**${escapeMarkdown(label.replace(/…$/u, ''))}**` }];
}

/** The channel types that notes can be delivered to. */
const CHANNEL_TYPES = [...DELIVERABLE_TYPES];

/** Throws `RangeError` for a select without options, or with more than a select takes. */
function toSelect(select: Select, idOf: CustomIdFor): APISelectMenuComponent {
  const { label, options, selected, amount } = select;
  const most = amount === 'any' && typeof options === 'object' ? options.length : 1;
  const base = {
    custom_id: idOf(select),
    placeholder: truncateText(sanitize(label), MAX_PLACEHOLDER),
    min_values: amount === 'one' ? 1 : 0,
    max_values: most,
  };
  if (options === 'role')
    return {
      type: ComponentType.RoleSelect,
      ...base,
      default_values: selected.map((id) => ({ id, type: SelectMenuDefaultValueType.Role })),
    };
  if (options === 'channel')
    return {
      type: ComponentType.ChannelSelect,
      ...base,
      channel_types: CHANNEL_TYPES,
      default_values: selected.map((id) => ({ id, type: SelectMenuDefaultValueType.Channel })),
    };
  if (options.length === 0 || options.length > MAX_OPTIONS)
    throw new RangeError(`Cannot show a select with ${options.length} options: ${label}`);
  return {
    type: ComponentType.StringSelect,
    ...base,
    options: options.map(({ value, label: name }) => ({
      value,
      label: truncateText(sanitize(name), MAX_OPTION),
      ...(selected.includes(value) && { default: true }),
    })),
  };
}
