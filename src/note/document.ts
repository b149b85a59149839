import type { Texts } from '../i18n/texts.ts';

/** A piece of running text. A node keeps what was written and what it means. Line breaks are `\n` in `text`. */
export type Inline =
  /** `ours`: words of ours inside a note, which readers get in their own language (`note/own-words`). */
  | { readonly type: 'text'; readonly text: string; readonly placeholder?: PlaceholderText }
  | { readonly type: 'strong' | 'emphasis' | 'strike' | 'spoiler'; readonly children: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  /** Without `label` the address itself is shown, as it was `written`; `url` is absolute http or https. */
  | {
      readonly type: 'link';
      readonly url: string;
      readonly written: string;
      readonly label?: readonly Inline[];
    }
  /** Somebody on Nostr. `name` is without the at sign; `url` leads to the person in a web client. */
  | {
      readonly type: 'mention';
      readonly pubkey: string;
      readonly name: string;
      readonly url: string;
      readonly written: string;
    }
  /** `tag` is lower-case and without the hash sign. */
  | { readonly type: 'hashtag'; readonly tag: string; readonly written: string }
  /** NIP-30 custom emoji; both platforms show `:name:`. */
  | { readonly type: 'emoji'; readonly name: string; readonly url: string }
  /**
   * One of our commands, without the slash: where a platform can, a touch asks it. `words` stand behind it. `id` is the
   * platform's own, where it has such. Never made from an author's text.
   */
  | { readonly type: 'command'; readonly name: string; readonly words?: string; readonly id?: string }
  /**
   * A moment, `at` in seconds since 1970; `words`: how it is put for a reader (`note/times`). `day` is a date as lists
   * have it, short and without this year; `ago` how long ago, where that says more; `clock` the time of a day named above.
   */
  | {
      readonly type: 'time';
      readonly at: number;
      readonly style: 'date' | 'moment' | 'day' | 'ago' | 'clock';
      readonly words?: string;
    };

type NoteTexts = Texts['note'];

/** One of the texts for notes by its name, with what is filled in. */
export type PlaceholderText = {
  [Name in keyof NoteTexts]: NoteTexts[Name] extends (...filledIn: infer Given) => string
    ? readonly [Name, ...Given]
    : readonly [Name];
}[keyof NoteTexts];

export type InlineType = Inline['type'];

export type MediaKind = 'image' | 'video' | 'audio';

/** Something to look at or listen to, by address. Never downloaded by this layer. */
export interface Media {
  readonly kind: MediaKind;
  /** Absolute http or https. */
  readonly url: string;
  /** Other addresses of the same bytes, best first (NIP-92 `fallback`). */
  readonly alternatives: readonly string[];
  readonly mime?: string;
  /** Of the bytes, 64 hex digits, where the note says it (NIP-94 `x`). */
  readonly sha256?: string;
  readonly alt?: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly durationS?: number;
  /** Address of a still picture for a video. */
  readonly poster?: string;
}

/** A command without the slash, and its options by name: what a press asks, as if the presser had chosen it in a menu. */
export type Callback =
  | { readonly command: string; readonly options: Readonly<Record<string, string>> }
  /** The options are kept under this name, being more than a button holds (`command/presses`). */
  | { readonly command: string; readonly kept: string };

export type Button =
  | { readonly label: string; readonly url: string }
  | {
      readonly label: string;
      readonly callback: Callback;
      /** Whether the answer takes the place of the message pressed on, or comes as a message of its own. */
      readonly responseMode: 'replace' | 'add';
      /** It says what holds now, so it looks switched on. */
      readonly isOn?: boolean;
      /** It deletes or ends something, so it looks like it where the platform has a look for that. */
      readonly isGrave?: true;
    };

/** Something to choose. What is chosen is put behind the last option of the press, with blanks between; `none` where that is nothing. */
export interface Choice {
  readonly type: 'choice';
  /** What it is about: "Time zone". */
  readonly label: string;
  /** What there is to choose from, at most 25; or the platform's own channels or roles, left out where it has none. */
  readonly from: readonly ChoiceOption[] | 'channel' | 'role';
  /** The values of what is chosen now, or ids of the platform's. */
  readonly chosen: readonly string[];
  readonly amount: 'one' | 'at most one' | 'any';
  readonly callback: Callback;
  readonly responseMode: 'replace' | 'add';
}

/** `value`: 1 to 100 characters, no two alike. Where several are to be had one by one, `+` or `-` stands before it. */
export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
}

