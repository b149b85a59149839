import type { Context } from '../context.ts';
import { refusal } from '../http/api-errors.ts';
import { fileName } from '../rules/message.ts';
import type { Component, MessageBody, Upload } from '../rules/message-body.ts';
import { messageFlags } from '../world/flags.ts';
import type { MessageText, StoredAttachment, StoredMessage } from '../world/message-store.ts';
import type { Channel, User } from '../world/model.ts';
import type { Payload } from '../world/payloads.ts';
import { NOBODY, pingsOf } from './pings.ts';

/** Flags that an app may set (Message, Create Message). */
const SETTABLE = messageFlags.suppressEmbeds | messageFlags.suppressNotifications | messageFlags.componentsV2;

export interface Sender {
  readonly channel: Channel;
  readonly bits: bigint;
  readonly byDefault: readonly ('users' | 'roles' | 'everyone')[];
  readonly repliedTo?: User | undefined;
  /** Ephemeral messages notify nobody. */
  readonly hidden?: boolean;
}

/** Applies the names and descriptions of the body's `attachments`. */
function toStoredAttachments(
  context: Context,
  channel: Channel,
  body: MessageBody,
  uploads: readonly Upload[],
) {
  return uploads.map((upload): StoredAttachment => {
    const about = body.attachments?.find(({ id }) => String(id) === String(upload.index));
    const id = context.nextId();
    const filename = fileName({ name: about?.filename ?? upload.name });
    return {
      id,
      filename,
      contentType: upload.contentType || 'application/octet-stream',
      description: about?.description,
      spoiler: about?.is_spoiler === true || filename.startsWith('SPOILER_'),
      bytes: upload.bytes,
      url: `${context.origin()}/attachments/${channel.id}/${id}/${filename}`,
    };
  });
}

/** Numbers the components depth first, like Discord, and resolves `attachment://`. */
function resolveAttachments(
  value: unknown,
  files: readonly StoredAttachment[],
  next: { id: number },
): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveAttachments(item, files, next));
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Payload;
  const named = typeof record['type'] === 'number' && record['id'] === undefined ? { id: next.id++ } : {};
  const inner = Object.entries(record).map(([key, item]) => {
    if (typeof item !== 'string' || !item.startsWith('attachment://'))
      return [key, resolveAttachments(item, files, next)];
    return [key, files.find(({ filename }) => `attachment://${filename}` === item)?.url ?? item];
  });
  return { ...named, ...(Object.fromEntries(inner) as Payload) };
}

function composeText(body: MessageBody, sender: Sender, parts: Omit<MessageText, 'pings'>): MessageText {
  const { content, embeds, components, attachments, flags } = parts;
  const layout = (flags & messageFlags.componentsV2) !== 0;
  const said = [...embeds, ...attachments, ...(layout ? components : [])];
  if (content === '' && said.length === 0) throw refusal(50006);
  const pings = pingsOf({
    content,
    components: components as readonly Component[],
    allowed: body.allowed_mentions ?? undefined,
    repliedTo: sender.repliedTo,
    channel: sender.channel,
    bits: sender.bits,
    byDefault: sender.byDefault,
  });
  return {
    ...parts,
    embeds: resolveAttachments(embeds, attachments, { id: 1 }) as Payload[],
    components: resolveAttachments(components, attachments, { id: 1 }) as Payload[],
    pings: sender.hidden ? NOBODY : pings,
  };
}

/** Throws 50006 if the message is empty. */
export function composeNew(
  context: Context,
  body: MessageBody,
  uploads: readonly Upload[],
  sender: Sender,
): MessageText {
  const attachments = toStoredAttachments(context, sender.channel, body, uploads);
  const parts = {
    content: (body.content ?? '').trim(),
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    attachments,
    flags: (body.flags ?? 0) & (SETTABLE | (sender.hidden ? messageFlags.ephemeral : 0)),
  };
  return composeText(body, sender, parts);
}

/**
 * The message after an edit: missing fields stay, null empties them. Mentions are evaluated again, with the defaults if
 * `allowed_mentions` is missing. Throws 50006 if the message would be empty.
 */
export function composeEdit(
  context: Context,
  before: StoredMessage,
  body: MessageBody,
  uploads: readonly Upload[],
  sender: Sender,
): MessageText {
  const kept = body.attachments
    ? before.attachments.filter(({ id }) => body.attachments?.some((wanted) => String(wanted.id) === id))
    : before.attachments;
  const attachments = [...kept, ...toStoredAttachments(context, sender.channel, body, uploads)];
  const pick = <T>(said: T | null | undefined, old: T, empty: T) =>
    said === undefined ? old : (said ?? empty);
  const parts = {
    content: pick(body.content, before.content, '').trim(),
    embeds: pick(body.embeds, before.embeds, []),
    components: pick<readonly Payload[]>(body.components, before.components, []),
    attachments,
    flags: editedFlags(before.flags, body.flags),
  };
  return composeText(body, sender, parts);
}

function editedFlags(before: number, said: number | null | undefined): number {
  if (said === undefined || said === null) return before;
  const settable = messageFlags.suppressEmbeds | messageFlags.componentsV2;
  return (before & ~messageFlags.suppressEmbeds) | (said & settable);
}
