import type { AbstractRelay } from 'nostr-tools/abstract-relay';
import { plainLine } from './plain.ts';

interface Guard {
  /** A frame for one of our subscriptions, with its length in characters, before it is handled. */
  received(length: number): void;
  noticed(text: string): void;
  /** More than a thousand frames that mean nothing. Called once. */
  flooded(): void;
}

const MAX_USELESS = 1_000;
const MAX_NOTICES = 10;

/** Lets only well-formed frames reach nostr-tools, which prints the content of others to the console. */
export function guardFrames(relay: AbstractRelay, guard: Guard): void {
  const handle = relay._onmessage.bind(relay);
  let useless = 0;
  let notices = 0;

  relay._onmessage = (message) => {
    const frame = parsed(message.data);
    switch (frame?.[0]) {
      case 'EVENT':
        // Events still on their way when we closed the subscription are nobody's fault.
        if (!isObject(frame[2]) || typeof frame[1] !== 'string') return countUseless();
        if (!relay.openSubs.has(frame[1])) return;
        break;
      case 'EOSE':
      case 'CLOSED':
        if (typeof frame[1] !== 'string') return countUseless();
        if (!relay.openSubs.has(frame[1])) return;
        break;
      case 'NOTICE':
        // For people, never a signal (NIP-01).
        notices += 1;
        if (notices <= MAX_NOTICES) guard.noticed(plainLine(frame[1], 200));
        return countUseless();
      case 'AUTH':
        if (typeof frame[1] !== 'string') return countUseless();
        useless += 1;
        break;
      default:
        return countUseless();
    }
    guard.received((message.data as string).length);
    handle(message);
  };

  function countUseless(): void {
    useless += 1;
    if (useless === MAX_USELESS) guard.flooded();
  }
}

function parsed(data: unknown): readonly unknown[] | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    return Array.isArray(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
