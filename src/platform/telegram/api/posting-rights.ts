import type { ChatMember, Chat as TelegramChat } from 'grammy/types';
import type { Texts } from '../../../i18n/texts.ts';
import { classifyError } from './classify-error.ts';
import type { Calls } from './client.ts';

/** Calls that look up a chat. */
export type ChatCalls = Pick<Calls, 'getChat' | 'getChatMember' | 'sendChatAction'>;

/** What the bot needs before it can post somewhere. */
export type MissingRight = keyof Texts['telegram']['missing'];

export interface PostingPlace {
  readonly chat: Pick<TelegramChat, 'id' | 'type'>;
  readonly topic: number | undefined;
  /** The bot's own id. */
  readonly selfId: number;
}

/** What the bot lacks to post in a group or channel; `undefined` if nothing. Rejects if Telegram can't say. */
export async function missingRight(place: PostingPlace, calls: ChatCalls): Promise<MissingRight | undefined> {
  const { chat, topic, selfId } = place;
  const missing = await missingInChat(chat, calls, selfId);
  return missing ?? (topic === undefined ? undefined : topicObstacle(chat.id, topic, calls));
}

async function missingInChat(
  { id, type }: PostingPlace['chat'],
  calls: ChatCalls,
  selfId: number,
): Promise<MissingRight | undefined> {
  const member = await memberIn(id, calls, selfId);
  if (!member || member.status === 'left' || member.status === 'kicked') return 'member';
  if (type === 'channel') {
    if (member.status !== 'administrator') return 'administrator';
    return member.can_post_messages ? undefined : 'postMessages';
  }
  if (member.status === 'administrator') return undefined;
  if (member.status === 'restricted' && !member.can_send_messages) return 'sendMessages';
  const { permissions } = await calls.getChat({ chat_id: id });
  return permissions?.can_send_messages === false ? 'sendMessages' : undefined;
}

async function memberIn(chat_id: number, calls: ChatCalls, user_id: number): Promise<ChatMember | undefined> {
  try {
    return await calls.getChatMember({ chat_id, user_id });
  } catch (error) {
    const { kind } = classifyError(error);
    if (kind === 'destination-removed' || kind === 'access') return undefined;
    throw error;
  }
}

/** No method says whether a topic is open, but a typing indicator is refused just like a message. */
async function topicObstacle(
  chat_id: number,
  message_thread_id: number,
  calls: ChatCalls,
): Promise<MissingRight | undefined> {
  try {
    await calls.sendChatAction({ chat_id, message_thread_id, action: 'typing' });
    return undefined;
  } catch (error) {
    const failure = classifyError(error);
    if (failure.kind === 'access' && failure.fix === 'topicClosed') return 'topicOpen';
    if (failure.kind === 'access' && failure.fix === 'topicGone') return 'topic';
    if (failure.kind === 'access' && failure.fix === 'rights') return 'sendMessages';
    throw error;
  }
}
