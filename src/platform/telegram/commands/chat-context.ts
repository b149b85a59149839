import type { ChatMember, Chat as TelegramChat, UserFromGetMe } from 'grammy/types';
import type { Chat } from '../../../command/chat.ts';
import type { Texts } from '../../../i18n/texts.ts';
import { LONG_TEXT_MODES } from '../../style-spec.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { destinationOf } from '../chat-target.ts';
import { inviteLinks } from '../deep-links.ts';
import { TELEGRAM_STYLES } from '../styles.ts';
import type { UpdateContext } from '../updates/parse-update.ts';

/** What is asked of Telegram about a place. */
export type ChatCalls = Pick<Calls, 'getChat' | 'getChatMember' | 'sendChatAction'>;

type Obstacles = Texts['telegram']['missing'];

/** The place a command was asked in. A channel's direct messages are somebody's conversation with its owners. */
export function chatOf(
  { chat, kind, topic }: UpdateContext,
  calls: ChatCalls,
  { id: selfId, username, supports_inline_queries: inline }: UserFromGetMe,
  { telegram: { missing: obstacles } }: Texts,
): Chat {
  return {
    destination: destinationOf(chat.id, topic),
    home: destinationOf(chat.id),
    kind,
    subscribable: !chat.is_direct_messages,
    looks: { styles: TELEGRAM_STYLES, longs: LONG_TEXT_MODES },
    ...(kind === 'private' && { invites: inviteLinks(username) }),
    ...(inline && { inlineName: `@${username}` }),
    async missing() {
      if (kind === 'private') return [];
      const found = await missingRight(chat, calls, selfId, obstacles);
      const missing =
        found ?? (topic === undefined ? undefined : await topicObstacle(chat, topic, calls, obstacles));
      return missing === undefined ? [] : [missing];
    },
  };
}

async function missingRight(
  chat: TelegramChat,
  calls: ChatCalls,
  user_id: number,
  obstacles: Obstacles,
): Promise<string | undefined> {
  const member = await memberIn(chat, calls, user_id);
  if (!member || member.status === 'left' || member.status === 'kicked') return obstacles.member;
  if (chat.type === 'channel') {
    if (member.status !== 'administrator') return obstacles.administrator;
    return member.can_post_messages ? undefined : obstacles.postMessages;
  }
  if (member.status === 'administrator') return undefined;
  if (member.status === 'restricted' && !member.can_send_messages) return obstacles.sendMessages;
  const { permissions } = await calls.getChat({ chat_id: chat.id });
  return permissions?.can_send_messages === false ? obstacles.sendMessages : undefined;
}

async function memberIn(
  chat: TelegramChat,
  calls: ChatCalls,
  user_id: number,
): Promise<ChatMember | undefined> {
  try {
    return await calls.getChatMember({ chat_id: chat.id, user_id });
  } catch (error) {
    const { kind } = classifyError(error);
    if (kind === 'destination-removed' || kind === 'access') return undefined;
    throw error;
  }
}

/** No method tells whether a topic is open; showing that one types is refused as writing would be. */
async function topicObstacle(
  chat: TelegramChat,
  topic: number,
  calls: ChatCalls,
  obstacles: Obstacles,
): Promise<string | undefined> {
  try {
    await calls.sendChatAction({ chat_id: chat.id, message_thread_id: topic, action: 'typing' });
    return undefined;
  } catch (error) {
    const failure = classifyError(error);
    if (failure.kind === 'access' && failure.fix === 'topicClosed') return obstacles.topicOpen;
    if (failure.kind === 'access' && failure.fix === 'topicGone') return obstacles.topic;
    if (failure.kind === 'access' && failure.fix === 'rights') return obstacles.sendMessages;
    throw error;
  }
}
