import type { Note } from '../note/note.ts';

/**
 * A note on its way into the archive. `news`: it is to reach readers, so it gets a journal entry. A newer version of
 * what readers were to get is a `replace` for them, news or not; of what was only archived it is none.
 */
export interface IncomingNote {
  readonly note: Note;
  readonly news: boolean;
  /** It goes ahead of its turn where that is allowed (`Choices.breaking`). */
  readonly breaking?: boolean;
  /** Address of the relay that sent it. */
  readonly relay?: string;
}

/**
 * What became of an arrival: `added` to the archive; `replaced` an older version of the same address; `known` already;
 * `outdated` by a newer version (NIP-01: newest `created_at`, ties to the lowest id); `deleted` by its author before.
 */
export type AcceptOutcome = 'added' | 'replaced' | 'known' | 'outdated' | 'deleted';

/**
 * A NIP-09 request of the author: note ids for ever, and addresses of versions up to `createdAt` (seconds). An id that
 * is one version of an address takes the address back up to that version.
 */
export interface Deletion {
  readonly id: string;
  readonly createdAt: number;
  readonly ids: readonly string[];
  readonly addresses: readonly string[];
}

/** Ids that were taken in, with the dates of their events, in seconds: all of those dated `sinceS` and later. */
export interface KnownIds {
  readonly sinceS: number;
  readonly events: readonly { readonly id: string; readonly createdAt: number }[];
}
