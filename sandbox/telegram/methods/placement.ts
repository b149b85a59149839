import {
  flagField,
  flagParam,
  integerParam,
  isObject,
  jsonParam,
  type Params,
  requiredInteger,
  stringField,
} from '../http/params.ts';
import { badRequest } from '../http/refusal.ts';
import type { Content, Message } from '../world/api-types.ts';
import type { ChatState, World } from '../world/world.ts';
import { botHasRight, enterChat } from './chat-access.ts';

interface ReplyRequest {
  readonly messageId: number;
  readonly chatId: string;
  readonly optional: boolean;
}

/** The topic of a new message, and the message it replies to. */
export function readPlacement(world: World, state: ChatState, params: Params): Content {
  const replied = findReplied(world, state, readReply(params));
  const given = integerParam(params, 'message_thread_id');
  if (given > 0) checkTopic(world, state, given);
  const inherited = state.chat.is_forum && replied?.is_topic_message ? replied.message_thread_id : undefined;
  const topic = given > 0 ? given : inherited;
  if (topic === undefined && state.chat.is_forum) checkGeneral(world, state);
  return {
    ...(topic !== undefined && { message_thread_id: topic, is_topic_message: true as const }),
    ...(replied && { reply_to_message: withoutReply(replied) }),
    ...(flagParam(params, 'disable_notification') && { silent: true as const }),
  };
}

function readReply(params: Params): ReplyRequest {
  const given = jsonParam(params, 'reply_parameters', 'reply parameters');
  if (given === undefined) {
    return {
      messageId: integerParam(params, 'reply_to_message_id'),
      chatId: '',
      optional: flagParam(params, 'allow_sending_without_reply'),
    };
  }
  if (!isObject(given)) throw badRequest('object expected as reply parameters');
  if (Object.keys(given).length === 0) return { messageId: 0, chatId: '', optional: false };
  return {
    messageId: requiredInteger(given, 'message_id'),
    chatId: stringField(given, 'chat_id') ?? '',
    optional: flagField(given, 'allow_sending_without_reply'),
  };
}

function findReplied(world: World, state: ChatState, reply: ReplyRequest): Message | undefined {
  if (reply.messageId <= 0) return undefined;
  const there = reply.chatId === '' ? state : enterChat(world, reply.chatId, 'read');
  const shown = there.messages.get(reply.messageId);
  if (shown && !shown.deleted) return shown.message;
  if (reply.optional) return undefined;
  throw badRequest('message to be replied not found');
}

function checkTopic(world: World, state: ChatState, topicId: number): void {
  const topic = state.topics.get(topicId);
  if (!state.chat.is_forum || !topic || topic.state === 'deleted')
    throw badRequest('message thread not found');
  if (topic.state === 'closed' && !botHasRight(world, state, 'can_manage_topics')) {
    throw badRequest('TOPIC_CLOSED');
  }
}

/** The General topic is kept as topic 1, but has no thread id in messages. */
function checkGeneral(world: World, state: ChatState): void {
  if (state.topics.get(1)?.state === 'closed' && !botHasRight(world, state, 'can_manage_topics')) {
    throw badRequest('TOPIC_CLOSED');
  }
}

/** Replies are shown one level deep (Bot API, `Message.reply_to_message`). */
function withoutReply(message: Message): Message {
  const { reply_to_message: _, ...rest } = message;
  return rest;
}
