import type { KeyValue } from '../../lib/key-value.ts';
import type { Author, VerifiedEvent } from '../../note/note.ts';
import { authorFromProfile, parseDmRelayList, parseMediaServerList, parseRelayList } from './profile.ts';

/** What the author says about themselves: profile (kind 0), relays (kinds 10002 and 10050), media servers (kind 10063). */
export interface AuthorMetadata {
  author(): Author;
  /** Relays the author writes to (NIP-65). */
  relays(): readonly string[];
  /** Where direct messages reach the author (NIP-17); without such a list, the relays the author reads (NIP-65). */
  dmRelays(): readonly string[];
  /** Servers that hold the author's media, best first (NIP-B7). */
  mediaServers(): readonly string[];
  /** True if the event is one of these, and newer than the one before. */
  update(event: VerifiedEvent): Promise<boolean>;
  /** Reads what another process has stored since. Rejects if the store can't be read. */
  reload(): Promise<void>;
}

const KINDS = [0, 10_002, 10_050, 10_063];

export async function openAuthorMetadata(
  pubkey: string,
  storage: Pick<KeyValue<VerifiedEvent>, 'get' | 'set'>,
): Promise<AuthorMetadata> {
  const newest = new Map<number, VerifiedEvent>();
  const keyOf = (kind: number): string => `${kind}:${pubkey}`;
  async function reload(): Promise<void> {
    for (const kind of KINDS) {
      const event = await storage.get(keyOf(kind));
      if (event) newest.set(kind, event);
    }
  }

  await reload();
  return {
    reload,
    author: () => authorFromProfile(pubkey, newest.get(0)),
    relays: () => {
      const list = newest.get(10_002);
      return list ? parseRelayList(list) : [];
    },
    dmRelays() {
      const inbox = newest.get(10_050);
      const list = newest.get(10_002);
      const named = inbox ? parseDmRelayList(inbox) : [];
      return named.length > 0 || !list ? named : parseRelayList(list, 'read');
    },
    mediaServers: () => {
      const list = newest.get(10_063);
      return list ? parseMediaServerList(list) : [];
    },
    async update(event) {
      const known = newest.get(event.kind);
      if (!KINDS.includes(event.kind) || (known && !supersedes(event, known))) return false;
      await storage.set(keyOf(event.kind), event);
      newest.set(event.kind, event);
      return true;
    },
  };
}

/** For replaceable events (NIP-01), the newest `created_at` wins, and then the lowest id. */
function supersedes(event: VerifiedEvent, known: VerifiedEvent): boolean {
  return (
    event.created_at > known.created_at || (event.created_at === known.created_at && event.id < known.id)
  );
}
