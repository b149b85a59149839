import type { ReplyParameters } from 'grammy/types';
import type { DeliveryOptions } from '../platform.ts';

const PREFIX = 'telegram:';

/** A chat or one topic of it, as the API's parameters name it. `@name` stands for a public chat. */
export interface ChatTarget {
  readonly chat_id: number | string;
  readonly message_thread_id?: number;
}

/** Where a message goes, and how. */
export interface SendTarget extends ChatTarget {
  readonly direct_messages_topic_id?: number;
  readonly reply_parameters?: ReplyParameters;
  readonly disable_notification?: boolean;
}

/** In links, the general topic of a forum has a number; the API knows no such topic: it is the chat itself. */
const GENERAL = 1;

const threadOf = (topic: number | string | undefined): Pick<ChatTarget, 'message_thread_id'> =>
  topic === undefined || Number(topic) === GENERAL ? {} : { message_thread_id: Number(topic) };

/** `telegram:<chat>[/<topic>]` taken apart. */
export function parseDestination(destination: string): ChatTarget {
  const [chat = '', topic] = destination.slice(PREFIX.length).split('/');
  return { chat_id: parseChatId(chat), ...threadOf(topic) };
}

export function destinationOf(chat: number | string, topic?: number): string {
  return `${PREFIX}${chat}${topic === undefined || topic === GENERAL ? '' : `/${topic}`}`;
}

/** A chat as the operator names it, with its topic or without: the general one is the chat itself, and case does not matter in names. */
export const normalizeChatName = (written: string): string => written.toLowerCase().replace(/\/0*1$/u, '');

/**
 * The messages of one part. The chat is named by number and stays the one they were sent to: after a group became a
 * supergroup, its old messages are still reached under the old number.
 */
export interface SentMessages {
  readonly chat: number;
  readonly ids: readonly number[];
}

/** `<chat>:<message>,<message>`. */
export function formatReceipt({ chat, ids }: SentMessages): string {
  return `${chat}:${ids.join(',')}`;
}

/** `undefined` where that is no receipt of ours. */
export function parseReceipt(receipt: string): SentMessages | undefined {
  const match = /^(-?\d+):(\d+(?:,\d+)*)$/.exec(receipt);
  return match ? { chat: Number(match[1]), ids: (match[2] ?? '').split(',').map(Number) } : undefined;
}

/**
 * Where and how a send goes. A receipt to answer to is left out where it is of another chat, as ids are counted per chat
 * and groups change theirs; Telegram passes it over where the message is gone.
 */
export function sendTarget(
  destination: string,
  { replyTo, silent, topic }: DeliveryOptions = {},
): SendTarget {
  const own = parseDestination(destination);
  const target = {
    ...(topic === undefined ? own : { chat_id: own.chat_id, ...threadOf(topic) }),
    ...(silent && { disable_notification: true }),
  };
  const { chat_id } = target;
  const standing = replyTo === undefined ? undefined : parseReceipt(replyTo);
  const [message_id] = standing?.ids ?? [];
  if (message_id === undefined || (typeof chat_id === 'number' && chat_id !== standing?.chat)) return target;
  return { ...target, reply_parameters: { message_id, allow_sending_without_reply: true } };
}

function parseChatId(chat: string): number | string {
  return /^-?\d+$/.test(chat) ? Number(chat) : chat;
}
