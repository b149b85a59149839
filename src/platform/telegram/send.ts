import type { Body, SendResult } from '../platform.ts';
import { callOf } from './call.ts';
import { receiptOf, standingOf, type Target, targetOf } from './chat.ts';
import type { Calls } from './client.ts';
import { failureOf } from './errors.ts';
import { faultOf } from './fault.ts';
import { fresh, type Progress, type Put } from './put.ts';

/** Sends under way or failed whose progress is kept. */
const MAX_OPEN = 1_000;

export type Send = (destination: string, body: Body, key: string, replyTo?: string) => Promise<SendResult>;

/** Sends one body. Telegram knows no idempotency keys; `key` joins the tries of one album that went up in pieces. */
export function createSend(calls: Calls, put: Put): Send {
  const open = new Map<string, Progress>();

  return async (destination, body, key, replyTo) => {
    const name = `${destination} ${key}`;
    const progress = open.get(name) ?? fresh();
    open.delete(name);
    const target = targetOf(destination);
    try {
      const standing = await put(callOf(body), { ...target, ...replyParameters(target, replyTo) }, progress);
      return { status: 'sent', receipt: receiptOf(standing) };
    } catch (error) {
      const failure = failureOf(error, progress.puzzled);
      if (failure.status === 'retry') {
        open.set(name, { ...progress, puzzled: faultOf(error).kind === 'unknown' });
        const oldest = open.keys().next().value;
        if (open.size > MAX_OPEN && oldest !== undefined) open.delete(oldest);
      }
      if (failure.status === 'unreachable' && /chat not found/i.test(failure.reason)) {
        return (await exists(target))
          ? { status: 'retry', scope: 'destination', uncertain: false, reason: failure.reason }
          : failure;
      }
      return failure;
    }
  };

  /** "Chat not found" has been said of chats that were there; so it is asked for once more, by another method. */
  async function exists({ chat_id }: Target): Promise<boolean> {
    try {
      await calls.getChat({ chat_id });
      return true;
    } catch (error) {
      return faultOf(error).kind !== 'gone';
    }
  }
}

/** Nothing where the receipt is of another chat: ids are counted per chat, and groups change theirs. */
function replyParameters({ chat_id }: Target, replyTo: string | undefined) {
  const standing = replyTo === undefined ? undefined : standingOf(replyTo);
  const [message_id] = standing?.ids ?? [];
  if (message_id === undefined || (typeof chat_id === 'number' && chat_id !== standing?.chat)) return {};
  return { reply_parameters: { message_id, allow_sending_without_reply: true } };
}
