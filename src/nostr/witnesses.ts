/** Events whose witnesses are remembered; each is told of within seconds by all relays that have it. */
const MAX_EVENTS = 500;

/** Which relays have shown which of the newest events, so that each is counted once. */
export interface SeenBy {
  /** True where the relay is one more; false where it is known, or the event is not among the newest any more. */
  addRelay(id: string, relay: string): boolean;
  /** A new event, and who showed it first. */
  add(id: string, relay: string): void;
}

export function createSeenBy(): SeenBy {
  const relaysOf = new Map<string, Set<string>>();
  return {
    addRelay(id, relay) {
      const relays = relaysOf.get(id);
      if (!relays || relays.has(relay)) return false;
      relays.add(relay);
      return true;
    },
    add(id, relay) {
      relaysOf.set(id, new Set([relay]));
      const oldest = relaysOf.keys().next().value;
      if (relaysOf.size > MAX_EVENTS && oldest !== undefined) relaysOf.delete(oldest);
    },
  };
}
