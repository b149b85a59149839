import type { Call, Context } from '../context.ts';
import { refusal } from '../http/api-errors.ts';
import { readMessage } from '../rules/message.ts';
import type { MessageBody } from '../rules/message-body.ts';
import type { MessageText, StoredMessage } from '../world/message-store.ts';
import { may } from '../world/permissions.ts';
import type { Access } from './channel-access.ts';
import { composeNew } from './compose-message.ts';

/** By default, a bot's messages notify everybody they mention. */
export const DEFAULT_MENTIONS = ['users', 'roles', 'everyone'] as const;

/** Embeds take Embed Links, files Attach Files. Embeds are dropped silently if there is other content. */
export function applyPermissions(body: MessageBody, { channel, bits }: Access, files: number): MessageBody {
  if (!channel.guild) return body;
  if (files > 0 && !may(bits, 'AttachFiles')) throw refusal(50013);
  if (!body.embeds?.length || may(bits, 'EmbedLinks')) return body;
  if (!body.content?.trim() && files === 0) throw refusal(50013);
  return { ...body, embeds: [] };
}

/** AutoMod looks at the whole message. */
export function checkAutoMod(raw: unknown, { channel }: Access): void {
  if (channel.guild?.blocked?.test(JSON.stringify(raw))) throw refusal(200000);
}

/** Posts a message of the bot. */
export function postOwnMessage(
  context: Context,
  text: MessageText,
  where: Pick<StoredMessage, 'id' | 'channel' | 'nonce' | 'replyTo'>,
): StoredMessage {
  const message: StoredMessage = {
    ...text,
    ...where,
    author: context.world.bot,
    createdAt: context.clock.now(),
    editedAt: undefined,
    onlyFor: undefined,
    interaction: undefined,
    crossposted: false,
    deleted: false,
    earlier: [],
  };
  context.store.add(message);
  context.events.emit('message', message);
  return message;
}

/** Opens a forum post, which `place` creates. Validated like any other message, but without a nonce. */
export function postStarterMessage(
  { body: raw, uploads }: Pick<Call, 'body' | 'uploads'>,
  access: Access,
  context: Context,
  place: (id: string) => Access['channel'],
): StoredMessage {
  const body = applyPermissions(readMessage(raw, uploads), access, uploads.length);
  checkAutoMod(raw, access);
  const text = composeNew(context, body, uploads, { ...access, byDefault: DEFAULT_MENTIONS });
  const id = context.nextId();
  return postOwnMessage(context, text, { id, channel: place(id), nonce: undefined, replyTo: undefined });
}
