import { createHash } from 'node:crypto';
import { unwrapEvent, wrapEvent } from 'nostr-tools/nip17';
import { npubEncode } from 'nostr-tools/nip19';
import { makeAuthEvent } from 'nostr-tools/nip42';
import { finalizeEvent, getPublicKey } from 'nostr-tools/pure';
import { initNostrWasm } from 'nostr-wasm';
import type { NostrEvent } from '../../src/note/note.ts';

/** An invented author who signs whatever a test needs. */
export interface FakeAuthor {
  readonly name: string;
  /** 64 hex digits. */
  readonly pubkey: string;
  readonly npub: string;
  /** A signed event; kind 1 by default. */
  note(content: string, fields?: Fields): NostrEvent;
  /** A gift-wrapped direct message (NIP-17, NIP-59). `answers` is the id of the message it replies to. */
  directMessage(to: string, words: string, answers?: string): NostrEvent;
  /** Unwraps a direct message. Throws if it isn't for the author, or isn't genuine. */
  unwrap(wrap: NostrEvent): ReceivedDm;
  /** The AUTH event that answers a relay's challenge (NIP-42). */
  signAuth(relay: string, challenge: string): NostrEvent;
  /** A deletion of the author's own events (NIP-09). */
  deletion(of: readonly NostrEvent[], fields?: Pick<Fields, 'createdAt'>): NostrEvent;
}

/** A direct message as the author's client shows it. `answers` is the id of the message it replies to. */
export interface ReceivedDm {
  readonly id: string;
  readonly from: string;
  readonly words: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly answers?: string;
}

interface Fields {
  /** Seconds since 1970. By default one second after the author's last event without a date. */
  readonly createdAt?: number;
  readonly kind?: number;
  readonly tags?: readonly (readonly string[])[];
}

const FIRST_S = 1_750_000_000;

/** The same name always has the same key, and the same events in the same order have the same ids. */
export function authorNamed(name: string): FakeAuthor {
  const secret = createHash('sha256').update(`author named ${name}`).digest();
  const pubkey = getPublicKey(secret);
  let lastS = FIRST_S;

  function note(content: string, { createdAt, kind = 1, tags = [] }: Fields = {}): NostrEvent {
    const created_at = createdAt ?? (lastS += 1);
    const copied = tags.map((tag) => [...tag]);
    return signed({ kind, created_at, tags: copied, content }, secret);
  }

  return {
    name,
    pubkey,
    npub: npubEncode(pubkey),
    note,
    directMessage: (to, words, answers) =>
      withoutSymbols(
        wrapEvent(secret, { publicKey: to }, words, undefined, answers ? { eventId: answers } : undefined),
      ),
    unwrap(wrap) {
      const { id, pubkey, content, created_at, tags } = unwrapEvent(withoutSymbols(wrap) as Mutable, secret);
      const answers = tags.find(([name]) => name === 'e')?.[1];
      return { id, from: pubkey, words: content, at: created_at, ...(answers && { answers }) };
    },
    signAuth: (relay, challenge) => signed(makeAuthEvent(relay, challenge), secret),
    deletion: (of, fields) =>
      note('', { ...fields, kind: 5, tags: of.flatMap((event) => [['e', event.id], ...addressTag(event)]) }),
  };
}

const wasm = await initNostrWasm();
/** In UTF-16 units. The memory of the WebAssembly module is a megabyte and doesn't grow. */
const MAX_IN_WASM = 50_000;

/** Signs with libsecp256k1, five times faster than nostr-tools does, which is left with what is large. */
function signed(template: Parameters<typeof finalizeEvent>[0], secret: Uint8Array): NostrEvent {
  if (JSON.stringify(template).length > MAX_IN_WASM) return withoutSymbols(finalizeEvent(template, secret));
  const event = { ...template, pubkey: '', id: '', sig: '' };
  wasm.finalizeEvent(event, secret);
  return event;
}

type Mutable = Parameters<typeof unwrapEvent>[0];

/** Copied through JSON, as from a relay, because nostr-tools caches its verdict on its objects under a symbol. */
const withoutSymbols = (event: NostrEvent): NostrEvent => JSON.parse(JSON.stringify(event)) as NostrEvent;

function addressTag({ kind, pubkey, tags }: NostrEvent): readonly string[][] {
  if (kind < 30_000 || kind >= 40_000) return [];
  return [['a', `${kind}:${pubkey}:${tags.find(([name]) => name === 'd')?.[1] ?? ''}`]];
}
