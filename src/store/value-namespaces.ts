/**
 * Every namespace of `Values.keyv`, and whether its values may name a person: by their id, by a chat of their own, or by the
 * pseudonym they were given. `Store.forget` searches all that are not declared impersonal, including any that is missing
 * here; `test/store/value-namespaces.test.ts` holds the list against the code.
 */
export const VALUE_NAMESPACES = {
  /** What the operator has been told, suspended destinations by their ids. */
  alert: 'personal',
  announced: 'impersonal',
  audit: 'impersonal',
  author: 'impersonal',
  cursor: 'impersonal',
  /** What processes ask of each other, until it's answered. */
  errand: 'personal',
  event: 'impersonal',
  'former-relays': 'impersonal',
  greeted: 'impersonal',
  /** How the newest notes reached their readers, in numbers. */
  journey: 'impersonal',
  /** Messages to the author; they only refer to what readers suggested. */
  letter: 'impersonal',
  'letter-read': 'impersonal',
  'letter-settled': 'impersonal',
  made: 'personal',
  /** Names of people on Nostr, by their key. */
  name: 'impersonal',
  notice: 'personal',
  press: 'personal',
  proposal: 'personal',
  /** By a pseudonym that stays, or blocked people could ask to be forgotten and start over. */
  'proposal-block': 'impersonal',
  'proposal-last': 'impersonal',
  'proposal-number': 'impersonal',
  /** By pseudonym, for a day, or being forgotten would lift the limits on suggestions. */
  'proposal-times': 'impersonal',
  publish: 'personal',
  quoted: 'impersonal',
  reader: 'personal',
  'relay-terms': 'impersonal',
  /** The author's words; they only refer to the suggestion they answer. */
  reply: 'impersonal',
  setting: 'impersonal',
  sync: 'impersonal',
  'telegram-file': 'impersonal',
  'telegram-question': 'personal',
  /** Messages in groups and channels. */
  'telegram-setup': 'impersonal',
  trial: 'personal',
} as const satisfies Readonly<Record<string, 'personal' | 'impersonal'>>;
