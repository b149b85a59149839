import type { Content, Message, User } from './api-types.ts';
import { type ChatState, nextMessageId, nowS, type StoredMessage, type World } from './world.ts';

/** Adds a message from the bot to a chat and emits an event. */
export function postByBot(
  world: World,
  state: ChatState,
  content: Content,
  more: Pick<StoredMessage, 'asksReply'> = {},
): Message {
  return postMessage(world, state, authorOf(state, world.bot), content, { byBot: true, ...more });
}

/** Adds a message from somebody else, or a service message, to a chat and emits an event. */
export function postMessage(
  world: World,
  state: ChatState,
  author: Pick<Message, 'from' | 'sender_chat'>,
  { silent, ...content }: Content,
  more: Partial<Pick<StoredMessage, 'byBot' | 'asksReply'>> = {},
): Message {
  const message: Message = {
    message_id: nextMessageId(world, state),
    ...author,
    chat: state.chat,
    date: nowS(world),
    ...content,
  };
  const shown: StoredMessage = {
    message,
    byBot: false,
    silent: silent === true,
    history: [],
    deleted: false,
    ...more,
  };
  state.messages.set(message.message_id, shown);
  world.events.emit('message', shown);
  return message;
}

/** Posts in channels come from the channel. */
function authorOf(state: ChatState, user: User): Pick<Message, 'from' | 'sender_chat'> {
  return state.chat.type === 'channel' ? { sender_chat: state.chat } : { from: user };
}

/** Replaces a message with a new version. */
export function replaceMessage(
  world: World,
  state: ChatState,
  shown: StoredMessage,
  message: Message,
): Message {
  const changed: StoredMessage = { ...shown, message, history: [...shown.history, shown.message] };
  state.messages.set(message.message_id, changed);
  world.events.emit('edit', changed);
  return message;
}

export function deleteMessage(world: World, state: ChatState, shown: StoredMessage): void {
  const removed: StoredMessage = { ...shown, deleted: true };
  state.messages.set(shown.message.message_id, removed);
  world.events.emit('delete', removed);
}

/** The message with that id, unless it was deleted. */
export function findMessage(state: ChatState, messageId: number): StoredMessage | undefined {
  const shown = state.messages.get(messageId);
  return shown?.deleted ? undefined : shown;
}
