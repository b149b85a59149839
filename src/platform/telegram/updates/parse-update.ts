import type { Chat, ChatMemberUpdated, Message, Update, User } from 'grammy/types';
import { canonicalName } from '../../../command/command-aliases.ts';
import { resolveDeepLink } from '../../../command/deep-links.ts';
import type { CommandInput } from '../../../command/invocation.ts';
import { type DecodedCallback, decodeCallback } from '../../callback-codec.ts';

export type ChatKind = 'private' | 'group' | 'channel';

/** A command as it came in, typed or pressed. */
export interface CommandRequest {
  readonly command: string;
  readonly input: CommandInput;
  readonly chat: Chat;
  readonly kind: ChatKind;
  /** Of a forum (Bot API, `message_thread_id`). */
  readonly topic?: number;
  /** Of a channel's direct messages. */
  readonly directTopic?: number;
  readonly askerId: number;
  readonly language: string;
  /** As `Asker.reported`. */
  readonly reported?: string;
  /** Whether the asker manages the chat, as far as the update tells. */
  readonly manages: boolean | 'unknown';
  /** The message to answer to. */
  readonly messageId?: number;
}

/** Somebody as an update tells of them. */
interface Person {
  readonly id: number;
  readonly language: string;
}

/** What an update means here. */
export type ParsedUpdate =
  | { readonly type: 'command'; readonly asked: CommandRequest }
  /** What words that are no command are for depends on what was asked before. */
  | { readonly type: 'words'; readonly asked: CommandRequest; readonly repliesTo?: number }
  /** `messageId` is missing where the message can't be edited any more. */
  | {
      readonly type: 'press';
      readonly queryId: string;
      readonly manner: DecodedCallback['responseMode'];
      readonly asked: CommandRequest;
    }
  /** A button of an older program, one that never was ours, or one without a message. */
  | { readonly type: 'old-press'; readonly queryId: string; readonly asker: Person }
  /** The bot's name and some words, typed in any chat; `offset` is empty or what was given before. */
  | {
      readonly type: 'inline';
      readonly queryId: string;
      readonly words: string;
      readonly offset: string;
      readonly asker: Person;
    }
  | { readonly type: 'membership'; readonly change: ChatMemberUpdated }
  | { readonly type: 'migration'; readonly from: number; readonly to: number }
  /** Of a forum; without a topic it is the general one. */
  | { readonly type: 'reopened'; readonly chat: number; readonly topic?: number };

/** What else people call commands: the app's own Start button, and its opposite. */
const ALIASES: Readonly<Record<ChatKind, ReadonlyMap<string, string>>> = {
  private: new Map(Object.entries({ start: 'subscribe', stop: 'unsubscribe' })),
  group: new Map(Object.entries({ start: 'help', stop: 'unsubscribe' })),
  channel: new Map(Object.entries({ start: 'help', stop: 'unsubscribe' })),
};

/** What the button brings back that takes away what was said about setting up (`clean-up`). There is no such command. */
export const CLEAN_UP = 'cleanup';

/** What plain words in a private chat ask for, unless they were asked for: there they can be meant for nobody else. */
const PLAIN_WORDS = 'search';

export interface BotIdentity {
  readonly id: number;
  readonly username: string;
  /** Commands of the menu, the only ones that buttons have. Typed in company, others without the bot's name are meant for somebody else. */
  readonly commands: ReadonlySet<string>;
}

/** `undefined` where the update is nothing to act on. */
export function parseUpdate(update: Update, self: BotIdentity): ParsedUpdate | undefined {
  if (update.my_chat_member) return { type: 'membership', change: update.my_chat_member };
  if (update.callback_query) return parseCallback(update.callback_query, self);
  if (update.inline_query) {
    const { id: queryId, query: words, offset, from } = update.inline_query;
    return { type: 'inline', queryId, words, offset, asker: personOf(from) };
  }
  const message = update.message ?? update.channel_post;
  return message && (parseMigration(message) ?? parseReopening(message) ?? parseCommand(message, self));
}

function parseMigration({
  chat,
  migrate_to_chat_id: to,
  migrate_from_chat_id: from,
}: Message): ParsedUpdate | undefined {
  if (to !== undefined) return { type: 'migration', from: chat.id, to };
  return from === undefined ? undefined : { type: 'migration', from, to: chat.id };
}

function parseReopening(message: Message): ParsedUpdate | undefined {
  return message.forum_topic_reopened && { type: 'reopened', chat: message.chat.id, ...topicOf(message) };
}

