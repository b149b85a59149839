import { createRateLimiter, TELEGRAM_LIMITS } from '../../sandbox/telegram/http/rate-limits.ts';
import { Refusal } from '../../sandbox/telegram/http/refusal.ts';
import type { OnMessage } from './minimal-discord.ts';
import { type MinimalResponse, startMinimalHttpServer } from './minimal-http-server.ts';

export const TELEGRAM_TOKEN = '7000000002:AAbenchTokenOfNobodyAtAll_0123456789';

const ok = (result: unknown): MinimalResponse => ({ body: JSON.stringify({ ok: true, result }) });
const chat = { id: 1, type: 'private' };
const sent = ok({ message_id: 1, date: 1_750_000_000, chat, text: '' });
/** Answers to log-ins. Nobody ever writes to the bot, so requests for updates are held open. */
const answers: Readonly<Record<string, MinimalResponse | undefined>> = {
  getMe: ok({ id: 7_000_000_002, is_bot: true, first_name: 'Bench', username: 'bench_bot' }),
  getWebhookInfo: ok({ url: '' }),
  getMyCommands: ok([]),
  getUpdates: undefined,
};

/**
 * As much of the Bot API as sending needs: the sandbox's rate limits, and the same response to every message. Resolves with its
 * address.
 */
export function startMinimalTelegram(limited: boolean, heard: OnMessage): Promise<string> {
  const limit = createRateLimiter(
    { now: Date.now, paidBroadcasts: { isOn: false, tenths: 0 } },
    limited ? TELEGRAM_LIMITS : {},
  );
  return startMinimalHttpServer(({ line, body }) => {
    const method = line.slice(line.lastIndexOf('/') + 1);
    if (method !== 'sendMessage') return method in answers ? answers[method] : ok(true);
    try {
      if (limited) limit(method, { fields: { chat_id: chatIn(body) }, files: new Map() });
      heard(body, false);
      return sent;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      heard(body, true);
      const { code: error_code, message: description, parameters } = error;
      return { status: 429, body: JSON.stringify({ ok: false, error_code, description, parameters }) };
    }
  });
}

function chatIn(body: Buffer): string {
  return String((JSON.parse(body.toString()) as { readonly chat_id: unknown }).chat_id);
}
