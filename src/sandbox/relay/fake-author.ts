import { createHash } from 'node:crypto';
import { npubEncode } from 'nostr-tools/nip19';
import { finalizeEvent, getPublicKey } from 'nostr-tools/pure';
import type { NostrEvent } from '../../note/note.ts';

/** An invented author who signs what a trial needs. */
export interface FakeAuthor {
  readonly name: string;
  /** 64 hex digits. */
  readonly pubkey: string;
  readonly npub: string;
  /** A signed event: kind 1 unless said otherwise. */
  note(content: string, fields?: Fields): NostrEvent;
  /** A NIP-09 deletion of the author's own events. */
  deletion(of: readonly NostrEvent[], fields?: Pick<Fields, 'createdAt'>): NostrEvent;
}

interface Fields {
  /** Seconds since 1970; without it, one second after the author's last event without it. */
  readonly createdAt?: number;
  readonly kind?: number;
  readonly tags?: readonly (readonly string[])[];
}

const FIRST_S = 1_750_000_000;

/** The author of that name: the same name has the same key, and the same events in the same order the same ids. */
export function authorNamed(name: string): FakeAuthor {
  const secret = createHash('sha256').update(`author named ${name}`).digest();
  const pubkey = getPublicKey(secret);
  let lastS = FIRST_S;

  function note(content: string, { createdAt, kind = 1, tags = [] }: Fields = {}): NostrEvent {
    const created_at = createdAt ?? (lastS += 1);
    const copied = tags.map((tag) => [...tag]);
    const signed = finalizeEvent({ kind, created_at, tags: copied, content }, secret);
    // Through JSON, as from a relay: without the verdict that nostr-tools leaves on its own objects.
    return JSON.parse(JSON.stringify(signed)) as NostrEvent;
  }

  return {
    name,
    pubkey,
    npub: npubEncode(pubkey),
    note,
    deletion: (of, fields) =>
      note('', { ...fields, kind: 5, tags: of.flatMap((event) => [['e', event.id], ...addressTag(event)]) }),
  };
}

function addressTag({ kind, pubkey, tags }: NostrEvent): readonly string[][] {
  if (kind < 30_000 || kind >= 40_000) return [];
  return [['a', `${kind}:${pubkey}:${tags.find(([name]) => name === 'd')?.[1] ?? ''}`]];
}
