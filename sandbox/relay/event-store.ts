import { type Filter, matchFilter } from 'nostr-tools/filter';
import { isAddressableKind, isEphemeralKind, isReplaceableKind } from 'nostr-tools/kinds';
import { verifyEvent } from 'nostr-tools/pure';
import type { NostrEvent } from '../../src/note/note.ts';

/** Whether id and signature are valid. Checked on a copy, because nostr-tools caches the result on the object. */
export function isGenuine(event: NostrEvent): boolean {
  return verifyEvent(structuredClone(event) as NostrEvent & { tags: string[][] });
}

/** The answer to an EVENT: accepted or not, with a machine-readable prefix (NIP-01) if there is a message. */
export interface Acceptance {
  readonly accepted: boolean;
  readonly message: string;
}

/** The events that a relay keeps: the newest version of replaceable ones, and none that are deleted or expired. */
export interface EventStore {
  add(event: NostrEvent): Acceptance;
  /** Events that match any of the filters, up to each one's limit. Sorted by date, then by id. */
  query(filters: readonly Filter[], maxLimit: number, first?: 'newest' | 'oldest'): readonly NostrEvent[];
  /** All of them, newest first. */
  all(): readonly NostrEvent[];
}

export function createEventStore(now: () => number): EventStore {
  const byId = new Map<string, NostrEvent>();
  /** The newest version of replaceable events, by address. */
  const byAddress = new Map<string, NostrEvent>();
  /** `author id` or `author address`, and when it was deleted. */
  const tombstones = new Map<string, number>();
  let sorted: NostrEvent[] | undefined;

  function remove(event: NostrEvent | undefined): void {
    if (!event) return;
    byId.delete(event.id);
    sorted = undefined;
  }

  function isDeleted(event: NostrEvent): boolean {
    if (event.kind === 5) return false;
    if (tombstones.has(`${event.pubkey} ${event.id}`)) return true;
    const address = addressOf(event);
    const deletedAt = address === undefined ? undefined : tombstones.get(`${event.pubkey} ${address}`);
    return deletedAt !== undefined && event.created_at <= deletedAt;
  }

  /** NIP-09: the author's own events only; addresses up to the deletion's date. Events that come later are refused. */
  function remember(deletion: NostrEvent): void {
    for (const [name, value] of deletion.tags) {
      if ((name !== 'e' && name !== 'a') || value === undefined) continue;
      const key = `${deletion.pubkey} ${value}`;
      tombstones.set(key, Math.max(deletion.created_at, tombstones.get(key) ?? 0));
    }
    for (const event of byId.values())
      if (event.pubkey === deletion.pubkey && isDeleted(event)) remove(event);
  }

  function all(): NostrEvent[] {
    sorted ??= [...byId.values()].sort(newestFirst);
    return sorted.filter((event) => !isExpired(event, now()));
  }

  return {
    all,
    add(event) {
      if (byId.has(event.id)) return { accepted: true, message: 'duplicate: have it' };
      if (isExpired(event, now())) return { accepted: false, message: 'invalid: expired' };
      if (isDeleted(event)) return { accepted: false, message: 'blocked: deleted by its author' };
      if (isEphemeralKind(event.kind)) return { accepted: true, message: '' };
      const address = addressOf(event);
      if (address !== undefined) {
        const before = byAddress.get(address);
        if (before && byId.has(before.id) && newestFirst(before, event) < 0)
          return { accepted: true, message: 'duplicate: have a newer version' };
        remove(before);
        byAddress.set(address, event);
      }
      byId.set(event.id, event);
      sorted = undefined;
      if (event.kind === 5) remember(event);
      return { accepted: true, message: '' };
    },
    query(filters, maxLimit, first = 'newest') {
      const found = new Set<NostrEvent>();
      const ordered = first === 'newest' ? all() : all().reverse();
      for (const filter of filters) {
        let left = Math.min(filter.limit ?? maxLimit, maxLimit);
        for (const event of ordered) {
          if (left <= 0) break;
          if (!matches(filter, event)) continue;
          found.add(event);
          left -= 1;
        }
      }
      return filters.length === 1 ? [...found] : [...found].sort(newestFirst);
    },
  };
}

/** Whether the event matches, regardless of the limit. */
export function matches(filter: Filter, event: NostrEvent): boolean {
  const { id, pubkey, created_at, kind, content, sig } = event;
  return matchFilter(filter, { id, pubkey, created_at, kind, content, sig, tags: event.tags as string[][] });
}

function newestFirst(a: NostrEvent, b: NostrEvent): number {
  return b.created_at - a.created_at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function addressOf({ kind, pubkey, tags }: NostrEvent): string | undefined {
  if (isReplaceableKind(kind)) return `${kind}:${pubkey}:`;
  if (!isAddressableKind(kind)) return undefined;
  return `${kind}:${pubkey}:${tags.find(([name]) => name === 'd')?.[1] ?? ''}`;
}

/** NIP-40 */
function isExpired({ tags }: NostrEvent, nowMs: number): boolean {
  const at = Number(tags.find(([name]) => name === 'expiration')?.[1] ?? Number.NaN);
  return at <= nowMs / 1000;
}
