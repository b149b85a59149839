import type { Log } from '../../../lib/log.ts';
import { classifyError, ignoreUnmodified } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { isRichRefused, isRichUnsupported } from '../api/errors.ts';
import type { SendTarget, SentMessages } from '../chat-target.ts';
import type { OutgoingRich } from '../render/outgoing.ts';

/** Calls with rich messages. Each settles with `undefined` where Telegram would not take the message as such. */
export interface RichSender {
  /** `puzzled`: see `Progress`. */
  send(call: OutgoingRich, where: SendTarget, puzzled: boolean): Promise<SentMessages | undefined>;
  /** Gives one message another content; throws what stands in its way apart from its being rich. */
  edit(standing: SentMessages, call: OutgoingRich, puzzled: boolean): Promise<number | undefined>;
}

/** After one refusal that is about rich messages as such, none is tried until the program starts again. */
export function createRichSender(calls: Calls, log: Log): RichSender {
  let off = false;

  async function attempt<T>(puzzled: boolean, act: () => Promise<T>): Promise<T | undefined> {
    if (off) return undefined;
    try {
      return await act();
    } catch (error) {
      const failure = classifyError(error);
      const isBroken = failure.kind === 'server-error' && puzzled;
      if (!isRichUnsupported(failure) && !isRichRefused(failure) && !isBroken) throw error;
      off = isRichUnsupported(failure);
      log.warn('message.simplified', { reason: failure.reason, richMessages: off ? 'off' : 'on' });
      return undefined;
    }
  }

  const content = ({ rich, keyboard }: OutgoingRich) => ({
    rich_message: rich,
    ...(keyboard && { reply_markup: keyboard }),
  });

  return {
    send: (call, where, puzzled) =>
      attempt(puzzled, async () => {
        const message = await calls.sendRichMessage({ ...where, ...content(call) });
        return { chat: message.chat.id, ids: [message.message_id] };
      }),
    edit: ({ chat, ids }, call, puzzled) =>
      attempt(puzzled, async () => {
        const message_id = ids[0] ?? 0;
        await ignoreUnmodified(() => calls.editMessageText({ chat_id: chat, message_id, ...content(call) }));
        return 1;
      }),
  };
}
