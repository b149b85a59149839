import type { ReplyParameters } from 'grammy/types';
import type { DeliveryOptions } from '../platform.ts';

const PREFIX = 'telegram:';

/** A chat or one of its topics, as API parameters. A public chat may be `@name`. */
export interface ChatTarget {
  readonly chat_id: number | string;
  readonly message_thread_id?: number;
}

/** API parameters that say where and how to send a message. */
export interface SendTarget extends ChatTarget {
  readonly direct_messages_topic_id?: number;
  readonly reply_parameters?: ReplyParameters;
  readonly disable_notification?: boolean;
  readonly allow_paid_broadcast?: boolean;
}

/** Links use this id for a forum's general topic. In the API, that topic is the chat itself. */
const GENERAL = 1;

const threadOf = (topic: number | string | undefined): Pick<ChatTarget, 'message_thread_id'> =>
  topic === undefined || Number(topic) === GENERAL ? {} : { message_thread_id: Number(topic) };

/** Parses `telegram:<chat>[/<topic>]`. */
export function parseDestination(destination: string): ChatTarget {
  const [chat = '', topic] = destination.slice(PREFIX.length).split('/');
  return { chat_id: parseChatId(chat), ...threadOf(topic) };
}

export function destinationOf(chat: number | string, topic?: number): string {
  return `${PREFIX}${chat}${topic === undefined || topic === GENERAL ? '' : `/${topic}`}`;
}

/** Normalizes a chat from the configuration, with or without a topic: names are case-insensitive, and the general topic is dropped. */
export const normalizeChatName = (name: string): string => name.toLowerCase().replace(/\/0*1$/u, '');

/**
 * The messages of one part. The chat is the one they were sent to: after a group becomes a supergroup, its old messages
 * keep their old chat id.
 */
export interface SentMessages {
  readonly chat: number;
  readonly ids: readonly number[];
}

/** `<chat>:<message>,<message>`. */
export function formatReceipt({ chat, ids }: SentMessages): string {
  return `${chat}:${ids.join(',')}`;
}

/** `undefined` if it isn't one of our receipts. */
export function parseReceipt(receipt: string): SentMessages | undefined {
  const match = /^(-?\d+):(\d+(?:,\d+)*)$/.exec(receipt);
  return match ? { chat: Number(match[1]), ids: (match[2] ?? '').split(',').map(Number) } : undefined;
}

/**
 * Where and how to send. The reply is dropped if its message is in another chat, since message ids are per chat and groups
 * change theirs; Telegram ignores it if the message was deleted.
 */
export function sendTarget(
  destination: string,
  { replyTo, silent, topic }: DeliveryOptions = {},
): SendTarget {
  const base = parseDestination(destination);
  const target = {
    ...(topic === undefined ? base : { chat_id: base.chat_id, ...threadOf(topic) }),
    ...(silent && { disable_notification: true }),
  };
  const { chat_id } = target;
  const repliedTo = replyTo === undefined ? undefined : parseReceipt(replyTo);
  const [message_id] = repliedTo?.ids ?? [];
  if (message_id === undefined || (typeof chat_id === 'number' && chat_id !== repliedTo?.chat)) return target;
  return { ...target, reply_parameters: { message_id, allow_sending_without_reply: true } };
}

function parseChatId(chat: string): number | string {
  return /^-?\d+$/.test(chat) ? Number(chat) : chat;
}
