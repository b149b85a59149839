import type { Events } from '../events.ts';
import type { FileStore } from '../media/file-store.ts';
import type { Chat, ChatType, Message, User } from './api-types.ts';
import type { UpdateQueue } from './update-queue.ts';

/** A person or a chat, by its id or as the Bot API shows it. */
export type IdOrObject = number | { readonly id: number };

export const idOf = (ref: IdOrObject): number => (typeof ref === 'number' ? ref : ref.id);

export type MemberStatus = 'creator' | 'administrator' | 'member' | 'restricted' | 'left' | 'kicked';

/** Rights of an administrator or permissions of a restricted member, by the Bot API's names (`can_post_messages`). */
export type Rights = Readonly<Record<string, boolean>>;

export interface Member {
  readonly user: User;
  readonly status: MemberStatus;
  readonly rights: Rights;
  readonly isAnonymous: boolean;
}

interface Topic {
  readonly name: string;
  readonly state: 'open' | 'closed' | 'deleted';
}

/** A message. `history` has its earlier versions, oldest first. */
export interface StoredMessage {
  readonly message: Message;
  readonly byBot: boolean;
  /** The app opens a reply to it, with this placeholder. */
  readonly asksReply?: string;
  /** It was sent without a notification. */
  readonly silent: boolean;
  readonly history: readonly Message[];
  readonly deleted: boolean;
}

export interface ChatState {
  chat: Chat;
  readonly members: Map<number, Member>;
  /** By `message_thread_id`. */
  readonly topics: Map<number, Topic>;
  /** Permissions of ordinary members; those that are missing are granted. */
  permissions: Rights;
  readonly messages: Map<number, StoredMessage>;
  /** The group was deleted. */
  deleted: boolean;
  /** The group became a supergroup with this id. */
  migratedTo: number | undefined;
  /** Refuses every message with CHAT_WRITE_FORBIDDEN. */
  writeForbidden: boolean;
}

export interface Person {
  user: User;
  /** Has tapped Start. */
  started: boolean;
  blocked: boolean;
  /** Has deleted the account. */
  deactivated: boolean;
}

/** What `answerCallbackQuery` showed. */
export interface CallbackAnswer {
  readonly queryId: string;
  readonly text: string;
  readonly alert: boolean;
  readonly url: string;
}

export interface InlineAnswer {
  readonly queryId: string;
  readonly results: readonly Readonly<Record<string, unknown>>[];
  readonly nextOffset: string;
  readonly cacheTime: number;
  readonly isPersonal: boolean;
}

export interface Call {
  readonly method: string;
  /** The parameters, with JSON decoded. Uploads are named after their part. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970 by the injected clock. */
  readonly at: number;
  /** HTTP status of the response; 0 if the connection was broken instead. */
  readonly status: number;
  /** The error, if there was one. */
  readonly description?: string;
}

/** Events for tests that wait and pages that show them. */
export interface WorldEvents {
  message: StoredMessage;
  edit: StoredMessage;
  delete: StoredMessage;
  'callback-answer': CallbackAnswer;
  'inline-answer': InlineAnswer;
  'chat-action': { readonly chat: Chat; readonly action: string; readonly topic: number };
  commands: { readonly scope: string; readonly language: string };
  /** A `getUpdates` is being held open. */
  poll: { readonly offset: number };
  call: Call;
}

export interface Query {
  readonly kind: 'callback' | 'inline';
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

/** What the bot has for broadcasts beyond the free rate. */
export interface PaidBroadcasts {
  /** Turned on in @BotFather. If not, `allow_paid_broadcast` has no effect. */
  isOn: boolean;
  /** The balance in tenths of a Star, the price of one message. */
  tenths: number;
}

export interface World {
  readonly bot: User;
  readonly token: string;
  readonly paidBroadcasts: PaidBroadcasts;
  /** The token was revoked. */
  revoked: boolean;
  /** Milliseconds since 1970. */
  now(): number;
  /** Privacy mode off: every message of a group reaches the bot. */
  readonly readsAllMessages: boolean;
  readonly inlineQueries: boolean;
  readonly richMessages: boolean;
  /** How long callback and inline queries may be answered, in milliseconds. */
  readonly queryTtlMs: number;
  readonly chats: Map<number, ChatState>;
  readonly people: Map<number, Person>;
  readonly files: FileStore;
  readonly updates: UpdateQueue;
  readonly events: Events<WorldEvents>;
  readonly queries: Map<string, Query>;
  /** The last message id in private chats and basic groups, which share one sequence. */
  lastSharedMessageId: number;
  /** Returns a new unique number. */
  nextId(): number;
}

export const nowS = (world: World): number => Math.floor(world.now() / 1000);

export function newChat(world: World, chat: Chat): ChatState {
  const state: ChatState = {
    chat,
    members: new Map(),
    topics: new Map(),
    permissions: {},
    messages: new Map(),
    deleted: false,
    migratedTo: undefined,
    writeForbidden: false,
  };
  world.chats.set(chat.id, state);
  return state;
}

/** Throws for ids that the test hasn't created. */
export function stateOf(world: World, chatId: number): ChatState {
  const state = world.chats.get(chatId);
  if (!state) throw new RangeError(`Cannot find chat ${chatId} in the fake world`);
  return state;
}

export function personOf(world: World, userId: number): Person {
  const person = world.people.get(userId);
  if (!person) throw new RangeError(`Cannot find user ${userId} in the fake world`);
  return person;
}

/** Supergroups and channels number their own messages; all other chats share a sequence. In forums, 1 is the general topic. */
export function nextMessageId(world: World, state: ChatState): number {
  if (countsItself(state.chat.type))
    return Math.max(state.chat.is_forum ? 1 : 0, ...state.messages.keys(), ...state.topics.keys()) + 1;
  world.lastSharedMessageId += 1;
  return world.lastSharedMessageId;
}

const countsItself = (type: ChatType): boolean => type === 'supergroup' || type === 'channel';

export function memberIn(state: ChatState, user: User): Member {
  return state.members.get(user.id) ?? { user, status: 'left', rights: {}, isAnonymous: false };
}
