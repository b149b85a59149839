import type { BotKey } from './bot-key.ts';
import { terminationIn } from './page.ts';
import type { VerifiedStream } from './source.ts';
import type { Timeouts } from './timers.ts';
import { type Termination, terminationFor } from './trouble.ts';

export interface AuthenticateOptions {
  readonly url: string;
  readonly key: BotKey | undefined;
  readonly now: () => number;
  readonly timers: Timeouts;
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
  const { url, key, now, timers } = options;
  if (!key) return terminationFor('needs-key', 'needs a key: set BOT_KEY');
  let waitedMs = 0;
  let isAsked = false;
  while (waitedMs < timers.pageSilenceMs) {
    const challenge = source.challenge();
    if (challenge !== undefined && !isAsked) {
      source.authenticate(key.signAuth(url, challenge, now()));
      isAsked = true;
    }
    const next = await source.next(timers.pageSilenceMs - waitedMs);
    waitedMs += next.waitedMs;
    for (const one of next.seen) {
      if (one.type === 'gone') return terminationIn(one);
      if (one.type === 'judged') return one.accepted ? undefined : KEY_REFUSED;
    }
  }
  // Not all relays answer. Whether it was enough the next request will tell.
  return isAsked ? undefined : terminationFor('silent', 'no challenge');
}
