import type { Chat, ChatType, User } from './api-types.ts';
import {
  addMember,
  defaultRights,
  migrate,
  postServiceMessage,
  setBlocked,
  setMember,
} from './chat-changes.ts';
import {
  type IdOrObject,
  idOf,
  type MemberStatus,
  newChat,
  personOf,
  type Rights,
  stateOf,
  type World,
} from './world.ts';

interface PersonOptions {
  readonly id?: number;
  readonly firstName: string;
  readonly lastName?: string;
  readonly username?: string;
  readonly language?: string;
  /** False for a user who has never tapped Start. */
  readonly started?: boolean;
}

interface ChatOptions {
  readonly title: string;
  readonly username?: string;
  /** Supergroups only. */
  readonly forum?: boolean;
  readonly owner?: IdOrObject;
  /** The bot's initial status, without an update. By default it isn't a member. */
  readonly bot?: MemberStatus;
  /** The bot's rights. An administrator has all of them by default. */
  readonly rights?: Rights;
}

/** Creates and changes users and chats. */
export interface Chats {
  person(setup: PersonOptions): User;
  /** A basic group. */
  group(setup: ChatOptions): Chat;
  supergroup(setup: ChatOptions): Chat;
  channel(setup: ChatOptions): Chat;
  /** Changes the status of a user or the bot in a chat, which sends an update. Rights as in `PlaceSetup`. */
  setStatus(
    chat: IdOrObject,
    user: IdOrObject,
    status: MemberStatus,
    options?: { readonly by?: IdOrObject; readonly rights?: Rights; readonly anonymous?: boolean },
  ): void;
  /** Permissions of ordinary members: `{ can_send_messages: false }`. */
  setPermissions(chat: IdOrObject, permissions: Rights): void;
  forbidWriting(chat: IdOrObject, forbidden: boolean): void;
  block(user: IdOrObject): void;
  unblock(user: IdOrObject): void;
  deactivate(user: IdOrObject): void;
  deleteChat(chat: IdOrObject): void;
  /** Turns a basic group into a supergroup and returns that. */
  migrate(chat: IdOrObject): Chat;
  /** Creates a forum topic and returns its `message_thread_id`. */
  createTopic(chat: IdOrObject, name: string): number;
  closeTopic(chat: IdOrObject, topic: number): void;
  reopenTopic(chat: IdOrObject, topic: number): void;
  deleteTopic(chat: IdOrObject, topic: number): void;
}

export function createChats(world: World): Chats {
  const userOf = (ref: IdOrObject): User =>
    idOf(ref) === world.bot.id ? world.bot : personOf(world, idOf(ref)).user;

  const place = (type: ChatType, setup: ChatOptions): Chat => {
    const number = world.nextId();
    const chat: Chat = {
      id: type === 'group' ? -number : -1_000_000_000_000 - number,
      type,
      title: setup.title,
      ...(setup.username !== undefined && { username: setup.username }),
      ...(setup.forum && { is_forum: true as const }),
    };
    const state = newChat(world, chat);
    if (setup.owner !== undefined) addMember(state, userOf(setup.owner), 'creator', {});
    if (setup.bot) addMember(state, world.bot, setup.bot, setup.rights ?? defaultRights(type, setup.bot));
    return chat;
  };

  const topicService = (chat: IdOrObject, topic: number, content: object, state: 'open' | 'closed'): void => {
    const there = stateOf(world, idOf(chat));
    const known = there.topics.get(topic) ?? { name: 'General', state: 'open' };
    there.topics.set(topic, { ...known, state });
    postServiceMessage(world, there, { message_thread_id: topic, is_topic_message: true, ...content });
  };

  return {
    person({ id = world.nextId(), firstName, lastName, username, language, started = true }) {
      const user: User = {
        id,
        is_bot: false,
        first_name: firstName,
        ...(lastName !== undefined && { last_name: lastName }),
        ...(username !== undefined && { username }),
        ...(language !== undefined && { language_code: language }),
      };
      const { is_bot: _, language_code: __, ...shown } = user;
      world.people.set(id, { user, started, blocked: false, deactivated: false });
      const state = newChat(world, { ...shown, type: 'private' });
      addMember(state, user, 'member', {});
      addMember(state, world.bot, 'member', {});
      return user;
    },
    group: (setup) => place('group', setup),
    supergroup: (setup) => place('supergroup', setup),
    channel: (setup) => place('channel', setup),
    setStatus(chat, user, status, { by, rights, anonymous = false } = {}) {
      const state = stateOf(world, idOf(chat));
      const owner = [...state.members.values()].find((member) => member.status === 'creator')?.user;
      const given = rights ?? defaultRights(state.chat.type, status);
      const actor = by === undefined ? (owner ?? userOf(user)) : userOf(by);
      setMember(world, state, actor, userOf(user), { status, rights: given, isAnonymous: anonymous });
    },
    setPermissions(chat, permissions) {
      stateOf(world, idOf(chat)).permissions = permissions;
    },
    forbidWriting(chat, forbidden) {
      stateOf(world, idOf(chat)).writeForbidden = forbidden;
    },
    block: (user) => setBlocked(world, idOf(user), true),
    unblock: (user) => setBlocked(world, idOf(user), false),
    deactivate(user) {
      personOf(world, idOf(user)).deactivated = true;
    },
    deleteChat(chat) {
      stateOf(world, idOf(chat)).deleted = true;
    },
    migrate: (chat) => migrate(world, stateOf(world, idOf(chat))),
    createTopic(chat, name) {
      const state = stateOf(world, idOf(chat));
      if (!state.chat.is_forum)
        throw new RangeError(`Cannot make a topic in chat ${state.chat.id}: no forum`);
      const message = postServiceMessage(world, state, {
        forum_topic_created: { name, icon_color: 7322096 },
      });
      state.topics.set(message.message_id, { name, state: 'open' });
      return message.message_id;
    },
    closeTopic: (chat, topic) => topicService(chat, topic, { forum_topic_closed: {} }, 'closed'),
    reopenTopic: (chat, topic) => topicService(chat, topic, { forum_topic_reopened: {} }, 'open'),
    deleteTopic(chat, topic) {
      const { topics } = stateOf(world, idOf(chat));
      topics.set(topic, { name: topics.get(topic)?.name ?? '', state: 'deleted' });
    },
  };
}
