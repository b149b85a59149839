import { findEntities } from '../text/find-entities.ts';
import type { Content, Entity, Message, User } from './api-types.ts';
import { findMessage, postMessage } from './messages.ts';
import { type PressInput, type PressResult, pressButton } from './queries.ts';
import { type ChatState, type IdOrObject, idOf, memberIn, personOf, stateOf, type World } from './world.ts';

/** The `from` of anonymous administrators. */
const ANONYMOUS: User = { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };

interface SayInput {
  readonly chat: IdOrObject;
  readonly user: IdOrObject;
  readonly text: string;
  readonly topic?: number;
  readonly replyTo?: number;
  /** Links and mentions that plain text can't express. */
  readonly entities?: readonly Entity[];
}

/** What users do in a Telegram app. */
export interface People {
  /** Sends a text, which the bot gets unless privacy mode forbids it. In private chats this starts the bot. */
  say(saying: SayInput): Message;
  /** Posts in a channel. */
  channelPost(chat: IdOrObject, text: string): Message;
  /** Edits an earlier text. */
  editMessage(chat: IdOrObject, messageId: number, text: string): Message;
  /** Presses the button with that `callback_data` under a message. Throws if there is none. */
  press(pressing: PressInput): PressResult;
  /** Sets the language of the user's app (an IETF tag, as in `User.language_code`). */
  setLanguage(user: IdOrObject, language: string): void;
}

export function createPeople(world: World): People {
  return {
    say({ chat, user, text, topic, replyTo, entities = [] }) {
      const state = stateOf(world, idOf(chat));
      const { user: from } = personOf(world, idOf(user));
      const person = world.people.get(state.chat.id);
      if (person) person.started = true;
      const hidden = memberIn(state, from).isAnonymous;
      const author = hidden ? { from: ANONYMOUS, sender_chat: state.chat } : { from };
      const message = postMessage(world, state, author, {
        ...said(text, entities),
        ...(topic !== undefined && { message_thread_id: topic, is_topic_message: true as const }),
        ...replied(state, replyTo),
      });
      if (reachesBot(world, state, message)) world.updates.add('message', message);
      return message;
    },

    channelPost(chat, text) {
      const state = stateOf(world, idOf(chat));
      const message = postMessage(world, state, { sender_chat: state.chat }, said(text, []));
      if (isInside(world, state)) world.updates.add('channel_post', message);
      return message;
    },

    editMessage(chat, messageId, text) {
      const state = stateOf(world, idOf(chat));
      const shown = findMessage(state, messageId);
      if (!shown) throw new RangeError(`Cannot edit message ${messageId}: it is not there`);
      const { text: _, entities: __, ...rest } = shown.message;
      const message = { ...rest, ...said(text, []), edit_date: Math.floor(world.now() / 1000) };
      state.messages.set(messageId, { ...shown, message, history: [...shown.history, shown.message] });
      const kind = state.chat.type === 'channel' ? 'edited_channel_post' : 'edited_message';
      if (state.chat.type === 'channel' || reachesBot(world, state, message))
        world.updates.add(kind, message);
      return message;
    },

    press: (pressing) => pressButton(world, pressing),

    setLanguage(user, language) {
      const person = personOf(world, idOf(user));
      person.user = { ...person.user, language_code: language };
    },
  };
}

function said(text: string, given: readonly Entity[]): Content {
  const entities = [...given, ...findEntities(text)].sort((a, b) => a.offset - b.offset);
  return { text, ...(entities.length > 0 && { entities }) };
}

function replied(state: ChatState, messageId: number | undefined): Content {
  const there = messageId === undefined ? undefined : findMessage(state, messageId)?.message;
  return there ? { reply_to_message: there } : {};
}

/** In privacy mode, the bot gets commands, replies and mentions only, unless it is an administrator. */
export function reachesBot(world: World, state: ChatState, message: Message): boolean {
  if (state.chat.type === 'private') return !world.people.get(state.chat.id)?.blocked;
  if (!isInside(world, state)) return false;
  const { status } = memberIn(state, world.bot);
  if (world.readsAllMessages || status === 'administrator') return true;
  if (message.reply_to_message?.from?.id === world.bot.id) return true;
  const me = `@${world.bot.username ?? ''}`.toLowerCase();
  const words = (message.entities ?? []).map(({ type, offset, length }) => ({
    type,
    word: (message.text ?? '').slice(offset, offset + length).toLowerCase(),
  }));
  const [first] = words;
  if (first?.type === 'bot_command' && message.entities?.[0]?.offset === 0) {
    return !first.word.includes('@') || first.word.endsWith(me);
  }
  return words.some(({ type, word }) => type === 'mention' && word === me);
}

function isInside(world: World, state: ChatState): boolean {
  const { status } = memberIn(state, world.bot);
  return !state.deleted && status !== 'left' && status !== 'kicked';
}
