import { type Language, languageFor, type Texts, textsFor } from '../../i18n/texts.ts';
import { formatTimes } from '../dates/format-times.ts';
import { type Document, paragraph, text } from '../document.ts';
import {
  publicSiteLinks,
  rewriteFallbackLinks,
  rewriteLinks,
  webClientLinks,
} from '../links/web-client-links.ts';
import { withMirrors } from '../media/mirrors.ts';
import type { Author, Note } from '../note.ts';
import { localize, localizeInline } from '../placeholders.ts';
import type { ResolvedReferences } from '../references/references.ts';
import { withByline } from './byline.ts';
import { type LongNoteFallback, longNoteFallback } from './long-note-fallback.ts';
import { noteToDocument } from './note-to-document.ts';

/** The reader that a document is prepared for. */
export interface Reader {
  /** IETF tag; default: English, also if the bot has no texts in the language. */
  readonly language?: string | undefined;
  /** IANA name; default: UTC. */
  readonly timeZone?: string;
  /**
   * When it's read, in milliseconds since 1970, for "5 minutes ago". Left out for messages that stay: their times are
   * written in full.
   */
  readonly nowMs?: number;
}

/**
 * A document in its reader's language and time zone, with links to the operator's web client and the other addresses of
 * its media. Platforms render nothing else, and only a presenter makes one: no caller can forget a step.
 */
export interface ReadyDocument {
  readonly blocks: Document;
  /** What may replace the document if it's long; without it nothing is left out. */
  readonly fallback?: LongNoteFallback;
  readonly language: Language;
  readonly __ready: unique symbol;
}

/** A note on its own, which can always be shortened. */
export type ReadyNote = ReadyDocument & { readonly fallback: LongNoteFallback };

/** Prepares notes and documents for a reader. */
export interface Presenter {
  /** A note as part of a larger document, such as a response: with its byline, and `references` by their names. */
  present(note: Note, texts: Texts, references?: ResolvedReferences): Document;
  /** A note on its own, such as a post. */
  finishNote(note: Note, reader: Reader, references?: ResolvedReferences): ReadyNote;
  /** Any other document. Its texts must be in the reader's language already; `placeholder`s are put into it. */
  finish(document: Document, reader: Reader, fallback?: LongNoteFallback): ReadyDocument;
}

export interface PresenterOptions {
  /** Template of addresses in the web client, with `{code}` for a NIP-19 code. */
  readonly webClient: string;
  /** Base address of the author's public site, with a slash at the end: their own notes are opened there. */
  readonly publicUrl?: string | undefined;
  /** The author's media servers (kind 10063), best first. */
  mediaServers(): readonly string[];
  author(): Author;
}

export function createPresenter({ webClient, publicUrl, mediaServers, author }: PresenterOptions): Presenter {
  const inClient = webClientLinks(webClient);
  const links =
    publicUrl === undefined ? inClient : publicSiteLinks(publicUrl, () => author().pubkey, inClient);

  const present: Presenter['present'] = (note, texts, references) =>
    withByline(noteToDocument(note, texts, references), author());

  function finish(document: Document, reader: Reader, fallback?: LongNoteFallback): ReadyDocument {
    const language = languageFor(reader.language ?? 'en');
    const texts = textsFor(language);
    const timed = formatTimes(localize(texts, document), texts, reader.timeZone ?? 'UTC', reader.nowMs);
    const summary = fallback?.summary?.map(localizeInline(texts));
    return {
      blocks: rewriteLinks(withMirrors(timed, mediaServers()), links),
      ...(fallback && {
        fallback: rewriteFallbackLinks({ ...fallback, ...(summary && { summary }) }, links),
      }),
      language,
    } as ReadyDocument;
  }

  return {
    present,
    finish,
    finishNote(note, reader, references) {
      const texts = textsFor(reader.language ?? 'en');
      return finish(present(note, texts, references), reader, longNoteFallback(note, texts)) as ReadyNote;
    },
  };
}

/** A platform's own sentence as a ready document. Plain text in the reader's language needs no further preparation. */
export function readySentence(sentence: string, language: string): ReadyDocument {
  const blocks: Document = [paragraph(text(sentence))];
  return { blocks, language: languageFor(language) } as ReadyDocument;
}

/** A ready document with other blocks: for a platform that adds a sentence or a button of its own, or leaves a block out. */
export const withBlocks = <Ready extends ReadyDocument>(ready: Ready, blocks: Document): Ready => ({
  ...ready,
  blocks,
});
