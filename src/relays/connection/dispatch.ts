import type { Log } from '../../lib/log.ts';
import { sanitizeLine } from '../sanitize-text.ts';
import type { Abuse } from './abuse-budget.ts';
import type { Frame, PendingRequests } from './frame.ts';

interface DispatchContext {
  readonly id: string;
  readonly pending: PendingRequests;
  readonly log: Log;
  /** The length of the whole message. */
  readonly characters: number;
}

/** Handles one type of message. Returns the frame for whoever reads the connection, or what it counts as. */
type Handler = (message: readonly unknown[], context: DispatchContext) => Frame | Abuse;

const MAX_CHALLENGE = 1_024;
const MAX_REASON = 200;
/** NOTICEs that are logged per connection. */
const MAX_LOGGED_NOTICES = 10;

const HANDLERS: ReadonlyMap<unknown, Handler> = new Map<unknown, Handler>([
  ['EVENT', handleEvent],
  ['EOSE', handleEose],
  ['CLOSED', handleClosed],
  ['OK', handleOk],
  ['AUTH', handleAuth],
  ['NOTICE', handleNotice],
  ['NEG-MSG', handleNegentropy],
  ['NEG-ERR', handleNegentropyError],
]);

/** Takes one message of a relay (NIP-01, NIP-42, NIP-77) apart: the answer to a request of ours, or an abuse. */
export function dispatch(text: string, pending: PendingRequests, log: Log): Frame | Abuse {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return 'nonsense';
  }
  if (!Array.isArray(message)) return 'nonsense';
  const [type, id] = message as readonly unknown[];
  const handle = HANDLERS.get(type);
  if (!handle || typeof id !== 'string') return 'nonsense';
  return handle(message, { id, pending, log, characters: text.length });
}

// An EVENT, EOSE or CLOSED for a subscription that isn't open was on its way when we closed it. It counts as a
// repetition: harmless, unless it never stops.

function handleEvent([, , event]: readonly unknown[], context: DispatchContext): Frame | Abuse {
  if (typeof event !== 'object' || event === null) return 'nonsense';
  const subscription = context.pending.subscriptions.get(context.id);
  if (!subscription) return 'repeat';
  // The filter isn't checked: some relays ignore `until`, and their events are welcome.
  const { characters } = context;
  return { type: 'event', subscription, event, stored: !subscription.isLive, characters };
}

function handleEose(_: readonly unknown[], { id, pending }: DispatchContext): Frame | Abuse {
  const subscription = pending.subscriptions.get(id);
  if (!subscription || subscription.isLive) return 'repeat';
  subscription.isLive = true;
  return { type: 'eose', subscription };
}

function handleClosed([, , written]: readonly unknown[], { id, pending }: DispatchContext): Frame | Abuse {
  const subscription = pending.subscriptions.get(id);
  const reason = sanitizeLine(written, MAX_REASON);
  if (!subscription) return id === pending.negentropyId ? { type: 'negentropy-refused', reason } : 'repeat';
  pending.subscriptions.delete(id);
  return { type: 'closed', subscription, reason };
}

function handleOk([, , verdict, written]: readonly unknown[], context: DispatchContext): Frame | Abuse {
  const { id, pending } = context;
  const accepted = verdict === true;
  const reason = sanitizeLine(written, MAX_REASON);
  if (id === pending.authEventId) return { type: 'auth-result', accepted, reason };
  return pending.publications.delete(id) ? { type: 'publish-result', id, accepted, reason } : 'nonsense';
}

function handleAuth(_: readonly unknown[], { id: challenge, pending }: DispatchContext): Frame | Abuse {
  if (challenge.length > MAX_CHALLENGE) return 'nonsense';
  pending.challenge = challenge;
  return { type: 'auth-challenge' };
}

/** For humans (NIP-01) and no answer to anything. It counts only when nothing else comes. */
function handleNotice(_: readonly unknown[], { id: written, pending, log }: DispatchContext): Abuse {
  const text = sanitizeLine(written, MAX_REASON);
  const count = pending.notices.count + 1;
  pending.notices = { count, text };
  if (count <= MAX_LOGGED_NOTICES) log.info('notice.received', { text });
  return 'nonsense';
}

function handleNegentropy(
  [, , message]: readonly unknown[],
  { id, pending }: DispatchContext,
): Frame | Abuse {
  if (typeof message !== 'string' || id !== pending.negentropyId) return 'nonsense';
  return { type: 'negentropy', message };
}

function handleNegentropyError(
  [, , reason]: readonly unknown[],
  { id, pending }: DispatchContext,
): Frame | Abuse {
  if (id !== pending.negentropyId) return 'nonsense';
  return { type: 'negentropy-refused', reason: sanitizeLine(reason, MAX_REASON) };
}
