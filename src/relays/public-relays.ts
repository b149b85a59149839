/** Large public relays, for authors whose own relays aren't known yet. */
export const DEFAULT_RELAYS = [
  'wss://relay.damus.io',
  'wss://nos.lol',
  'wss://relay.primal.net',
  'wss://nostr.wine',
];

/** Queried last: one keeps everybody's profiles, and two keep most of what is written. */
export const INDEXERS = ['wss://purplepag.es', 'wss://relay.primal.net', 'wss://relay.damus.io'];
