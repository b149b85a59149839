/** What a reader looks for, read from a line such as `"rare earth" -gold #china after:2025-03-01`. */
export interface Query {
  /** Words that must all occur, in any order, as typed. */
  readonly words: readonly string[];
  /** Runs of words that must occur as they stand. */
  readonly phrases: readonly string[];
  /** Words or phrases that must not occur. */
  readonly without: readonly string[];
  /** Hashtags that must be there, lower-case, without the hash sign. */
  readonly hashtags: readonly string[];
  /** Seconds since 1970: at or after `after`, and before `before`. */
  readonly after?: number;
  readonly before?: number;
}
