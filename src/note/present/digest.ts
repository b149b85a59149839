import type { Texts } from '../../i18n/texts.ts';
import { localDay } from '../dates/local-time.ts';
import { type Block, type Document, heading, paragraph, small, strong, text } from '../document.ts';
import { datedAt, type Note } from '../note.ts';
import { iconOf } from '../post-types.ts';
import { listItem } from './list-item.ts';

/** One message for several notes: for a destination that is far behind, or at a scheduled hour. */
export interface Digest {
  /** The newest notes, newest first; at most `MAX_LINES`. */
  readonly notes: readonly Note[];
  /** How many older notes the digest stands for as well. */
  readonly more: number;
}

/** How the reader chose to get digests, and where their days begin. */
export interface DigestView {
  readonly schedule: { readonly kind: keyof Texts['digest']['heading'] };
  /** IANA name. */
  readonly timeZone: string;
}

/** People don't look through more posts than this on a phone. */
export const MAX_LINES = 20;
/** Up to this many notes, each is listed with its first words. */
const MOST_WITH_EXCERPTS = 8;

/** The digest as a document: posts grouped by day and by series, and a hint on how to get the rest. */
export function digestDocument({ notes, more }: Digest, texts: Texts, view: DigestView): Document {
  const dayOf = (note: Note): string => localDay(note, view.timeZone);
  const count = notes.length + more;
  const days = [...Map.groupBy(notes, dayOf).values()];
  return [
    heading(3, text(texts.digest.heading[view.schedule.kind](count))),
    ...days.flatMap((ofDay) => day(ofDay, texts, count <= MOST_WITH_EXCERPTS)),
    ...(more > 0 ? [rest(more, texts)] : []),
  ];
}

/** A digest of at most `lines` posts; the others are only counted. */
export function shorterDigest({ notes, more }: Digest, lines: number): Digest {
  return { notes: notes.slice(0, lines), more: more + Math.max(0, notes.length - lines) };
}

/** A date with its notes below. */
function day(notes: readonly Note[], texts: Texts, excerpt: boolean): readonly Block[] {
  const at = notes[0] ? datedAt(notes[0]) : 0;
  const together = [...Map.groupBy(notes, ({ id, series = id }) => series).values()].flat();
  return [
    paragraph(strong({ type: 'time', at, style: 'date' })),
    ...together.map((note) =>
      paragraph(
        ...listItem(note, texts, {
          mark: iconOf(note.postType),
          when: [{ type: 'time', at: datedAt(note), style: 'clock' }],
          excerpt,
        }),
      ),
    ),
  ];
}

const rest = (more: number, texts: Texts): Block =>
  small(text(`${texts.digest.more(more)} `), { type: 'command', name: 'latest' });
