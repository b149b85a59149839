import type { NostrEvent } from '../../src/note/note.ts';

/** What goes wrong at a relay, each on its own and all together. */
export interface Faults {
  /** `refuse` resets new connections; `no-upgrade` accepts them and never answers the handshake. */
  connect: 'accept' | 'refuse' | 'no-upgrade';
  /** Nothing is said any more, though the socket lives and pings are answered. */
  mute: boolean;
  /** `half` sends half of a page's events and then nothing; `early` says EOSE after half of them and sends the rest. */
  eose: 'send' | 'never' | 'half' | 'early';
  /** What is neither served nor pushed, though it is stored, and without a word about it. */
  withheld: (event: NostrEvent) => boolean;
  /** The next requests that match are answered with CLOSED; so many before them are not. */
  closed:
    | {
        readonly reason: string;
        readonly times: number;
        readonly only?: 'live' | 'pages';
        readonly after?: number;
      }
    | undefined;
  /** A connection is cut off after so many frames sent. */
  dropAfter: number;
  /** Nothing is read and nothing sent, pings included; no FIN either. */
  blackHole: boolean;
  /** How often each event is sent. */
  copies: number;
  /** Published events are stored but not pushed to subscriptions. */
  forgetful: boolean;
  /** Stored events are sent whatever number was asked for. */
  ignoreLimit: boolean;
  /** Sent ahead of each event, live or stored. */
  ahead: (event: NostrEvent) => readonly unknown[];
  /** Whether an AUTH is answered. */
  okay: 'send' | 'never';
  /** What comes of NIP-77's frames, where the relay takes part in it. */
  negotiation: 'answer' | 'silent' | 'notice' | 'closed' | 'refused' | 'nonsense' | 'hang-up';
  /** Ids that a reconciliation names though there are no such events. */
  inventedIds: (filter: { readonly since?: number; readonly until?: number }) => readonly string[];
  /** Raw frames sent before a request is refused. */
  beforeRefusal: () => readonly string[];
  /** Raw frames sent in answer to each request, before its events. */
  raw: (subscription: string) => readonly string[];
}

/** A fault script: `set` adds to what is wrong, `clear` mends everything. */
export interface FaultScript {
  readonly current: Readonly<Faults>;
  set(faults: Partial<Faults>): void;
  clear(): void;
}

export function createFaultScript(changed: () => void): FaultScript {
  const current = faultless();
  return {
    current,
    set(faults) {
      Object.assign(current, faults);
      changed();
    },
    clear() {
      Object.assign(current, faultless());
      changed();
    },
  };
}

function faultless(): Faults {
  return {
    connect: 'accept',
    mute: false,
    eose: 'send',
    withheld: () => false,
    closed: undefined,
    dropAfter: Number.POSITIVE_INFINITY,
    blackHole: false,
    copies: 1,
    forgetful: false,
    ignoreLimit: false,
    ahead: () => [],
    okay: 'send',
    negotiation: 'answer',
    inventedIds: () => [],
    beforeRefusal: () => [],
    raw: () => [],
  };
}

/** A frame that carries a copy of the event with other words under the same id. */
export function forgedCopy(event: NostrEvent): NostrEvent {
  const { id, pubkey, created_at, kind, tags, sig } = event;
  return { id, pubkey, created_at, kind, tags, content: `${event.content} (forged)`, sig };
}
