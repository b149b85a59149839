/** What somebody has chosen for themselves, wherever they ask. */
export interface UserPreferences {
  /** IETF tag of one of the catalogues; absent: as the platform says. */
  readonly language?: string;
  /** IANA name; absent: UTC. */
  readonly timeZone?: string;
}

/** All that is kept of somebody. */
export interface UserRecord extends UserPreferences {
  /** Destination of their own chat, where posts came to it. */
  readonly chat?: string;
}
