import type { Log } from '../../log.ts';
import type { RichCall } from './call.ts';
import type { Standing, Where } from './chat.ts';
import type { Calls } from './client.ts';
import { faultOf, unlessSame } from './fault.ts';
import type { FaultKind } from './fault-table.ts';

/** Calls with rich messages. Each settles with `undefined` where Telegram would not take the message as such. */
export interface RichCalls {
  /** `puzzled`: see `Progress`. */
  send(call: RichCall, where: Where, puzzled: boolean): Promise<Standing | undefined>;
  /** Gives one message another content; throws what stands in its way apart from its being rich. */
  edit(standing: Standing, call: RichCall, puzzled: boolean): Promise<number | undefined>;
}

/** The server does not know the method, or not these blocks: the next article would meet the same. */
const UNKNOWN: ReadonlySet<FaultKind> = new Set(['content', 'unknown']);
/** This article only. */
const UNLUCKY: ReadonlySet<FaultKind> = new Set([
  'media-address',
  'media-form',
  'media-right',
  'entities',
  'keyboard',
]);

/** After one refusal that is about rich messages as such, none is tried until the program starts again. */
export function createRichCalls(calls: Calls, log: Log): RichCalls {
  let off = false;

  async function attempt<T>(puzzled: boolean, act: () => Promise<T>): Promise<T | undefined> {
    if (off) return undefined;
    try {
      return await act();
    } catch (error) {
      const { kind, reason } = faultOf(error);
      const isBroken = kind === 'busy' && puzzled;
      if (!UNKNOWN.has(kind) && !UNLUCKY.has(kind) && !isBroken) throw error;
      off = UNKNOWN.has(kind);
      log.warn('message.simplified', { reason, richMessages: off ? 'off' : 'on' });
      return undefined;
    }
  }

  const content = ({ rich, keyboard }: RichCall) => ({
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
        await unlessSame(() => calls.editMessageText({ chat_id: chat, message_id, ...content(call) }));
        return 1;
      }),
  };
}
