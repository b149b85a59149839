/** Large public relays, for authors whose own relays are not known yet. */
export const DEFAULT_RELAYS = [
  'wss://relay.damus.io',
  'wss://nos.lol',
  'wss://relay.primal.net',
  'wss://nostr.wine',
];

/** Asked last: one that keeps everybody's profiles, and two that keep most of what is written. */
export const INDEXERS = ['wss://purplepag.es', 'wss://relay.primal.net', 'wss://relay.damus.io'];
