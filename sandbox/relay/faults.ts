import type { NostrEvent } from '../../src/note/note.ts';

/** How a relay misbehaves. Faults can be combined. */
export interface Faults {
  /** `refuse` resets new connections; `no-upgrade` accepts them and never answers the handshake. */
  connect: 'accept' | 'refuse' | 'no-upgrade';
  /** Nothing more is sent, but the socket stays open and pings are answered. */
  mute: boolean;
  /** `half` sends half of a page and then nothing; `early` sends EOSE after half of it, and then the rest. */
  eose: 'send' | 'never' | 'half' | 'early';
  /** Stored events that are silently neither served nor pushed. */
  withheld: (event: NostrEvent) => boolean;
  /** The next `times` matching requests are answered with CLOSED, after the first `after` of them. */
  closed:
    | {
        readonly reason: string;
        readonly times: number;
        readonly only?: 'live' | 'pages';
        readonly after?: number;
      }
    | undefined;
  /** Connections are cut after this many frames sent. */
  dropAfter: number;
  /** Nothing is read or sent, not even pings or a FIN. */
  blackHole: boolean;
  /** How often each event is sent. */
  copies: number;
  /** Published events are stored, but not pushed to subscriptions. */
  forgetful: boolean;
  /** Stored events are sent regardless of `limit`. */
  ignoreLimit: boolean;
  /** Events sent before each event, live or stored. */
  ahead: (event: NostrEvent) => readonly unknown[];
  /** Whether AUTH is answered. */
  okay: 'send' | 'never';
  /** How NIP-77 messages are answered, if the relay supports it. */
  negotiation: 'answer' | 'silent' | 'notice' | 'closed' | 'refused' | 'nonsense' | 'hang-up';
  /** Ids that a reconciliation claims to have. */
  inventedIds: (filter: { readonly since?: number; readonly until?: number }) => readonly string[];
  /** Raw frames sent before a request is refused. */
  beforeRefusal: () => readonly string[];
  /** Raw frames sent in answer to each request, before its events. */
  raw: (subscription: string) => readonly string[];
}

/** `set` adds faults, `clear` removes them all. */
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

/** A copy of the event with a different text under the same id. */
export function forgedCopy(event: NostrEvent): NostrEvent {
  const { id, pubkey, created_at, kind, tags, sig } = event;
  return { id, pubkey, created_at, kind, tags, content: `${event.content} (forged)`, sig };
}
