import type { Pings } from '../routes/pings.ts';
import { messageFlags } from './flags.ts';
import type { Channel, User } from './model.ts';
import { type Payload, timestamp, userPayload } from './payloads.ts';

export interface StoredAttachment {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly description: string | undefined;
  readonly spoiler: boolean;
  readonly bytes: Uint8Array;
  readonly url: string;
}

/** The part of a message that an edit replaces. */
export interface MessageText {
  readonly content: string;
  readonly embeds: readonly Payload[];
  readonly components: readonly Payload[];
  readonly attachments: readonly StoredAttachment[];
  readonly flags: number;
  /** Who is notified; after an edit, who is highlighted. */
  readonly pings: Pings;
}

export interface StoredMessage extends MessageText {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly createdAt: number;
  readonly editedAt: number | undefined;
  readonly nonce: string | number | undefined;
  /** The message that this one replies to. */
  readonly replyTo: { readonly channelId: string; readonly messageId: string } | undefined;
  /** Visible to this user only. */
  readonly onlyFor: User | undefined;
  /** The interaction it came from. */
  readonly interaction: { readonly id: string; readonly type: number; readonly user: User } | undefined;
  readonly crossposted: boolean;
  readonly deleted: boolean;
  /** The versions before each edit, oldest first. */
  readonly earlier: readonly MessageText[];
}

type Changes = { -readonly [K in keyof StoredMessage]: StoredMessage[K] };

/** All messages ever, including deleted ones. The objects change with edits. */
export interface MessageStore {
  add(message: StoredMessage): void;
  get(channelId: string, id: string): StoredMessage | undefined;
  /** In the order of sending, including deleted ones. */
  history(channelId: string): readonly StoredMessage[];
  edit(message: StoredMessage, text: Partial<MessageText>, now: number): void;
  /** Completes a deferred response, which doesn't count as an edit. */
  fill(message: StoredMessage, text: MessageText): void;
  markDeleted(message: StoredMessage): void;
  markCrossposted(message: StoredMessage): void;
  all(): Iterable<StoredMessage>;
}

export function createMessageStore(): MessageStore {
  const messages = new Map<string, StoredMessage>();
  return {
    add: (message) => void messages.set(message.id, message),
    get(channelId, id) {
      const found = messages.get(id);
      return found && !found.deleted && found.channel.id === channelId ? found : undefined;
    },
    history: (channelId) => [...messages.values()].filter(({ channel }) => channel.id === channelId),
    edit(message, text, now) {
      const { content, embeds, components, attachments, flags, pings } = message;
      const earlier = [...message.earlier, { content, embeds, components, attachments, flags, pings }];
      Object.assign(message, text, { editedAt: now, earlier } satisfies Partial<Changes>);
    },
    fill: (message, text) => void Object.assign(message, text),
    markDeleted: (message) => void Object.assign(message, { deleted: true } satisfies Partial<Changes>),
    markCrossposted: (message) =>
      void Object.assign(message, {
        crossposted: true,
        flags: message.flags | messageFlags.crossposted,
      } satisfies Partial<Changes>),
    all: () => messages.values(),
  };
}

const REPLY = 19;
const CHAT_INPUT = 20;

export function messagePayload(message: StoredMessage): Payload {
  const { pings, replyTo, interaction, channel } = message;
  return {
    id: message.id,
    channel_id: channel.id,
    type: replyTo ? REPLY : interaction?.type === 2 ? CHAT_INPUT : 0,
    author: userPayload(message.author),
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments.map((file) => attachmentPayload(file)),
    flags: message.flags,
    timestamp: timestamp(message.createdAt),
    edited_timestamp: message.editedAt === undefined ? null : timestamp(message.editedAt),
    mentions: pings.users.map((user) => userPayload(user)),
    mention_roles: pings.roles.map(({ id }) => id),
    mention_everyone: pings.everyone,
    pinned: false,
    tts: false,
    ...(replyTo && {
      message_reference: {
        type: 0,
        channel_id: replyTo.channelId,
        message_id: replyTo.messageId,
        ...(channel.guild && { guild_id: channel.guild.id }),
      },
    }),
    ...(interaction && {
      interaction_metadata: {
        id: interaction.id,
        type: interaction.type,
        user: userPayload(interaction.user),
        authorizing_integration_owners: {},
      },
    }),
  };
}

function attachmentPayload({
  id,
  filename,
  contentType,
  description,
  bytes,
  url,
}: StoredAttachment): Payload {
  return {
    id,
    filename,
    size: bytes.length,
    url,
    proxy_url: url,
    content_type: contentType,
    ...(description !== undefined && { description }),
  };
}
