import type { Texts } from '../text/texts.ts';
import { type Block, type Document, heading, type Inline, small, text } from './document.ts';
import type { Note } from './note.ts';
import { eventUrl, VIEWER } from './pointer.ts';
import { headlineOf } from './present.ts';

/** One message that stands for several notes, at a place that is far behind. */
export interface Digest {
  /** The newest of them, newest first; at most `MAX_LINES`. */
  readonly notes: readonly Note[];
  /** How many older ones it stands for beside. */
  readonly more: number;
}

/** As many headlines as people look through on a phone. */
export const MAX_LINES = 20;

/** What readers see of a digest: a headline a line, each the way to its note, and how to get at the rest. */
export function digestDocument({ notes, more }: Digest, texts: Texts): Document {
  return [
    heading(3, text(texts.digest.heading(notes.length + more))),
    { type: 'list', items: notes.map((note) => line(note, texts)) },
    ...(more > 0 ? [rest(more, texts)] : []),
  ];
}

/** The same with at most so many lines; what leaves it is counted. */
export function shorterDigest({ notes, more }: Digest, lines: number): Digest {
  return { notes: notes.slice(0, lines), more: more + Math.max(0, notes.length - lines) };
}

/** Platforms show the true address beside a label that looks like another one. */
const LIKE_AN_ADDRESS = /\S\.\S/u;

function line(note: Note, texts: Texts): readonly Inline[] {
  const headline = headlineOf(note, texts);
  const url = eventUrl(note.event);
  const wayTo = (label: string): Inline => ({
    type: 'link',
    url,
    // As a reference, so that it leads to the web client that the operator chose.
    written: `nostr:${url.slice(VIEWER.length)}`,
    label: [text(label)],
  });
  return [
    text(`${texts.postTypeIcons[note.postType]} `),
    ...(LIKE_AN_ADDRESS.test(headline)
      ? [text(`${headline} · `), wayTo(texts.note.readOn)]
      : [wayTo(headline)]),
    text(' · '),
    { type: 'time', at: note.createdAt, style: 'date' },
  ];
}

const rest = (more: number, texts: Texts): Block =>
  small(text(`${texts.digest.more(more)} `), { type: 'command', name: 'latest' });
