import type { BotKey } from './bot-key.ts';
import { endingIn } from './page.ts';
import type { Source } from './source.ts';
import type { Timers } from './timers.ts';
import { type Ending, endingWith } from './trouble.ts';

export interface AuthenticateOptions {
  readonly url: string;
  readonly key: BotKey | undefined;
  readonly now: () => number;
  readonly timers: Timers;
}

export const REFUSES_KEY = endingWith('refuses-key', 'refuses our key');

/**
 * Shows the bot's key to a relay that asks for one (NIP-42), in answer to its newest challenge. `undefined`: it may be
 * asked again. The relay's challenge may still be on its way.
 */
export async function authenticate(
  source: Source,
  options: AuthenticateOptions,
): Promise<Ending | undefined> {
  const { url, key, now, timers } = options;
  if (!key) return endingWith('needs-key', 'needs a key: set BOT_KEY');
  let waitedMs = 0;
  let isAsked = false;
  while (waitedMs < timers.pageSilenceMs) {
    const challenge = source.challenge();
    if (challenge !== undefined && !isAsked) {
      source.authenticate(key.proof(url, challenge, now()));
      isAsked = true;
    }
    const next = await source.next(timers.pageSilenceMs - waitedMs);
    waitedMs += next.waitedMs;
    for (const one of next.seen) {
      if (one.type === 'gone') return endingIn(one);
      if (one.type === 'judged') return one.accepted ? undefined : REFUSES_KEY;
    }
  }
  // Not all relays answer. Whether it was enough the next request will tell.
  return isAsked ? undefined : endingWith('silent', 'no challenge');
}
