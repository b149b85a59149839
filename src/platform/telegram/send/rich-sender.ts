import type { Log } from '../../../lib/log.ts';
import { classifyError, ignoreUnmodified } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { isRichRefused, isRichUnsupported } from '../api/errors.ts';
import type { SendTarget, SentMessages } from '../chat-target.ts';
import type { OutgoingRich } from '../render/outgoing.ts';

/** Sends and edits rich messages. Resolves with `undefined` if Telegram doesn't accept the message as a rich one. */
export interface RichSender {
  /** `tryPlainer` is `SendProgress.tryPlainer`. */
  send(call: OutgoingRich, where: SendTarget, tryPlainer: boolean): Promise<SentMessages | undefined>;
  /** Replaces the content of one message. Throws errors that have nothing to do with the rich format. */
  edit(sent: SentMessages, call: OutgoingRich, tryPlainer: boolean): Promise<number | undefined>;
}

/** Once the server has rejected rich messages altogether, none is tried until the next start. */
export function createRichSender(calls: Calls, log: Log): RichSender {
  let isOff = false;

  async function attempt<T>(tryPlainer: boolean, call: () => Promise<T>): Promise<T | undefined> {
    if (isOff) return undefined;
    try {
      return await call();
    } catch (error) {
      const failure = classifyError(error);
      const isBroken = failure.kind === 'server-error' && tryPlainer;
      if (!isRichUnsupported(failure) && !isRichRefused(failure) && !isBroken) throw error;
      isOff = isRichUnsupported(failure);
      log.warn('message.simplified', { reason: failure.reason, richMessages: isOff ? 'off' : 'on' });
      return undefined;
    }
  }

  const content = ({ rich, keyboard }: OutgoingRich) => ({
    rich_message: rich,
    ...(keyboard && { reply_markup: keyboard }),
  });

  return {
    send: (call, where, tryPlainer) =>
      attempt(tryPlainer, async () => {
        const message = await calls.sendRichMessage({ ...where, ...content(call) });
        return { chat: message.chat.id, ids: [message.message_id] };
      }),
    edit: ({ chat, ids }, call, tryPlainer) =>
      attempt(tryPlainer, async () => {
        const message_id = ids[0] ?? 0;
        await ignoreUnmodified(() => calls.editMessageText({ chat_id: chat, message_id, ...content(call) }));
        return 1;
      }),
  };
}
