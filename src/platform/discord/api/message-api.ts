import { MessageFlags, type RawFile, type REST, Routes } from 'discord.js';
import { type Message, toEditBody } from '../render/message-forms.ts';
import { type MessageFormat, messageFormat } from '../send/receipts.ts';
import { classifyError } from './classify-error.ts';
import { type Failure, isCrosspostDone, isDeleteDone, isThreadArchived } from './errors.ts';
import { requireFields, requireId } from './responses.ts';

export interface RestClients {
  /** Makes no retries of its own and waits for no rate limit: see `createSendingRest`. */
  readonly rest: REST;
  /** The same with more time, for files. */
  readonly uploading: REST;
}

/** `make` as Discord shows the message: a repeat that it dropped stands there as it was made before. */
export type MessageOutcome =
  | { readonly id: string; readonly make: MessageFormat }
  | { readonly failure: Failure };

/** What goes along with a message that is created. */
export interface CreateOptions {
  /** The same for every try. */
  readonly nonce: string;
  readonly files: readonly RawFile[];
  readonly replyTo?: string | undefined;
  /** Without a sound (flag `SUPPRESS_NOTIFICATIONS`). */
  readonly silent?: boolean | undefined;
}

/** What a forum's post is called, 1 to 100 characters, and filed under: five tags at most. */
export interface ThreadOptions {
  readonly name: string;
  readonly tags: readonly string[];
}

/** Create, Edit and Delete Message, each tried once; none of them throws. */
export interface MessageApi {
  create(channel: string, message: Message, posting: CreateOptions): Promise<MessageOutcome>;
  /** Opens a post in a forum with that message, whose id the post has too. No nonce holds for it. */
  createForumPost(
    forum: string,
    opening: ThreadOptions,
    message: Message,
    posting: Omit<CreateOptions, 'nonce' | 'replyTo'>,
  ): Promise<MessageOutcome>;
  edit(channel: string, id: string, message: Message, files: readonly RawFile[]): Promise<MessageOutcome>;
  /** Also done where somebody else has deleted it, or where it is not ours. */
  delete(channel: string, ids: readonly string[]): Promise<Failure | undefined>;
  /** Lets messages of an announcement channel go out to its followers. Also done where they did, or are gone. */
  crosspost(channel: string, ids: readonly string[]): Promise<Failure | undefined>;
  /** Any other call. */
  attempt<T>(call: () => Promise<T>): Promise<{ readonly answer: T } | { readonly failure: Failure }>;
}

export function createMessageApi({ rest, uploading }: RestClients): MessageApi {
  // After a 401 the REST object has no token any more, and fails without asking.
  let halted: Failure | undefined;

  const tried: MessageApi['attempt'] = async (call) => {
    if (halted) return { failure: halted };
    try {
      return { answer: await call() };
    } catch (error) {
      const failure = classifyError(error);
      if (failure.kind === 'token') halted = failure;
      return { failure };
    }
  };

  async function message(call: () => Promise<unknown>): Promise<MessageOutcome> {
    const outcome = await tried(async () => {
      const answer = await call();
      const { flags } = requireFields(answer, 'message');
      return {
        id: requireId(answer, 'message'),
        make: messageFormat(typeof flags === 'number' ? flags : undefined),
      };
    });
    return 'failure' in outcome ? outcome : outcome.answer;
  }

  /** Opens a thread that lies in the archive, and tries again. One that is locked stays shut. */
  async function inOpenThread<T extends object>(
    channel: string,
    attempt: () => Promise<T | { readonly failure: Failure }>,
  ): Promise<T | { readonly failure: Failure }> {
    const outcome = await attempt();
    if (!('failure' in outcome) || !isThreadArchived(outcome.failure)) return outcome;
    const opened = await tried(() => rest.patch(Routes.channel(channel), { body: { archived: false } }));
    return 'failure' in opened ? outcome : attempt();
  }

  const via = (files: readonly RawFile[]): REST => (files.length > 0 ? uploading : rest);

  return {
    attempt: tried,
    createForumPost: (forum, { name, tags }, body, { files, silent }) =>
      message(async () => {
        const thread = await via(files).post(Routes.threads(forum), {
          body: { name, applied_tags: tags, message: withSilentFlag(body, silent) },
          files: [...files],
        });
        return requireFields(thread, 'post')['message'];
      }),
    async create(channel, body, { nonce, files, replyTo, silent }) {
      const post = (more: object) =>
        message(() =>
          via(files).post(Routes.channelMessages(channel), {
            body: { ...withSilentFlag(body, silent), nonce, enforce_nonce: true, ...more },
            files: [...files],
          }),
        );
      if (replyTo === undefined) return post({});
      const outcome = await post({ message_reference: { message_id: replyTo, fail_if_not_exists: false } });
      const mayNotReply = 'failure' in outcome && outcome.failure.kind === 'reply-not-allowed';
      return mayNotReply ? post({}) : outcome;
    },
    edit: (channel, id, body, files) =>
      inOpenThread(channel, () =>
        message(() =>
          via(files).patch(Routes.channelMessage(channel, id), {
            body: toEditBody(body, files),
            files: [...files],
          }),
        ),
      ),
    async crosspost(channel, ids) {
      for (const id of ids) {
        const outcome = await tried(() => rest.post(Routes.channelMessageCrosspost(channel, id)));
        if ('failure' in outcome && !isCrosspostDone(outcome.failure)) return outcome.failure;
      }
      return undefined;
    },
    async delete(channel, ids) {
      for (const id of ids) {
        const outcome = await inOpenThread(channel, () =>
          tried(() => rest.delete(Routes.channelMessage(channel, id))),
        );
        if ('failure' in outcome && !isDeleteDone(outcome.failure)) return outcome.failure;
      }
      return undefined;
    },
  };
}

function withSilentFlag(body: Message, silent: boolean | undefined): object {
  return silent ? { ...body, flags: (body.flags ?? 0) | MessageFlags.SuppressNotifications } : body;
}
