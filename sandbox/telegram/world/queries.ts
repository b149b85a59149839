import type { Message } from './api-types.ts';
import { findMessage } from './messages.ts';
import {
  type CallbackAnswer,
  type IdOrObject,
  idOf,
  personOf,
  type Query,
  stateOf,
  type World,
  type WorldEvents,
} from './world.ts';

export interface PressInput {
  /** Any message object of the Bot API will do. */
  readonly message: { readonly message_id: number; readonly chat: { readonly id: number } };
  readonly user: IdOrObject;
  readonly data: string;
  /** The bot gets only chat and id, as for messages that are too old (`InaccessibleMessage`). */
  readonly inaccessible?: boolean;
}

export interface PressResult {
  /** What the bot showed, once it has answered. */
  readonly answered: Promise<CallbackAnswer>;
  /** The message after its next edit. */
  readonly edited: Promise<Message>;
}

/** Presses the button with that `callback_data`. Throws if the message has none. */
export function pressButton(world: World, pressing: PressInput): PressResult {
  const { data } = pressing;
  const from = personOf(world, idOf(pressing.user)).user;
  const state = stateOf(world, pressing.message.chat.id);
  const message = findMessage(state, pressing.message.message_id)?.message;
  const buttons = message?.reply_markup?.inline_keyboard.flat() ?? [];
  if (!message || buttons.every((button) => button.callback_data !== data)) {
    throw new RangeError(`Cannot press "${data}": message ${pressing.message.message_id} has no such button`);
  }
  const queryId = openQuery(world, 'callback');
  const answered = awaitAnswer(world, 'callback-answer', queryId);
  const edited = new Promise<Message>((resolve) => {
    const stop = world.events.on('edit', (shown) => {
      const { chat, message_id } = shown.message;
      if (chat.id !== message.chat.id || message_id !== message.message_id) return;
      stop();
      resolve(shown.message);
    });
  });
  world.updates.add('callback_query', {
    id: queryId,
    from,
    message: pressing.inaccessible
      ? { chat: message.chat, message_id: message.message_id, date: 0 }
      : message,
    chat_instance: String(state.chat.id),
    data,
  });
  return { answered, edited };
}

/** Creates a query, which can be answered from now on. */
export function openQuery(world: World, kind: Query['kind']): string {
  const queryId = String(world.nextId());
  world.queries.set(queryId, { kind, askedAt: world.now() });
  return queryId;
}

export function awaitAnswer<Kind extends 'callback-answer' | 'inline-answer'>(
  world: World,
  kind: Kind,
  queryId: string,
): Promise<WorldEvents[Kind]> {
  return new Promise((resolve) => {
    const stop = world.events.on(kind, (answer) => {
      if (answer.queryId !== queryId) return;
      stop();
      resolve(answer);
    });
  });
}
