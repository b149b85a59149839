import { MessageFlags, type RawFile, type REST, Routes } from 'discord.js';
import { type Message, toEditBody } from '../render/message-forms.ts';
import { type MessageFormat, messageFormat } from '../send/receipts.ts';
import { classifyError } from './classify-error.ts';
import { type Failure, isCrosspostDone, isDeleteDone, isThreadArchived } from './errors.ts';
import { requireFields, requireId } from './responses.ts';
import type { RestClients } from './rest-clients.ts';

/** `format` is that of the returned message: when Discord drops a duplicate, it returns the earlier message. */
export type MessageOutcome =
  | { readonly id: string; readonly format: MessageFormat }
  | { readonly failure: Failure };

export interface CreateOptions {
  /** The same for every attempt. */
  readonly nonce: string;
  readonly files: readonly RawFile[];
  /** The id of a message in the same channel. */
  readonly replyTo?: string | undefined;
  /** Notifies nobody (flag `SUPPRESS_NOTIFICATIONS`). */
  readonly silent?: boolean | undefined;
}

/** The title of a forum post (1 to 100 characters) and the ids of up to five tags. */
export interface ThreadOptions {
  readonly name: string;
  readonly tags: readonly string[];
}

/** The Message endpoints. Every call is made once and never rejects. */
export interface MessageApi {
  create(channel: string, message: Message, options: CreateOptions): Promise<MessageOutcome>;
  /** Opens a forum post with this message; both have the same id. Discord supports no nonce here. */
  createForumPost(
    forum: string,
    thread: ThreadOptions,
    message: Message,
    options: Omit<CreateOptions, 'nonce' | 'replyTo'>,
  ): Promise<MessageOutcome>;
  edit(channel: string, id: string, message: Message, files: readonly RawFile[]): Promise<MessageOutcome>;
  /** Succeeds for messages that are gone or aren't ours. */
  delete(channel: string, ids: readonly string[]): Promise<Failure | undefined>;
  /** Publishes messages of an announcement channel to its followers. Succeeds if they already are, or are gone. */
  crosspost(channel: string, ids: readonly string[]): Promise<Failure | undefined>;
  /** Makes any other call. */
  attempt<T>(call: () => Promise<T>): Promise<{ readonly answer: T } | { readonly failure: Failure }>;
}

export function createMessageApi({ rest, uploading }: RestClients): MessageApi {
  // After a 401 discord.js drops the token, and later calls would fail without a request.
  let halted: Failure | undefined;

  const attempt: MessageApi['attempt'] = async (call) => {
    if (halted) return { failure: halted };
    try {
      return { answer: await call() };
    } catch (error) {
      const failure = classifyError(error);
      if (failure.kind === 'token') halted = failure;
      return { failure };
    }
  };

  async function messageFrom(call: () => Promise<unknown>): Promise<MessageOutcome> {
    const outcome = await attempt(async () => {
      const message = await call();
      const { flags } = requireFields(message, 'message');
      return {
        id: requireId(message, 'message'),
        format: messageFormat(typeof flags === 'number' ? flags : undefined),
      };
    });
    return 'failure' in outcome ? outcome : outcome.answer;
  }

  /** If the thread is archived, reopens it and retries. Locked threads stay closed. */
  async function inOpenThread<T extends object>(
    channel: string,
    call: () => Promise<T | { readonly failure: Failure }>,
  ): Promise<T | { readonly failure: Failure }> {
    const outcome = await call();
    if (!('failure' in outcome) || !isThreadArchived(outcome.failure)) return outcome;
    const opened = await attempt(() => rest.patch(Routes.channel(channel), { body: { archived: false } }));
    return 'failure' in opened ? outcome : call();
  }

  const clientFor = (files: readonly RawFile[]): REST => (files.length > 0 ? uploading : rest);

  return {
    attempt,
    createForumPost: (forum, { name, tags }, message, { files, silent }) =>
      messageFrom(async () => {
        const thread = await clientFor(files).post(Routes.threads(forum), {
          body: { name, applied_tags: tags, message: withSilentFlag(message, silent) },
          files: [...files],
        });
        return requireFields(thread, 'post')['message'];
      }),
    async create(channel, message, { nonce, files, replyTo, silent }) {
      const post = (extra: object) =>
        messageFrom(() =>
          clientFor(files).post(Routes.channelMessages(channel), {
            body: { ...withSilentFlag(message, silent), nonce, enforce_nonce: true, ...extra },
            files: [...files],
          }),
        );
      if (replyTo === undefined) return post({});
      const outcome = await post({ message_reference: { message_id: replyTo, fail_if_not_exists: false } });
      const mayNotReply = 'failure' in outcome && outcome.failure.kind === 'reply-not-allowed';
      return mayNotReply ? post({}) : outcome;
    },
    edit: (channel, id, message, files) =>
      inOpenThread(channel, () =>
        messageFrom(() =>
          clientFor(files).patch(Routes.channelMessage(channel, id), {
            body: toEditBody(message, files),
            files: [...files],
          }),
        ),
      ),
    async crosspost(channel, ids) {
      for (const id of ids) {
        const outcome = await attempt(() => rest.post(Routes.channelMessageCrosspost(channel, id)));
        if ('failure' in outcome && !isCrosspostDone(outcome.failure)) return outcome.failure;
      }
      return undefined;
    },
    async delete(channel, ids) {
      for (const id of ids) {
        const outcome = await inOpenThread(channel, () =>
          attempt(() => rest.delete(Routes.channelMessage(channel, id))),
        );
        if ('failure' in outcome && !isDeleteDone(outcome.failure)) return outcome.failure;
      }
      return undefined;
    },
  };
}

/** The id of our direct-message channel with a user, which is always the same. Rejects with what discord.js throws. */
export async function openDm(rest: REST, user: string): Promise<string> {
  return requireId(await rest.post(Routes.userChannels(), { body: { recipient_id: user } }), 'chat');
}

function withSilentFlag(message: Message, silent: boolean | undefined): object {
  return silent ? { ...message, flags: (message.flags ?? 0) | MessageFlags.SuppressNotifications } : message;
}
