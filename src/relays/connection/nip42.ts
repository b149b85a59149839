import type { BotKey } from '../bot-key.ts';
import { type Termination, terminationFor } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import type { Connection } from './connection.ts';
import type { Frame } from './frame.ts';

/** A connection, or whatever reads one and passes its frames on. */
export interface AuthChannel extends Pick<Connection, 'challenge' | 'authenticate'> {
  next(waitMs: number): Promise<{
    readonly frames: readonly (Exclude<Frame, { readonly type: 'event' }> | { readonly type: 'event' })[];
    readonly waitedMs: number;
  }>;
}

export interface AuthenticateOptions {
  readonly url: string;
  readonly key: BotKey;
  readonly now: () => number;
  readonly timeouts: Pick<Timeouts, 'pageSilenceMs'>;
}

export const KEY_REFUSED = terminationFor('refuses-key', 'refuses our key');

/**
 * Authenticates with the bot's key (NIP-42), answering the newest challenge, which may still be on its way. Undefined if
 * the relay accepts it, or doesn't say: not all relays answer, and the next request shows whether it helped.
 */
export async function authenticate(
  channel: AuthChannel,
  { url, key, now, timeouts }: AuthenticateOptions,
): Promise<Termination | undefined> {
  let answered: string | undefined;
  for (let waitedMs = 0; waitedMs < timeouts.pageSilenceMs; ) {
    const challenge = channel.challenge();
    if (challenge !== undefined && challenge !== answered) {
      answered = challenge;
      channel.authenticate(key.signAuth(url, challenge, now()));
    }
    const next = await channel.next(timeouts.pageSilenceMs - waitedMs);
    waitedMs += next.waitedMs;
    for (const frame of next.frames) {
      if (frame.type === 'disconnected') return terminationFor(frame.error, frame.reason);
      if (frame.type === 'auth-result') return frame.accepted ? undefined : KEY_REFUSED;
    }
  }
  return answered === undefined ? terminationFor('silent', 'no challenge') : undefined;
}
