/** How one relay is doing. Until it is `live` it is catching up, and `received` counts what came so far. */
export interface RelayStatus {
  readonly host: string;
  readonly connected: boolean;
  readonly live: boolean;
  readonly received: number;
  /** The kind of error, and since when it hasn't been live (milliseconds since 1970). */
  readonly error?: string;
  readonly since?: number;
}

/** How the program is doing, as far as readers may know. Times in milliseconds since 1970. */
export interface ProgramStatus {
  readonly notes: number;
  readonly firstAt?: number;
  readonly lastAt?: number;
  readonly waiting: number;
  readonly destinations: number;
  /** Posts of the last seven days that didn't reach a destination and never will. */
  readonly lost: number;
  readonly relays: readonly RelayStatus[];
  /** What is wrong, in a few words, by part: `store`, `relays`, `few-relays`, `withholding-relays` or a platform's name. */
  readonly problems: Readonly<Record<string, string>>;
  readonly startedAt: number;
}
