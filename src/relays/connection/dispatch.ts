import type { Log } from '../../lib/log.ts';
import { sanitizeLine } from '../sanitize-text.ts';
import type { Abuse } from './abuse-budget.ts';
import type { Frame, PendingRequests } from './frame.ts';

export interface DispatchContext {
  readonly pending: PendingRequests;
  readonly log: Log;
  /** Takes what answers one of our requests. */
  push(frame: Frame): void;
}

/** Handles one type of message. Returns what it counts as if nobody asked for it. */
type Handler = (
  message: readonly unknown[],
  context: DispatchContext & { readonly id: string; readonly characters: number },
) => Abuse | undefined;

const MAX_CHALLENGE = 1_024;
const MAX_REASON = 200;
/** NOTICEs that are logged per connection. */
const MAX_LOGGED_NOTICES = 10;

const HANDLERS: ReadonlyMap<unknown, Handler> = new Map<unknown, Handler>([
  [
    'EVENT',
    ([, , event], { id, characters, pending, push }) => {
      if (typeof event !== 'object' || event === null) return 'nonsense';
      const subscription = pending.subscriptions.get(id);
      if (!subscription) return 'repeat';
      // Whether it matches the filter is not checked here: some relays ignore `until`, and the events are welcome.
      push({ type: 'event', subscription, event, stored: !subscription.isLive, characters });
      return undefined;
    },
  ],
  [
    'EOSE',
    (_, { id, pending, push }) => {
      const subscription = pending.subscriptions.get(id);
      // Late: on its way when we closed the subscription. Harmless, unless it never stops.
      if (!subscription || subscription.isLive) return 'repeat';
      subscription.isLive = true;
      push({ type: 'eose', subscription });
      return undefined;
    },
  ],
  [
    'CLOSED',
    ([, , reason], { id, pending, push }) => {
      const subscription = pending.subscriptions.get(id);
      if (subscription) {
        pending.subscriptions.delete(id);
        push({ type: 'closed', subscription, reason: sanitizeLine(reason, MAX_REASON) });
        return undefined;
      }
      if (id !== pending.negentropyId) return 'repeat';
      push({ type: 'negentropy-refused', reason: sanitizeLine(reason, MAX_REASON) });
      return undefined;
    },
  ],
  [
    'OK',
    ([, , accepted, reason], { id, pending, push }) => {
      const verdict = { accepted: accepted === true, reason: sanitizeLine(reason, MAX_REASON) };
      if (id === pending.authEventId) push({ type: 'auth-result', ...verdict });
      else if (pending.publications.delete(id)) push({ type: 'publish-result', id, ...verdict });
      else return 'nonsense';
      return undefined;
    },
  ],
  [
    'AUTH',
    (_, { id: challenge, pending, push }) => {
      if (challenge.length <= MAX_CHALLENGE) {
        pending.challenge = challenge;
        push({ type: 'auth-challenge' });
      }
      return 'nonsense';
    },
  ],
  [
    'NOTICE',
    (_, { id: text, pending, log }) => {
      // For humans (NIP-01) and no answer to anything; it counts only when nothing else comes.
      const notice = { count: pending.notices.count + 1, text: sanitizeLine(text, MAX_REASON) };
      pending.notices = notice;
      if (notice.count <= MAX_LOGGED_NOTICES) log.info('relay.noticed', { text: notice.text });
      return 'nonsense';
    },
  ],
  [
    'NEG-MSG',
    ([, , message], { id, pending, push }) => {
      if (typeof message !== 'string' || id !== pending.negentropyId) return 'nonsense';
      push({ type: 'negentropy', message });
      return undefined;
    },
  ],
  [
    'NEG-ERR',
    ([, , reason], { id, pending, push }) => {
      if (id !== pending.negentropyId) return 'nonsense';
      push({ type: 'negentropy-refused', reason: sanitizeLine(reason, MAX_REASON) });
      return undefined;
    },
  ],
]);

/** Hands one message of a relay to whoever asked for it. Returns what it counts as if nobody did. */
export function dispatch(text: string, context: DispatchContext): Abuse | undefined {
  const message = parseArray(text);
  const [type, id] = message;
  const handle = HANDLERS.get(type);
  if (!handle || typeof id !== 'string') return 'nonsense';
  return handle(message, { ...context, id, characters: text.length });
}

function parseArray(text: string): readonly unknown[] {
  try {
    const message: unknown = JSON.parse(text);
    return Array.isArray(message) ? message : [];
  } catch {
    return [];
  }
}
