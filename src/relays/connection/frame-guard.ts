import type { AbstractRelay } from 'nostr-tools/abstract-relay';
import type { Event } from 'nostr-tools/pure';
import { sanitizeLine } from '../sanitize-text.ts';
import type { Abuse } from './abuse-budget.ts';
import type { RelayRequestFrames } from './relay-requests.ts';

interface Guard extends Omit<RelayRequestFrames, 'noticed'> {
  /** A frame for one of our subscriptions or requests, with its length in characters, before it is handled. */
  received(length: number): void;
  /** The first of a connection are for the log. */
  noticed(text: string, isForLog: boolean): void;
  wasted(waste: Abuse, length: number): void;
}

/** Still on its way when we closed the subscription: nobody's fault, unless there is no end to it. */
const LATE: Abuse = 'repeat';
const MAX_NOTICES = 10;
const MAX_CHALLENGE = 1_024;

/** Lets only well-formed frames reach nostr-tools, which prints the content of others to the console. */
export function guardFrames(relay: AbstractRelay, guard: Guard): void {
  const handle = relay._onmessage.bind(relay);
  let notices = 0;

  function useOf(frame: readonly unknown[], length: number): 'handled' | 'taken' | Abuse {
    const [type, id, content] = frame;
    if (type === 'NOTICE') {
      // For people (NIP-01), and no answer to anything; a signal only where nothing else comes.
      notices += 1;
      guard.noticed(sanitizeLine(id, 200), notices <= MAX_NOTICES);
      return 'nonsense';
    }
    if (typeof id !== 'string') return 'nonsense';
    const reason = (): string => sanitizeLine(frame.at(-1), 200);
    const subscription = relay.openSubs.get(id);
    const isOurs = subscription !== undefined;
    switch (type) {
      case 'EVENT':
        if (typeof content !== 'object' || content === null) return 'nonsense';
        if (!isOurs) return LATE;
        // nostr-tools would read the frame once more, to find out what nobody here asks it.
        guard.received(length);
        subscription.onevent(content as Event);
        return 'taken';
      case 'EOSE':
        return isOurs ? 'handled' : LATE;
      case 'CLOSED':
        if (isOurs) return 'handled';
        return guard.refused(id, reason()) ? 'taken' : LATE;
      case 'AUTH':
        if (id.length <= MAX_CHALLENGE) guard.challenged(id);
        return 'nonsense';
      case 'OK':
        return guard.judged(id, content === true, reason()) ? 'taken' : 'nonsense';
      case 'NEG-MSG':
        if (typeof content !== 'string') return 'nonsense';
        guard.received(length);
        return guard.compared(id, content) ? 'taken' : 'nonsense';
      case 'NEG-ERR':
        return guard.refused(id, sanitizeLine(content, 200)) ? 'taken' : 'nonsense';
      default:
        return 'nonsense';
    }
  }

  relay._onmessage = (message) => {
    const data: unknown = message.data;
    // Nothing in NIP-01 comes as bytes.
    if (typeof data !== 'string') return guard.wasted('nonsense', (data as Buffer).length);
    const { length } = data;
    const frame = parsed(data);
    const use = frame ? useOf(frame, length) : 'nonsense';
    if (use === 'handled') {
      guard.received(length);
      handle(message);
    } else if (use !== 'taken') guard.wasted(use, length);
  };
}

function parsed(text: string): readonly unknown[] | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    return Array.isArray(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}
