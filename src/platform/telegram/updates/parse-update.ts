import type { Chat, ChatMemberUpdated, Message, Update, User } from 'grammy/types';
import { resolveDeepLink } from '../../../command/deep-links.ts';
import type { CommandInput } from '../../../command/request.ts';

export type ChatKind = 'private' | 'group' | 'channel';

/** Where an update comes from, and from whom. */
export interface UpdateContext {
  readonly chat: Chat;
  readonly kind: ChatKind;
  /** Forum topic (Bot API, `message_thread_id`). */
  readonly topic?: number;
  /** Topic in a channel's direct messages. */
  readonly directTopic?: number;
  /** The user, or the chat that posts as itself. */
  readonly userId: number;
  /** IETF tag, as reported. */
  readonly language: string;
  /** Whether the user manages the chat, as far as the update tells. */
  readonly isManager: boolean | 'unknown';
  /** The message to answer, or the one whose button was pressed; absent if that one can't be edited any more. */
  readonly messageId?: number;
}

/** What an update means to the bot. */
export type ParsedUpdate =
  | {
      readonly type: 'command';
      readonly context: UpdateContext;
      readonly command: string;
      readonly input: CommandInput;
      /** As in `UserRequest`. */
      readonly isAddressed: boolean;
    }
  /** Text without a command. Its meaning depends on open prompts. */
  | {
      readonly type: 'text';
      readonly context: UpdateContext;
      readonly text: string;
      readonly repliesTo?: number;
    }
  | {
      readonly type: 'callback';
      readonly context: UpdateContext;
      readonly queryId: string;
      readonly token: string;
    }
  /** Inline mode: the bot's name and some words typed in any chat. `offset` is empty or from the previous page. */
  | {
      readonly type: 'inline';
      readonly queryId: string;
      readonly words: string;
      readonly offset: string;
      readonly userId: number;
      readonly language: string;
    }
  | { readonly type: 'membership'; readonly change: ChatMemberUpdated }
  | { readonly type: 'migration'; readonly from: number; readonly to: number }
  /** A forum topic; if `topic` is missing, the general one. */
  | { readonly type: 'reopened'; readonly chat: number; readonly topic?: number };

/** Commands for the app's Start button and its counterpart, Stop. */
const ALIASES: Readonly<Record<ChatKind, ReadonlyMap<string, string>>> = {
  private: new Map(Object.entries({ start: 'subscribe', stop: 'unsubscribe' })),
  group: new Map(Object.entries({ start: 'help', stop: 'unsubscribe' })),
  channel: new Map(Object.entries({ start: 'help', stop: 'unsubscribe' })),
};

export interface BotIdentity {
  readonly id: number;
  readonly username: string;
}

