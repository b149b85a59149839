import type { Texts } from '../text/texts.ts';
import { hasAddress } from './claims.ts';
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
import { localDay } from './local-time.ts';
import { datedAt, type Note } from './note.ts';
import { eventUrl, VIEWER } from './pointer.ts';
import { headlineOf, teaserOf } from './present.ts';

/** One message that stands for several notes: at a place that is far behind, or at the hour that was chosen there. */
export interface Digest {
  /** The newest of them, newest first; at most `MAX_LINES`. */
  readonly notes: readonly Note[];
  /** How many older ones it stands for beside. */
  readonly more: number;
}

/** For whom a digest is: by what rhythm it comes, and where its days begin. */
export interface DigestView {
  readonly rhythm: { readonly kind: keyof Texts['digest']['heading'] };
  /** IANA name. */
  readonly timeZone: string;
}

/** As many headlines as people look through on a phone. */
export const MAX_LINES = 20;
/** Up to so many have their first words beside the headline. */
const MAX_TEASED = 8;
const TEASER_LENGTH = 90;

/**
 * What readers see of a digest: day by day a headline a line, each the way to its note, those of a series together, and
 * how to get at the rest.
 */
export function digestDocument({ notes, more }: Digest, texts: Texts, view: DigestView): Document {
  const dayOf = (note: Note): string => localDay(note, view.timeZone);
  const count = notes.length + more;
  return [
    heading(3, text(texts.digest.heading[view.rhythm.kind](count))),
    ...[...Map.groupBy(notes, dayOf).values()].map((ofDay) => day(ofDay, texts, count <= MAX_TEASED)),
    ...(more > 0 ? [rest(more, texts)] : []),
  ];
}

/** The same with at most so many lines; what leaves it is counted. */
export function shorterDigest({ notes, more }: Digest, lines: number): Digest {
  return { notes: notes.slice(0, lines), more: more + Math.max(0, notes.length - lines) };
}

/** Its date, and its notes below. */
function day(notes: readonly Note[], texts: Texts, withTeasers: boolean): Block {
  const at = notes[0] ? datedAt(notes[0]) : 0;
  const together = [...Map.groupBy(notes, ({ id, series = id }) => series).values()].flat();
  return paragraph(
    strong({ type: 'time', at, style: 'date' }),
    ...together.flatMap((note) => [
      text(`\n${texts.postTypeIcons[note.postType]} `),
      ...headline(note, texts),
      ...(withTeasers ? teaser(note, texts) : []),
    ]),
  );
}

function teaser(note: Note, texts: Texts): readonly Inline[] {
  const words = teaserOf(note, TEASER_LENGTH, texts);
  return words === '' ? [] : [text(` – ${words}`)];
}

/** Platforms show the true address beside a label that could be read as another one. */
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
  return hasAddress(words) ? [text(`${words} · `), wayTo(texts.note.readOn)] : [wayTo(words)];
}

const rest = (more: number, texts: Texts): Block =>
  small(text(`${texts.digest.more(more)} `), { type: 'command', name: 'latest' });
