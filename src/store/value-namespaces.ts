/**
 * Every namespace of `Store.keyv`, and whether what is kept there may name somebody: by the asker's id, a chat of their
 * own, or the code that stands for them. `Store.forget` goes through all but those that are declared to be of nobody, so
 * one that is missing here is looked through, too; `test/store/value-namespaces.test.ts` holds the list against the code.
 */
export const VALUE_NAMESPACES = {
  announced: 'of nobody',
  audit: 'of nobody',
  author: 'of nobody',
  cursor: 'of nobody',
  event: 'of nobody',
  'former-relays': 'of nobody',
  greeted: 'of nobody',
  /** Letters to the author: what readers proposed is only referred to. */
  letter: 'of nobody',
  'letter-read': 'of nobody',
  'letter-settled': 'of nobody',
  made: 'of people',
  /** Names of people on Nostr, by their key. */
  name: 'of nobody',
  notice: 'of people',
  press: 'of people',
  proposal: 'of people',
  /** By a code that stays, or whoever is blocked would only have to be forgotten. */
  'proposal-block': 'of nobody',
  'proposal-last': 'of nobody',
  'proposal-number': 'of nobody',
  /** By code and for a day, or the limits on proposals would end with being forgotten. */
  'proposal-times': 'of nobody',
  publish: 'of people',
  quoted: 'of nobody',
  reader: 'of people',
  'relay-terms': 'of nobody',
  /** The author's words; the proposal that they answer is only referred to. */
  reply: 'of nobody',
  setting: 'of nobody',
  sync: 'of nobody',
  'telegram-file': 'of nobody',
  'telegram-question': 'of people',
  /** Of groups and channels. */
  'telegram-setup': 'of nobody',
  trial: 'of people',
} as const satisfies Readonly<Record<string, 'of people' | 'of nobody'>>;
