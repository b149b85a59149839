import type { Log } from '../../../lib/log.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import type { SendTarget } from '../chat-target.ts';
import type { ChatKind } from '../updates/parse-update.ts';

/** An answer that comes sooner needs no sign of life. */
const SLOW_MS = 1_000;
/** Telegram shows it for five seconds (Bot API, `sendChatAction`). */
const SHOWN_MS = 5_000;

/** Shows that an answer is being worked on, once it takes longer, until `stop`. Channels show no such thing. */
export function showTyping(
  calls: Pick<Calls, 'sendChatAction'>,
  { chat_id, message_thread_id }: SendTarget,
  kind: ChatKind,
  log: Log,
): { stop(): void } {
  if (kind === 'channel') return { stop() {} };
  const show = (): void => {
    const thread = message_thread_id === undefined ? {} : { message_thread_id };
    calls.sendChatAction({ chat_id, ...thread, action: 'typing' }).catch((error: unknown) => {
      log.debug('typing.failed', { reason: classifyError(error).reason });
    });
    timer = setTimeout(show, SHOWN_MS);
  };
  let timer = setTimeout(show, SLOW_MS);
  return { stop: () => clearTimeout(timer) };
}
