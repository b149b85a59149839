import type { Call, Context } from '../context.ts';
import { refusal } from '../http/api-errors.ts';
import { readMessage } from '../rules/message.ts';
import type { MessageBody } from '../rules/message-body.ts';
import type { MessageText, StoredMessage } from '../world/message-store.ts';
import { may } from '../world/permissions.ts';
import type { Access } from './channel-access.ts';
import { composeNew } from './compose-message.ts';

/** A bot's own message parses every kind of mention unless told otherwise. */
export const DEFAULT_MENTIONS = ['users', 'roles', 'everyone'] as const;

/** Embeds need Embed Links, files Attach Files. Embeds vanish silently as long as something else is said. */
export function applyPermissions(body: MessageBody, { channel, bits }: Access, files: number): MessageBody {
  if (!channel.guild) return body;
  if (files > 0 && !may(bits, 'AttachFiles')) throw refusal(50013);
  if (!body.embeds?.length || may(bits, 'EmbedLinks')) return body;
  if (!body.content?.trim() && files === 0) throw refusal(50013);
  return { ...body, embeds: [] };
}

/** AutoMod blocks what a rule of the server matches, wherever in the message it stands. */
export function checkAutoMod(raw: unknown, { channel }: Access): void {
  if (channel.guild?.blocked?.test(JSON.stringify(raw))) throw refusal(200000);
}

/** A message of the bot's that stands there from now on. */
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

/** The message that opens a forum's post: refused or cut like any other, put there by `place`. No nonce holds for it. */
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
