import type { Texts } from '../i18n/texts.ts';

/** A piece of running text. A node keeps both the source text and its meaning. Line breaks are `\n` in `text`. */
export type Inline =
  /** `placeholder`: text supplied by us inside a note, which readers get in their own language (`note/placeholders`). */
  | { readonly type: 'text'; readonly text: string; readonly placeholder?: PlaceholderText }
  | { readonly type: 'strong' | 'emphasis' | 'strike' | 'spoiler'; readonly children: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  /** Without a `label` the URL is shown as it was `written`. `url` is an absolute http or https URL. */
  | {
      readonly type: 'link';
      readonly url: string;
      readonly written: string;
      readonly label?: readonly Inline[];
    }
  /** A person on Nostr. `name` has no at sign; `url` opens the person in a web client. */
  | {
      readonly type: 'mention';
      readonly pubkey: string;
      readonly name: string;
      readonly url: string;
      readonly written: string;
    }
  /** `tag` is lower-case, without the hash sign. */
  | { readonly type: 'hashtag'; readonly tag: string; readonly written: string }
  /** A NIP-30 custom emoji; both platforms show `:name:`. */
  | { readonly type: 'emoji'; readonly name: string; readonly url: string }
  /**
   * One of our commands, without the slash; tapping it runs it on platforms that support that. `words` follow it. `id`
   * is the platform's own id, if it has one. Never made from an author's text.
   */
  | { readonly type: 'command'; readonly name: string; readonly words?: string; readonly id?: string }
  /**
   * A moment, `at` in seconds since 1970. `words`: the moment as text for one reader (`note/dates/format-times`). `day`
   * is a short date for lists, without the current year; `ago` is relative for recent moments; `clock` is a time on a day
   * named above it.
   */
  | {
      readonly type: 'time';
      readonly at: number;
      readonly style: 'date' | 'moment' | 'day' | 'ago' | 'clock';
      readonly words?: string;
    };

type NoteTexts = Texts['note'];

/** One of the catalogue's texts for notes: its name, then the arguments to fill in. */
export type PlaceholderText = {
  [Name in keyof NoteTexts]: NoteTexts[Name] extends (...filledIn: infer Given) => string
    ? readonly [Name, ...Given]
    : readonly [Name];
}[keyof NoteTexts];

export type InlineType = Inline['type'];

export type MediaKind = 'image' | 'video' | 'audio';

/** A picture, video or recording, by URL. Never downloaded by this layer. */
export interface Media {
  readonly kind: MediaKind;
  /** An absolute http or https URL, or that of a picture we draw (`media/own-picture`). */
  readonly url: string;
  /** Other URLs of the same bytes, best first (NIP-92 `fallback`). */
  readonly alternatives: readonly string[];
  readonly mime?: string;
  /** SHA-256 of the bytes, 64 hex digits, if the note states it (NIP-94 `x`). */
  readonly sha256?: string;
  readonly alt?: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly durationS?: number;
  /** URL of a still picture for a video. */
  readonly poster?: string;
}

/** The command that a button or select runs, without the slash, and its options by name, as if chosen in the menu. */
export type Callback =
  | { readonly command: string; readonly options: Readonly<Record<string, string>> }
  /** The options are stored under this name, because they don't fit into a button (`command/callback-store`). */
  | { readonly command: string; readonly storedKey: string };

export type Button =
  /** `needsNostrClient`: the action needs a Nostr client, so the link never leads to the public site. */
  | { readonly label: string; readonly url: string; readonly needsNostrClient?: true }
  | {
      readonly label: string;
      readonly callback: Callback;
      /** Whether the answer replaces the message or is a message of its own. */
      readonly responseMode: 'replace' | 'add';
      /** Shows a setting that is on, so the button looks switched on. */
      readonly isOn?: boolean;
      /** Deletes or ends something; the button looks like it if the platform has a style for that. */
      readonly isDestructive?: true;
    };

/**
 * A select. The selected values, joined by spaces, are appended to the callback's last option; `none` if nothing is selected.
 */
export interface Select {
  readonly type: 'select';
  /** What is selected: "Time zone". */
  readonly label: string;
  /** At most 25 options, or the platform's own channels or roles; left out on platforms that have none. */
  readonly options: readonly SelectOption[] | 'channel' | 'role';
  /** The values selected now, or the platform's ids. */
  readonly selected: readonly string[];
  readonly amount: 'one' | 'at most one' | 'any';
  readonly callback: Callback;
  readonly responseMode: 'replace' | 'add';
}

/** `value`: 1 to 100 characters, unique. */
export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly children: readonly Inline[] }
  /** `start` numbers an ordered list; a list without it has bullets. */
  | { readonly type: 'list'; readonly start?: number; readonly items: readonly (readonly Inline[])[] }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | { readonly type: 'code-block'; readonly text: string; readonly language?: string }
  /** A small picture beside the text above it, such as a portrait; left out if the message has no place for one. */
  | { readonly type: 'portrait'; readonly url: string; readonly alt: string }
  /** The author of what follows; left out if the bot or the chat already has that name (`platform/sender-name`). */
  | { readonly type: 'byline'; readonly name: string; readonly url: string; readonly picture?: string }
  /** A gallery, in the author's order; at least one item. */
  | { readonly type: 'media'; readonly items: readonly Media[] }
  /** A quoted note, one level deep. */
  | {
      readonly type: 'quoted-note';
      readonly author: string;
      readonly url: string;
      readonly children: readonly Block[];
    }
  /** The page that the note is about, with its headline. */
  | { readonly type: 'link-card'; readonly url: string; readonly title: string; readonly site: string }
  /** Hidden until the reader reveals it (NIP-36); `reason` stays visible. */
  | { readonly type: 'hidden'; readonly reason: string; readonly children: readonly Block[] }
  /** Secondary text: sources, page numbers. */
  | { readonly type: 'small'; readonly children: readonly Inline[] }
  | { readonly type: 'divider' }
  /** Rows of at most five buttons; platforms put them below the message, wherever they are in the document. */
  | { readonly type: 'buttons'; readonly rows: readonly (readonly Button[])[] }
  | Select;