/** `undefined` if the update requires no action. */
export function parseUpdate(update: Update, self: BotIdentity): ParsedUpdate | undefined {
  if (update.my_chat_member) return { type: 'membership', change: update.my_chat_member };
  if (update.callback_query) return parseCallback(update.callback_query);
  if (update.inline_query) {
    const { id: queryId, query: words, offset, from } = update.inline_query;
    return { type: 'inline', queryId, words, offset, userId: from.id, language: languageOf(from) };
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
  // A channel's posts are forwarded to its discussion group, so each command would run twice.
  if (message.forward_origin || message.is_automatic_forward) return undefined;
  // Ignore other bots, also when users send through them. Chats that post as themselves look like bots, too.
  if (message.via_bot || (message.from?.is_bot && !message.sender_chat)) return undefined;
  const kind = kindOf(message.chat);
  const commandLine = parseCommandLine(message);
  if (!commandLine) return parseText(message, kind, self);
  const { name, typed, rest } = commandLine;
  if (name !== undefined && name.toLowerCase() !== self.username.toLowerCase()) return undefined;
  const context = contextOf(message, kind);
  // In a group, a command without the bot's name may be another bot's.
  const isAddressed = name !== undefined || kind === 'private';
  const linked = typed === 'start' ? resolveDeepLink(rest.trim()) : undefined;
  if (linked)
    return {
      type: 'command',
      context,
      command: linked.command,
      input: { named: linked.options },
      isAddressed,
    };
  // The text after /start is the payload of a deep link, not an option.
  const line = typed === 'start' ? '' : rest.trim();
  const command = ALIASES[kind].get(typed) ?? typed;
  return { type: 'command', context, command, input: { line }, isAddressed };
}

/** In a group, only replies to the bot are meant for it. */
function parseText(message: Message, kind: ChatKind, { id }: BotIdentity): ParsedUpdate | undefined {
  const { text = '', reply_to_message: replied } = message;
  const isReply = replied?.from?.id === id;
  if (text === '' || text.startsWith('/') || (kind !== 'private' && !isReply)) return undefined;
  const repliesTo = isReply ? { repliesTo: replied.message_id } : {};
  return { type: 'text', context: contextOf(message, kind), text: text.trim(), ...repliesTo };
}

function contextOf(message: Message, kind: ChatKind): UpdateContext {
  const { chat, message_id: messageId, direct_messages_topic: direct } = message;
  return {
    chat,
    kind,
    messageId,
    ...topicOf(message),
    ...(direct && { directTopic: direct.topic_id }),
    ...senderOf(message, kind),
  };
}

interface CommandLine {
  readonly typed: string;
  /** The bot it is addressed to, if given. */
  readonly name?: string | undefined;
  readonly rest: string;
}

/** Parses a message as a command. */
function parseCommandLine({ text = '' }: Message): CommandLine | undefined {
  const form = /^\/([a-z0-9_]{1,32})(?:@([a-z0-9_]+))?(?:\s+([^]*))?$/i;
  const [whole, typed = '', name, rest = ''] = form.exec(text) ?? [];
  return whole === undefined ? undefined : { typed: typed.toLowerCase(), name, rest };
}

function parseCallback({
  id: queryId,
  from,
  data: token = '',
  message,
}: NonNullable<Update['callback_query']>): ParsedUpdate {
  const sender = { userId: from.id, language: languageOf(from) };
  if (!message) {
    // Only buttons on inline messages have no message, and our inline messages have no callback buttons.
    const chat: Chat = { id: from.id, type: 'private', first_name: from.first_name };
    const context = { ...sender, chat, kind: 'private', isManager: true } as const;
    return { type: 'callback', context, queryId, token: '' };
  }
  const { chat } = message;
  const kind = kindOf(chat);
  const isAccessible = message.date !== 0;
  const context: UpdateContext = {
    ...sender,
    chat,
    kind,
    isManager: kind === 'private' || 'unknown',
    ...(isAccessible && { messageId: message.message_id, ...topicOf(message) }),
  };
  return { type: 'callback', context, queryId, token };
}

/** Channel posts come from an administrator, and so do posts in the name of the group itself. */
function senderOf({ chat, from, sender_chat: sender }: Message, kind: ChatKind) {
  if (kind === 'channel' || sender?.id === chat.id) {
    return { userId: chat.id, language: 'en', isManager: true } as const;
  }
  if (sender || !from) return { userId: sender?.id ?? chat.id, language: 'en', isManager: false } as const;
  return { userId: from.id, language: languageOf(from), isManager: kind === 'private' || 'unknown' } as const;
}

/** Outside of forums, a thread is just a chain of replies. */
function topicOf({ chat, is_topic_message, message_thread_id: topic }: Message): { readonly topic?: number } {
  return chat.type === 'supergroup' && is_topic_message && topic !== undefined ? { topic } : {};
}

function kindOf({ type }: Chat): ChatKind {
  return type === 'supergroup' ? 'group' : type;
}

const languageOf = ({ language_code }: User): string => language_code ?? 'en';
