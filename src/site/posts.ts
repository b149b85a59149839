import type { Language, Texts } from '../i18n/texts.ts';
import { oneLine } from '../lib/truncate-text.ts';
import { type Block, type Document, documentLength, inlineText, type Media } from '../note/document.ts';
import { datedAt, type Note } from '../note/note.ts';
import { truncateColumns } from '../note/present/display-width.ts';
import { excerptOf } from '../note/present/excerpt.ts';
import type { Presenter } from '../note/present/finish.ts';
import { longNoteFallback } from '../note/present/long-note-fallback.ts';
import { withBeginningOnly } from '../note/present/note-text.ts';
import { headlineOf, teaserOf } from '../note/present/note-to-document.ts';
import type { ResolvedReferences } from '../note/references/references.ts';
import { paths } from './addresses.ts';
import { languageOf } from './languages.ts';

/** A note in a list that is skimmed. All texts are plain. */
export interface PostSummary {
  readonly note: Note;
  /** Below the base address. */
  readonly path: string;
  /** Its title, or its first words; the content warning if it has one. Never empty. */
  readonly headline: string;
  /** The author's own title, which the document doesn't repeat; absent if a content warning hides it. */
  readonly title?: string;
  /** A sentence or two for link previews; may be empty. Computed on demand, since most lists don't show it. */
  description(): string;
  /** An IETF tag, if known. */
  readonly language?: string;
  /** Seconds since 1970. */
  readonly publishedAt: number;
  readonly editedAt: number;
}

/** A note as shown on its own page. */
export interface Post extends PostSummary {
  /** The whole note without its title. */
  readonly document: Document;
  /** Absent for notes with a content warning. */
  readonly picture?: Media;
  /** The enclosures of feeds; empty for notes with a content warning. */
  readonly media: readonly Media[];
}

/** The beginning of a post, for lists. */
export interface Preview extends Post {
  /** Whether `document` is only the beginning, and without media. */
  readonly isCut: boolean;
}

/** In UTF-16 units. Lists show only the beginning of longer posts. */
const MAX_WHOLE = 900;
/** The length of that beginning. */
const EXCERPT = 320;
/** Columns of a description: about what link previews show. */
const DESCRIPTION = 200;
const ARTICLE = 30_023;

export interface PostBuilderParts {
  readonly finishNote: Presenter['finishNote'];
  readonly language: Language;
  readonly texts: Texts;
}

/** Turns notes into posts. */
export function createPostBuilder({ finishNote, language, texts }: PostBuilderParts) {
  const reader = { language, timeZone: 'UTC' };

  function summarize(whole: Note): PostSummary {
    const note = withBeginningOnly(whole);
    const isCovered = note.warning !== undefined;
    const summary = isCovered ? '' : oneLine(inlineText(longNoteFallback(note, texts).summary ?? []));
    const title = isCovered ? '' : oneLine(note.title ?? '');
    const languageTag = languageOf(note);
    return {
      note: whole,
      path: paths.post(note),
      headline: headlineOf(note, texts),
      ...(title !== '' && { title }),
      description: () => truncateColumns(summary || teaserOf(note, DESCRIPTION, texts), DESCRIPTION),
      ...(languageTag !== undefined && { language: languageTag }),
      publishedAt: datedAt(note),
      editedAt: Math.max(note.createdAt, datedAt(note)),
    };
  }

  function post(note: Note, references: ResolvedReferences): Post {
    const short = summarize(note);
    const { blocks } = finishNote(note, reader, references);
    const [first, ...rest] = blocks.filter(({ type }) => type !== 'byline' && type !== 'buttons');
    const isTitled = short.title !== undefined && first?.type === 'heading';
    const media = note.warning === undefined ? mediaIn(blocks) : [];
    const picture = media.find(({ kind, poster }) => kind === 'image' || poster !== undefined);
    return {
      ...short,
      document: first === undefined || isTitled ? rest : [first, ...rest],
      ...(picture && { picture }),
      media,
    };
  }

  return {
    post,
    summary: summarize,
    preview(note: Note, references: ResolvedReferences): Preview {
      const isCut = note.kind === ARTICLE || documentLength(note.body) > MAX_WHOLE;
      const excerpt = post(isCut ? withBeginningOnly(note) : note, references);
      if (!isCut) return { ...excerpt, isCut };
      return {
        ...excerpt,
        note,
        document: note.warning === undefined ? beginningOf(excerpt.document) : [],
        isCut,
      };
    },
  };
}

export type PostBuilder = ReturnType<typeof createPostBuilder>;

/** The first paragraphs; headings and lists say little without what follows them. */
function beginningOf(document: Document): Document {
  const paragraphs = document.filter(({ type }) => type === 'paragraph');
  return excerptOf(paragraphs.length > 0 ? paragraphs : document, EXCERPT);
}

/** Media anywhere in a document, except in hidden blocks. */
const mediaIn = (document: Document): readonly Media[] => document.flatMap(mediaOf);

function mediaOf(block: Block): readonly Media[] {
  if (block.type === 'media') return block.items;
  return block.type === 'quote' ? mediaIn(block.children) : [];
}