export type BlockType = Block['type'];

/** Content for readers, before a platform renders it. */
export type Document = readonly Block[];

export const text = (value: string): Inline => ({ type: 'text', text: value });
export const strong = (...children: readonly Inline[]): Inline => ({ type: 'strong', children });
export const emphasis = (...children: readonly Inline[]): Inline => ({ type: 'emphasis', children });
export const link = (url: string, label?: string): Inline =>
  label === undefined
    ? { type: 'link', url, written: url }
    : { type: 'link', url, written: url, label: [text(label)] };
export const paragraph = (...children: readonly Inline[]): Block => ({ type: 'paragraph', children });
export const heading = (level: 1 | 2 | 3, ...children: readonly Inline[]): Block => ({
  type: 'heading',
  level,
  children,
});
export const small = (...children: readonly Inline[]): Block => ({ type: 'small', children });
/** Omits options without a value. */
export const callback = (
  command: string,
  options: Readonly<Record<string, string | number | undefined>> = {},
): Callback => ({
  command,
  options: Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ),
});
/** Omits rows without a button. */
export const buttons = (...rows: readonly (readonly Button[])[]): Block => ({
  type: 'buttons',
  rows: rows.filter((row) => row.length > 0),
});

/** The text of a run as one would read it aloud: no markup, names with their at sign. */
export function inlineText(children: readonly Inline[]): string {
  return children.map(textOf).join('');
}

/** The slice of `2025-03-01T12:00:00.000Z` that each style shows. */
const SHOWN_OF_ISO = {
  date: [0, 10],
  moment: [0, 16],
  day: [0, 10],
  ago: [0, 10],
  clock: [11, 16],
} as const;

function textOf(inline: Inline): string {
  switch (inline.type) {
    case 'text':
    case 'code':
      return inline.text;
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'spoiler':
      return inlineText(inline.children);
    case 'link':
      return inline.label ? inlineText(inline.label) : inline.written;
    case 'mention':
      return `@${inline.name}`;
    case 'hashtag':
      return inline.written;
    case 'emoji':
      return `:${inline.name}:`;
    case 'command':
      return commandLine(inline);
    case 'time':
      if (inline.words !== undefined) return inline.words;
      return new Date(inline.at * 1000)
        .toISOString()
        .slice(...SHOWN_OF_ISO[inline.style])
        .replace('T', ' ');
  }
}

/** The command as one would type it. */
export const commandLine = ({ name, words }: Extract<Inline, { readonly type: 'command' }>): string =>
  words === undefined ? `/${name}` : `/${name} ${words}`;

/** The document without media, for contexts that only show text. */
export const withoutMedia = (document: Document): Document => document.filter(({ type }) => type !== 'media');

/** Length of `inlineText` without building it: splitting needs it very often. */
export const inlineLength = (children: readonly Inline[]): number =>
  children.reduce((sum, child) => sum + lengthOf(child), 0);

export function lengthOf(inline: Inline): number {
  if (inline.type === 'text' || inline.type === 'code') return inline.text.length;
  return 'children' in inline ? inlineLength(inline.children) : textOf(inline).length;
}

/** The text of a document, blocks separated by blank lines; search indexes it. */
export function documentText(document: Document): string {
  return document.map(blockText).filter(Boolean).join('\n\n');
}

/** Length of `documentText` without building it. */
export function documentLength(document: Document): number {
  let sum = 0;
  for (const block of document) {
    const length = blockLength(block);
    if (length > 0) sum += (sum > 0 ? 2 : 0) + length;
  }
  return sum;
}

function blockLength(block: Block): number {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'small':
      return inlineLength(block.children);
    case 'list':
      return block.items.reduce((sum, item) => sum + inlineLength(item) + 1, -1);
    case 'quote':
    case 'hidden':
    case 'quoted-note':
      return documentLength(block.children);
    default:
      return blockText(block).length;
  }
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'small':
      return inlineText(block.children);
    case 'list':
      return block.items.map(inlineText).join('\n');
    case 'quote':
    case 'hidden':
    case 'quoted-note':
      return documentText(block.children);
    case 'code-block':
      return block.text;
    case 'media':
      return block.items
        .map((item) => item.alt ?? '')
        .filter(Boolean)
        .join('\n');
    case 'link-card':
      return block.title;
    case 'byline':
    case 'portrait':
    case 'divider':
    case 'buttons':
    case 'select':
      return '';
  }
}
