import {
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIContainerComponent,
  type APIMediaGalleryComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Button, Media, Press } from '../../note/document.ts';
import { shortened } from '../../note/shortened.ts';
import { albumsOf } from '../albums.ts';
import { encodePress } from '../press.ts';
import { cleaned } from './escape.ts';
import { DELIVERABLE } from './kinds.ts';
import type { Piece } from './pieces.ts';

/** Limits of the Component Reference. */
const MAX_GALLERY_ITEMS = 10;
const MAX_ALT = 1024;
const MAX_ROW = 5;
const MAX_LABEL = 80;

/** The colour at the edge of a card or an embed. */
export const ACCENT = 0x8e30eb;

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/**
 * The pieces as cards, one for each run of open or of hidden pieces. The buttons come last, in the open: in the last
 * card, or below it where that one is hidden.
 */
export function containers(pieces: readonly Piece[]): readonly (APIContainerComponent | Row)[] {
  const cards: { components: APIComponentInContainer[]; spoiler: boolean }[] = [];
  for (const piece of pieces) {
    const components = inContainer(piece);
    const last = cards.at(-1);
    if (piece.type === 'portrait') putBeside(last?.components, piece);
    else if (last?.spoiler === piece.hidden) last.components.push(...components);
    else if (components.length > 0) cards.push({ components: [...components], spoiler: piece.hidden });
  }
  const buttons = rows(pieces);
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

function inContainer(piece: Piece): readonly APIComponentInContainer[] {
  switch (piece.type) {
    case 'text':
      return [{ type: ComponentType.TextDisplay, content: piece.text }];
    case 'gallery':
      return albumsOf(piece.items, MAX_GALLERY_ITEMS).map((items) => gallery(items, piece.hidden));
    case 'divider':
      return [{ type: ComponentType.Separator, divider: true }];
    case 'portrait':
    case 'row':
      return [];
  }
}

/** Discord shows a thumbnail only beside a text; where none stands before it, it is left out. */
function putBeside(
  components: APIComponentInContainer[] | undefined,
  { url, alt }: Extract<Piece, { type: 'portrait' }>,
): void {
  const beside = components?.at(-1);
  if (!components || beside?.type !== ComponentType.TextDisplay) return;
  const description = shortened(cleaned(alt).trim(), MAX_ALT);
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

function gallery(items: readonly Media[], hidden: boolean): APIMediaGalleryComponent {
  return {
    type: ComponentType.MediaGallery,
    items: items.map((item) => {
      const description = shortened(cleaned(item.alt ?? '').trim(), MAX_ALT);
      return {
        media: { url: item.url },
        ...(description ? { description } : {}),
        ...(hidden ? { spoiler: true } : {}),
      };
    }),
  };
}

/** The rows of buttons among the pieces, five to a row. Discord takes no message in which two have one id. */
export function rows(pieces: readonly Piece[]): readonly Row[] {
  const times = new Map<string, number>();
  const idOf: IdOf = ({ press, manner }) => {
    const id = encodePress(press, manner);
    const before = times.get(id) ?? 0;
    times.set(id, before + 1);
    return encodePress(press, manner, before);
  };
  return pieces
    .flatMap((piece) => (piece.type === 'row' ? inRows(piece.buttons) : []))
    .map((buttons) => ({
      type: ComponentType.ActionRow,
      components: buttons.map((button) => renderButton(button, idOf)),
    }));
}

type IdOf = (button: Extract<Button, { press: Press }>) => string;

/** Five buttons to a row; what something is chosen from takes a row of its own. */
function inRows(buttons: readonly Button[]): readonly (readonly Button[])[] {
  const isSelect = (button: Button): boolean => 'pick' in button;
  return [
    ...chunks(
      buttons.filter((button) => !isSelect(button)),
      MAX_ROW,
    ),
    ...buttons.filter(isSelect).map((button) => [button]),
  ];
}

/** What notes can be delivered to. */
const CHANNELS = [...DELIVERABLE];

function renderButton(button: Button, idOf: IdOf): APIComponentInMessageActionRow {
  const label = shortened(cleaned(button.label), MAX_LABEL);
  if ('press' in button && button.pick) {
    const select = { custom_id: idOf(button), placeholder: label };
    return button.pick === 'role'
      ? { type: ComponentType.RoleSelect, ...select }
      : { type: ComponentType.ChannelSelect, ...select, channel_types: CHANNELS };
  }
  return 'url' in button
    ? { type: ComponentType.Button, style: ButtonStyle.Link, label, url: button.url }
    : { type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id: idOf(button) };
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
