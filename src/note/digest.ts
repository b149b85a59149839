import type { Texts } from '../text/texts.ts';
import {
  type Block,
  type Document,
  heading,
  type Inline,
  paragraph,
  small,
  strong,
  text,
} from './document.ts';
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

const DAY_S = 86_400;

/** As many headlines as people look through on a phone. */
export const MAX_LINES = 20;

/** What readers see of a digest: day by day a headline a line, each the way to its note, and how to get at the rest. */
export function digestDocument({ notes, more }: Digest, texts: Texts): Document {
  const days = Map.groupBy(notes, ({ createdAt }) => Math.floor(createdAt / DAY_S));
  return [
    heading(3, text(texts.digest.heading(notes.length + more))),
    ...[...days.values()].map((ofDay) => day(ofDay, texts)),
    ...(more > 0 ? [rest(more, texts)] : []),
  ];
}

/** The same with at most so many lines; what leaves it is counted. */
export function shorterDigest({ notes, more }: Digest, lines: number): Digest {
  return { notes: notes.slice(0, lines), more: more + Math.max(0, notes.length - lines) };
}

/** Its date, and its notes below. */
function day(notes: readonly Note[], texts: Texts): Block {
  const at = notes[0]?.createdAt ?? 0;
  return paragraph(
    strong({ type: 'time', at, style: 'date' }),
    ...notes.flatMap((note) => [text(`\n${texts.postTypeIcons[note.postType]} `), ...headline(note, texts)]),
  );
}

/** Platforms show the true address beside a label that looks like another one. */
const LIKE_AN_ADDRESS = /[\p{L}\p{N}]\.[\p{L}\p{N}]/u;

function headline(note: Note, texts: Texts): readonly Inline[] {
  const words = headlineOf(note, texts);
  const url = eventUrl(note.event);
  const wayTo = (label: string): Inline => ({
    type: 'link',
    url,
    // As a reference, so that it leads to the web client that the operator chose.
    written: `nostr:${url.slice(VIEWER.length)}`,
    label: [text(label)],
  });
  return LIKE_AN_ADDRESS.test(words) ? [text(`${words} · `), wayTo(texts.note.readOn)] : [wayTo(words)];
}

const rest = (more: number, texts: Texts): Block =>
  small(text(`${texts.digest.more(more)} `), { type: 'command', name: 'latest' });
