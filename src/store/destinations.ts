import type { Preferences } from '../preferences/preferences.ts';

export interface Destination {
  /** `discord:<channel id>`, `telegram:<chat id>` or `telegram:<chat id>/<topic id>`. */
  readonly id: string;
  /** `config`: the operator configured it; `command`: somebody subscribed. */
  readonly source: 'config' | 'command';
  readonly preferences: Preferences;
  /** `suspended` until somebody acts; `gone`, apparently for good, but kept for 30 days in case it comes back. */
  readonly state: 'active' | 'suspended' | 'gone';
  /** Why it is not active, for people to read. */
  readonly reason?: string;
  /** `seq` of the last journal entry that is settled here. */
  readonly position: number;
}

/** A request to subscribe a destination. */
export interface Subscription {
  readonly id: string;
  readonly source: Destination['source'];
  /** By default those the destination had before, or else the defaults. */
  readonly preferences?: Preferences;
}

/** Selects destinations; every given field must match. */
export interface DestinationFilter {
  readonly source?: Destination['source'];
  readonly state?: Destination['state'];
  /** The part of the id before the colon. */
  readonly platform?: string;
  /** That destination and its topics. */
  readonly within?: string;
  /** At most so many, the oldest first. */
  readonly limit?: number;
}

/** Who receives notes. */
export interface Destinations {
  /**
   * Adds the destination at the head of the journal, or reactivates it: one that was `gone` at the head, one that was
   * `suspended` where it stood, both with the requested preferences. `already`: it was active and is left unchanged.
   */
  subscribe(subscription: Subscription): Promise<'added' | 'resumed' | 'already'>;
  /** Applies to everything the destination has not received yet. False if there is no such destination. */
  setPreferences(id: string, preferences: Preferences): Promise<boolean>;
  /** Deletes the destination and its receipts. False if there was none. */
  unsubscribe(id: string): Promise<boolean>;
  get(id: string): Promise<Destination | undefined>;
  list(filter?: DestinationFilter): Promise<readonly Destination[]>;
  /**
   * No more tasks until `subscribe` or `resume`. A destination that is gone does not become suspended. A recorded intent
   * is kept, because the part may have arrived in an earlier attempt.
   */
  suspend(id: string, reason: string, gone: boolean): Promise<void>;
  /** Reactivates a suspended or gone destination where it stood. False if it was neither. */
  resume(id: string): Promise<boolean>;
  /**
   * The destination has a new id; its position and preferences go along, and receipts stay valid, since they name the old
   * chat. If the new id already is a destination, that one stays and gets the receipts of both; if the old one was
   * active, it becomes active at the later of the two positions.
   */
  move(from: string, to: string): Promise<void>;
}
