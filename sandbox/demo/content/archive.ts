import type { NostrEvent } from '../../../src/note/note.ts';
import { eventUrl } from '../../../src/note/pointer.ts';
import type { FakeAuthor } from '../../relay/fake-author.ts';
import { articles } from './articles.ts';
import type { Draft } from './draft.ts';
import { ledgers } from './ledgers.ts';
import { linkNotes } from './link-notes.ts';
import { fieldMissives } from './missives-field.ts';
import { harbourMissives } from './missives-harbour.ts';
import { worksMissives } from './missives-works.ts';
import { pictureNotes } from './picture-notes.ts';
import { shortNotes } from './short-notes.ts';

/** Everything that the invented author has written. */
export const drafts: readonly Draft[] = [
  ...harbourMissives,
  ...fieldMissives,
  ...worksMissives,
  ...linkNotes,
  ...pictureNotes,
  ...shortNotes,
  ...articles,
  ...ledgers,
];

const DAY_IN_WORDS = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** A draft and the event made from it. */
export interface Signed {
  readonly draft: Draft;
  readonly event: NostrEvent;
}

/** Dates, completes and signs the drafts, oldest first; all of them are dated before the day of `nowMs`. */
export function signArchive(
  author: FakeAuthor,
  friend: FakeAuthor,
  nowMs: number,
  from: readonly Draft[] = drafts,
): readonly Signed[] {
  const dated = from
    .map((draft) => ({ draft, at: dayOf(draft, nowMs) + secondsOf(draft.time) }))
    .sort((a, b) => a.at - b.at);
  const byName = new Map<string, NostrEvent>();
  const named = (name: string): NostrEvent => {
    const event = byName.get(name);
    if (!event) throw new RangeError(`Cannot refer to the note "${name}": no earlier one has that name`);
    return event;
  };
  return dated.map(({ draft, at }) => {
    const content = draft.content
      .replace('{day}', dateInWords(at))
      .replace('{friend}', friend.npub)
      .replace(/\{note:(\w+)\}/u, (_, name: string) => eventUrl(named(name)).split('/').at(-1) ?? '');
    const thread = draft.continues ? [['e', named(draft.continues).id, '', 'root', author.pubkey]] : [];
    const event = author.note(content, {
      createdAt: at,
      kind: draft.kind ?? 1,
      tags: [...(draft.tags ?? []), ...thread],
    });
    if (draft.name) byName.set(draft.name, event);
    return { draft, event };
  });
}

/** Start of a draft's day (UTC), in seconds since 1970. */
function dayOf({ daysAgo, yearsAgo = 0 }: Draft, nowMs: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO('UTC').startOfDay();
  return today.subtract({ years: yearsAgo, days: daysAgo }).epochMilliseconds / 1000;
}

/** A day as the author writes it in a headline: `Tuesday 4 March`. */
export function dateInWords(atS: number): string {
  return DAY_IN_WORDS.format(atS * 1000).replace(',', '');
}

function secondsOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 3_600 + minutes * 60;
}
