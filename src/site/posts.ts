import type { Language, Texts } from '../i18n/texts.ts';
import { oneLine } from '../lib/truncate-text.ts';
import { type Block, type Document, documentLength, inlineText, type Media } from '../note/document.ts';
import { datedAt, type Note } from '../note/note.ts';
import { eventUrl } from '../note/pointer.ts';
import { truncateColumns } from '../note/present/display-width.ts';
import { excerptOf } from '../note/present/excerpt.ts';
import type { Presenter } from '../note/present/finish.ts';
import { withBeginningOnly } from '../note/present/note-text.ts';
import { headlineOf, teaserOf } from '../note/present/note-to-document.ts';
import type { ResolvedReferences } from '../note/references/references.ts';
import { paths } from './addresses.ts';
import { languageOf } from './languages.ts';

/** A note as the site shows it. Plain text unless said otherwise. */
export interface Post {
  readonly note: Note;
  /** Below the base address. */
  readonly path: string;
  /** Its title, or its first words; the content warning if it has one. Never empty. */
  readonly headline: string;
  /** The author's own title, which the document doesn't repeat; none if a warning covers it. */
  readonly title?: string;
  /** A sentence or two for link previews; may be empty. */
  readonly description: string;
  /** All of it, without its title. */
  readonly document: Document;
  /** An IETF tag, if known. */
  readonly language?: string;
  /** Nothing of a note with a content warning. */
  readonly picture?: Media;
  /** What feeds enclose; nothing of a note with a content warning. */
  readonly media: readonly Media[];
  /** Seconds since 1970. */
  readonly publishedAt: number;
  readonly editedAt: number;
  /** In the operator's web client for Nostr. */
  readonly nostr: { readonly label: string; readonly url: string };
}

/** The beginning of a post, for lists. */
export interface Preview extends Post {
  /** Whether `document` is only the beginning, and without media. */
  readonly isCut: boolean;
}

/** Longer posts are only begun in lists, in UTF-16 units. */
const MAX_WHOLE = 900;
/** How much of them is shown. */
const EXCERPT = 320;
/** Columns of a description: as much as link previews show. */
const DESCRIPTION = 200;
const ARTICLE = 30_023;

export interface PostMakerParts {
  readonly finishNote: Presenter['finishNote'];
  readonly finish: Presenter['finish'];
  readonly language: Language;
  readonly texts: Texts;
}

/** Turns notes into posts. */
export function createPostMaker({ finishNote, finish, language, texts }: PostMakerParts) {
  const reader = { language, timeZone: 'UTC' };

  function post(note: Note, references: ResolvedReferences): Post {
    const { blocks, fallback } = finishNote(note, reader, references);
    const isCovered = note.warning !== undefined;
    const [first, ...rest] = blocks.filter(({ type }) => type !== 'byline' && type !== 'buttons');
    const hasTitle = !isCovered && note.title !== undefined && first?.type === 'heading';
    const media = isCovered ? [] : mediaIn(blocks);
    const picture = media.find(({ kind, poster }) => kind === 'image' || poster !== undefined);
    const summary = isCovered ? '' : oneLine(inlineText(fallback.summary ?? []));
    const headline = headlineOf(note, texts);
    const tongue = languageOf(note);
    return {
      note,
      path: paths.post(note),
      headline,
      ...(hasTitle && { title: oneLine(note.title ?? '') }),
      description: truncateColumns(summary || teaserOf(note, DESCRIPTION, texts), DESCRIPTION),
      document: first === undefined || hasTitle ? rest : [first, ...rest],
      ...(tongue !== undefined && { language: tongue }),
      ...(picture && { picture }),
      media,
      publishedAt: datedAt(note),
      editedAt: Math.max(note.createdAt, datedAt(note)),
      nostr: onNostr(note),
    };
  }

  /** A link that stays in the web client, whatever else leads to the site. */
  function onNostr({ event }: Note): Post['nostr'] {
    const label = texts.site.onNostr;
    const button = { label, url: eventUrl(event), onNostr: true } as const;
    const [made] = finish([{ type: 'buttons', rows: [[button]] }], reader).blocks;
    const moved = made?.type === 'buttons' ? made.rows[0]?.[0] : undefined;
    return { label, url: moved && 'url' in moved ? moved.url : button.url };
  }

  return {
    post,
    headline: (note: Note): string => headlineOf(note, texts),
    preview(note: Note, references: ResolvedReferences): Preview {
      const isCut = note.kind === ARTICLE || documentLength(note.body) > MAX_WHOLE;
      const begun = post(isCut ? withBeginningOnly(note) : note, references);
      if (!isCut) return { ...begun, isCut };
      return {
        ...begun,
        note,
        document: note.warning === undefined ? excerptOf(begun.document, EXCERPT) : [],
        isCut,
      };
    },
  };
}

export type PostMaker = ReturnType<typeof createPostMaker>;

/** Media anywhere in a document but under a cover. */
const mediaIn = (document: Document): readonly Media[] => document.flatMap(mediaOf);

function mediaOf(block: Block): readonly Media[] {
  if (block.type === 'media') return block.items;
  return block.type === 'quote' ? mediaIn(block.children) : [];
}
