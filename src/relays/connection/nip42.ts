import type { BotKey } from '../bot-key.ts';
import { type Termination, terminationFor } from '../relay-errors.ts';
import { terminationIn } from '../sync/page-reader.ts';
import type { VerifiedStream } from '../sync/verified-stream.ts';
import type { Timeouts } from '../timeouts.ts';
import type { Connection } from './connection.ts';

/**
 * Shows the key to a relay (NIP-42) in answer to its newest challenge, which may still be on its way. True where the
 * relay took it within the time. What comes meanwhile is passed over: whoever waits for it asks again.
 */
export async function authenticateConnection(
  connection: Connection,
  {
    url,
    key,
    nowMs,
    withinMs,
  }: {
    readonly url: string;
    readonly key: BotKey;
    readonly nowMs: number;
    readonly withinMs: number;
  },
): Promise<boolean> {
  const giveUpMs = performance.now() + withinMs;
  let shown: string | undefined;
  for (;;) {
    const challenge = connection.challenge();
    if (challenge !== undefined && challenge !== shown) {
      shown = challenge;
      connection.authenticate(key.signAuth(url, challenge, nowMs));
    }
    const leftMs = giveUpMs - performance.now();
    const frames = leftMs > 0 ? await connection.read(leftMs) : [];
    if (frames.length === 0) return false;
    for (const frame of frames) {
      if (frame.type === 'judged') return frame.accepted;
      if (frame.type === 'gone') return false;
    }
  }
}

export interface AuthenticateOptions {
  readonly url: string;
  readonly key: BotKey | undefined;
  readonly now: () => number;
  readonly timeouts: Timeouts;
}

export const KEY_REFUSED = terminationFor('refuses-key', 'refuses our key');

/**
 * Shows the bot's key to a relay that asks for one (NIP-42), in answer to its newest challenge. `undefined`: it may be
 * asked again. The relay's challenge may still be on its way.
 */
export async function authenticate(
  source: VerifiedStream,
  options: AuthenticateOptions,
): Promise<Termination | undefined> {
  const { url, key, now, timeouts } = options;
  if (!key) return terminationFor('needs-key', 'needs a key: set BOT_KEY');
  let waitedMs = 0;
  let isAsked = false;
  while (waitedMs < timeouts.pageSilenceMs) {
    const challenge = source.challenge();
    if (challenge !== undefined && !isAsked) {
      source.authenticate(key.signAuth(url, challenge, now()));
      isAsked = true;
    }
    const next = await source.next(timeouts.pageSilenceMs - waitedMs);
    waitedMs += next.waitedMs;
    for (const one of next.seen) {
      if (one.type === 'gone') return terminationIn(one);
      if (one.type === 'judged') return one.accepted ? undefined : KEY_REFUSED;
    }
  }
  // Not all relays answer. Whether it was enough the next request will tell.
  return isAsked ? undefined : terminationFor('silent', 'no challenge');
}
