import type { Filter } from 'nostr-tools/filter';
import type { NostrEvent } from '../../src/note/note.ts';
import type { FaultScript } from './faults.ts';
import { createResponder } from './negentropy.ts';

/** How a relay supports NIP-77. */
export interface NegentropyRules {
  /** Larger sets are refused. No limit by default. */
  readonly maxRecords?: number;
  /** Of a message, in bytes. strfry's limit by default. */
  readonly frameLimit?: number;
}

const FRAME_LIMIT = 500_000;

export interface NegentropySessionsOptions {
  /** Undefined if NIP-77 is switched off. */
  readonly sync: NegentropyRules | undefined;
  readonly faults: FaultScript;
  /** Why this client isn't served; undefined if it is. */
  readonly refusal: (filter: Filter) => string | undefined;
  /** Every event that matches. */
  readonly query: (filter: Filter) => readonly NostrEvent[];
  readonly send: (...frame: readonly unknown[]) => void;
  readonly hangUp: () => void;
}

/** One client's negotiations, answered the way strfry does. */
export function createNegentropySessions({
  sync,
  faults,
  refusal,
  query,
  send,
  hangUp,
}: NegentropySessionsOptions) {
  const responders = new Map<string, (message: string) => string>();

  function reply(id: string, message: unknown): void {
    const respond = responders.get(id);
    if (!respond) return send('NEG-ERR', id, 'closed: unknown subscription handle');
    try {
      send('NEG-MSG', id, respond(String(message)));
    } catch {
      responders.delete(id);
      send('NEG-ERR', id, 'PROTOCOL-ERROR');
    }
  }

  function open(id: string, filter: Filter, message: unknown): void {
    const reason = refusal(filter);
    if (reason !== undefined) return send('NEG-ERR', id, reason);
    const events = query(filter);
    if (events.length > (sync?.maxRecords ?? Number.POSITIVE_INFINITY))
      return send('NEG-ERR', id, 'blocked: too many query results', sync?.maxRecords);
    const invented = faults.current
      .inventedIds(filter)
      .map((one) => ({ createdAt: filter.until ?? 0, id: one }));
    const items = events.map(({ created_at, id: one }) => ({ createdAt: created_at, id: one }));
    responders.set(id, createResponder([...items, ...invented], sync?.frameLimit ?? FRAME_LIMIT));
    reply(id, message);
  }

  return {
    /** True if the message belongs to NIP-77. */
    take([type, id, ...rest]: readonly unknown[]): boolean {
      if (typeof type !== 'string' || !type.startsWith('NEG-') || typeof id !== 'string') return false;
      const { negotiation } = faults.current;
      if (!sync || negotiation === 'notice') send('NOTICE', 'ERROR: bad msg: negentropy disabled');
      else if (negotiation === 'hang-up') hangUp();
      else if (negotiation === 'nonsense') send('NEG-MSG', id, '6z');
      else if (negotiation === 'closed') send('CLOSED', id, 'unsupported: no such message');
      else if (negotiation === 'refused') send('NEG-ERR', id, 'error: not today');
      else if (negotiation === 'answer') {
        if (type === 'NEG-OPEN') open(id, rest[0] as Filter, rest[1]);
        if (type === 'NEG-MSG') reply(id, rest[0]);
        if (type === 'NEG-CLOSE') responders.delete(id);
      }
      return true;
    },
  };
}