export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly children: readonly Inline[] }
  /** `start` numbers an ordered list; without it the list has bullets. */
  | { readonly type: 'list'; readonly start?: number; readonly items: readonly (readonly Inline[])[] }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | { readonly type: 'code-block'; readonly text: string; readonly language?: string }
  /** A small picture beside the words above it, as of a person; left out where a message has no place for such. */
  | { readonly type: 'portrait'; readonly url: string; readonly alt: string }
  /** Who wrote what follows: left out where the bot, or the chat, is called so already (`platform/same-name`). */
  | { readonly type: 'byline'; readonly name: string; readonly url: string; readonly picture?: string }
  /** A gallery, in the author's order; at least one item. */
  | { readonly type: 'media'; readonly items: readonly Media[] }
  /** Somebody's note inside another, one level deep. */
  | {
      readonly type: 'quoted-note';
      readonly author: string;
      readonly url: string;
      readonly children: readonly Block[];
    }
  /** A page that the note is about, with its headline. */
  | { readonly type: 'link-card'; readonly url: string; readonly title: string; readonly site: string }
  /** Hidden until the reader asks for it (NIP-36); `reason` is shown in the open. */
  | { readonly type: 'hidden'; readonly reason: string; readonly children: readonly Block[] }
  /** A quiet line: where it came from, page numbers. */
  | { readonly type: 'small'; readonly children: readonly Inline[] }
  | { readonly type: 'divider' }
  /** Rows of at most five buttons; platforms show them under the message, wherever they stand. */
  | { readonly type: 'buttons'; readonly rows: readonly (readonly Button[])[] }
  | Choice;

export type BlockType = Block['type'];

/** What is to be read, before any platform's look is given to it. */
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
/** Options without a value are left out. */
export const callback = (
  command: string,
  options: Readonly<Record<string, string | number | undefined>> = {},
): Callback => ({
  command,
  options: Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ),
});
/** Rows without a button are left out. */
export const buttons = (...rows: readonly (readonly Button[])[]): Block => ({
  type: 'buttons',
  rows: rows.filter((row) => row.length > 0),
});
/** Rows of so many, in their order. */
export function chunk<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, row) =>
    items.slice(row * size, (row + 1) * size),
  );
}

/** The words of a run of inlines, as a reader would read them aloud: no markup, names with their at sign. */
export function inlineText(children: readonly Inline[]): string {
  return children.map(textOf).join('');
}

/** What `2025-03-01T12:00:00.000Z` shows of a moment, from where to where. */
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

/** A command as one would type it. */
export const commandLine = ({ name, words }: Extract<Inline, { readonly type: 'command' }>): string =>
  words === undefined ? `/${name}` : `/${name} ${words}`;

/** Without its pictures, films and sounds, which say something where they stand and not among the words of a line. */
export const withoutMedia = (document: Document): Document => document.filter(({ type }) => type !== 'media');

/** Of `inlineText`, without making it: splitting asks for it at every turn. */
export const inlineLength = (children: readonly Inline[]): number =>
  children.reduce((sum, child) => sum + lengthOf(child), 0);

export function lengthOf(inline: Inline): number {
  if (inline.type === 'text' || inline.type === 'code') return inline.text.length;
  return 'children' in inline ? inlineLength(inline.children) : textOf(inline).length;
}

/** The words of a document, blocks set apart by a blank line: what search indexes and the first lines show. */
export function documentText(document: Document): string {
  return document.map(blockText).filter(Boolean).join('\n\n');
}

/** Of `documentText`, without making it. */
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
    case 'choice':
      return '';
  }
}
