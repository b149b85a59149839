import type { BotKey } from './bot-key.ts';
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
