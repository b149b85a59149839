import type { NostrEvent } from './note.ts';

/** The fields of a profile (kind 0) that are used; `JSON.parse(event.content)` will do. Each may be missing or nonsense. */
export interface Profile {
  readonly display_name?: unknown;
  readonly name?: unknown;
  /** Its local part is the name if there is no other. */
  readonly nip05?: unknown;
  /** An https address; shown with the author's name. */
  readonly picture?: unknown;
}

/** A map, or a function that returns at once. It may be asked for the same key several times, or for keys that don't exist. */
export type Lookup<Value> = { get(key: string): Value | undefined } | ((key: string) => Value | undefined);

/** What is done with a text that doesn't fit one message. */
export type LongText = 'split' | 'cut' | 'summary';

/** Options of all renderers. */
export interface RenderOptions {
  /** Profiles by public key (64 hex digits). */
  readonly profiles?: Lookup<Profile>;
  /**
   * Events that the note refers to, by `EventReference.key`. They're checked as the note was; one that isn't valid, or isn't
   * the one asked for, counts as unknown.
   */
  readonly events?: Lookup<NostrEvent>;
  /** Whether messages begin with the author's name and picture, if `profiles` has them. Default: true. */
  readonly byline?: boolean;
  /** IETF tag of the language of everything that isn't the author's: `en` or `zh`, others are English. Default: `en`. */
  readonly language?: string;
  /** IANA name of the time zone for dates. Default: `UTC`. */
  readonly timeZone?: string;
  /**
   * `split`: all of it, in as many messages as it takes; each part has a number. `cut`: the first three messages, with a link to the rest.
   * `summary`: one message with the author's summary or the beginning, and a link. Default: `split`.
   */
  readonly long?: LongText;
  /**
   * Where links to people and notes on Nostr lead: an https address with `{code}` for the NIP-19 code. Default:
   * `https://njump.me/{code}`. Links that the author wrote are left alone.
   */
  readonly links?: string;
}