function parseCommand(message: Message, self: BotIdentity): ParsedUpdate | undefined {
  // What a channel posts is forwarded to its discussion group: that would be every command twice.
  if (message.forward_origin || message.is_automatic_forward) return undefined;
  // Other bots ask nothing, by themselves or in somebody's name. Chats that speak for themselves look like bots too.
  if (message.via_bot || (message.from?.is_bot && !message.sender_chat)) return undefined;
  const kind = kindOf(message.chat);
  const line = parseCommandLine(message);
  if (!line) return parseText(message, kind, self);
  const { name, typed, rest } = line;
  if (name !== undefined && name.toLowerCase() !== self.username.toLowerCase()) return undefined;
  const linked = typed === 'start' ? resolveDeepLink(rest.trim()) : undefined;
  const command = linked?.command ?? ALIASES[kind].get(typed) ?? canonicalName(typed);
  if (name === undefined && kind !== 'private' && !self.commands.has(command)) return undefined;
  // What follows Start is a deep link's payload, not an option.
  const input = linked ? { named: linked.options } : { line: typed === 'start' ? '' : rest.trim() };
  return { type: 'command', asked: toCommandRequest(message, kind, command, input) };
}

/** In company only a reply to us is meant for us. */
function parseText(message: Message, kind: ChatKind, { id }: BotIdentity): ParsedUpdate | undefined {
  const { text = '', reply_to_message: replied } = message;
  const isToUs = replied?.from?.id === id;
  if (text === '' || text.startsWith('/') || (kind !== 'private' && !isToUs)) return undefined;
  const repliesTo = isToUs ? { repliesTo: replied.message_id } : {};
  return {
    type: 'words',
    asked: toCommandRequest(message, kind, PLAIN_WORDS, { line: text.trim() }),
    ...repliesTo,
  };
}

function toCommandRequest(
  message: Message,
  kind: ChatKind,
  command: string,
  input: CommandInput,
): CommandRequest {
  const { chat, message_id: messageId, direct_messages_topic: direct } = message;
  return {
    command,
    input,
    chat,
    kind,
    messageId,
    ...topicOf(message),
    ...(direct && { directTopic: direct.topic_id }),
    ...askerOf(message, kind),
  };
}

interface CommandLine {
  readonly typed: string;
  /** The bot that it is meant for, where that is said. */
  readonly name?: string | undefined;
  readonly rest: string;
}

/** The command that a message is. */
function parseCommandLine({ text = '' }: Message): CommandLine | undefined {
  const form = /^\/([a-z0-9_]{1,32})(?:@([a-z0-9_]+))?(?:\s+([^]*))?$/i;
  const [whole, typed = '', name, rest = ''] = form.exec(text) ?? [];
  return whole === undefined ? undefined : { typed: typed.toLowerCase(), name, rest };
}

function parseCallback(
  { id: queryId, from, data, message }: NonNullable<Update['callback_query']>,
  self: BotIdentity,
): ParsedUpdate {
  const press = decodeCallback(data ?? '');
  // Apps can be made to send whatever they like.
  const isOurs = press && (press.command === CLEAN_UP || self.commands.has(press.command));
  if (!isOurs || !message) return { type: 'old-press', queryId, asker: personOf(from) };
  const { chat } = message;
  const kind = kindOf(chat);
  const accessible = message.date !== 0;
  const asked: CommandRequest = {
    command: press.command,
    input: press.input,
    chat,
    kind,
    askerId: from.id,
    language: languageOf(from),
    manages: kind === 'private' || 'unknown',
    ...(accessible && { messageId: message.message_id, ...topicOf(message) }),
  };
  return { type: 'press', queryId, manner: press.responseMode, asked };
}

/** Channels post as themselves, which takes an administrator; so do administrators who hide behind their group. */
function askerOf({ chat, from, sender_chat: sender }: Message, kind: ChatKind) {
  if (kind === 'channel' || sender?.id === chat.id) {
    return { askerId: chat.id, language: 'en', manages: true } as const;
  }
  if (sender || !from) return { askerId: sender?.id ?? chat.id, language: 'en', manages: false } as const;
  return { askerId: from.id, language: languageOf(from), manages: kind === 'private' || 'unknown' } as const;
}

/** In other groups than forums a thread is a chain of replies, and no place of its own. */
function topicOf({ chat, is_topic_message, message_thread_id: topic }: Message): { readonly topic?: number } {
  return chat.type === 'supergroup' && is_topic_message && topic !== undefined ? { topic } : {};
}

function kindOf({ type }: Chat): ChatKind {
  return type === 'supergroup' ? 'group' : type;
}

const personOf = (user: User): Person => ({ id: user.id, language: languageOf(user) });
const languageOf = ({ language_code }: User): string => language_code ?? 'en';
