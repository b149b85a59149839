import {
  naddrEncode,
  neventEncode,
  noteEncode,
  nprofileEncode,
  npubEncode,
  nsecEncode,
} from 'nostr-tools/nip19';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';

/** What the author publishes in one case; a text alone is a note of kind 1 without tags. */
export type Case =
  | string
  | {
      readonly content: string;
      readonly kind?: number;
      readonly tags?: readonly (readonly string[])[];
    };

/** Cases by the name of their folder. */
export type Cases = Readonly<Record<string, Case>>;

export const wren = authorNamed('Wren');
/** Somebody else, whom the author mentions and answers. */
const tobias = authorNamed('Tobias');

/** Ids and codes that the cases point at. No event stands behind them. */
export const OTHER = {
  pubkey: tobias.pubkey,
  npub: npubEncode(tobias.pubkey),
  nprofile: nprofileEncode({ pubkey: tobias.pubkey, relays: ['wss://relay.example'] }),
  id: 'c4'.repeat(32),
  note: noteEncode('c4'.repeat(32)),
  nevent: neventEncode({ id: 'c4'.repeat(32), author: tobias.pubkey, relays: ['wss://relay.example'] }),
  naddr: naddrEncode({ kind: 30_023, pubkey: tobias.pubkey, identifier: 'tides' }),
  nsec: nsecEncode(new Uint8Array(32).fill(7)),
  cashu: `cashuA${'eyJ0b2tlbiI6W10'.repeat(6)}`,
} as const;

/** An `imeta` tag (NIP-92). */
export const imeta = (fields: Readonly<Record<string, string>>): readonly string[] => [
  'imeta',
  ...Object.entries(fields).map(([name, value]) => `${name} ${value}`),
];
