import { createHash } from 'node:crypto';
import { type RawFile, type REST, Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import type { MediaFetch } from '../../media/media-fetch.ts';
import { createSlots } from '../../media/slots.ts';
import type { Texts } from '../../text/texts.ts';
import type { Body, Platform, SendResult } from '../platform.ts';
import { channelOf } from './destination.ts';
import { type Failure, failureOf, resultOf } from './errors.ts';
import { isLayout, type Message } from './message.ts';
import { editFormsOf, formsOf } from './render.ts';
import { type Attempt, createWithUpload } from './upload.ts';

interface Parts {
  /** Makes no retries of its own and waits for no rate limit: see `createSendingRest`. */
  readonly rest: REST;
  /** The same with more time, for files. */
  readonly uploading: REST;
  /** For media that Discord can't fetch; without it they become links. */
  readonly media: MediaFetch | undefined;
  readonly log: Log;
  readonly texts: Texts;
}

/** Uploads at once: each holds all its files in memory. */
const MAX_UPLOADS = 4;

type Outcome = { readonly id: string } | { readonly failure: Failure };

/** Create Message, Edit Message and Delete Message, each once, going down the plainer forms of a refused body. */
export function createSend({
  rest,
  uploading,
  media,
  log,
  texts,
}: Parts): Pick<Platform, 'send' | 'edit' | 'remove'> {
  const withUpload = createWithUpload(media, log);
  const slots = createSlots(MAX_UPLOADS);
  const via = (files: readonly RawFile[]): REST => (files.length > 0 ? uploading : rest);
  // After a 401 the REST object has no token any more, and fails without asking.
  let halted: Failure | undefined;

  async function tried(call: () => Promise<unknown>): Promise<Outcome> {
    if (halted) return { failure: halted };
    try {
      const answer = await call();
      return { id: String((answer as { id?: unknown } | undefined)?.id) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.meaning.about === 'token') halted = failure;
      return { failure };
    }
  }

  async function post(
    channel: string,
    message: Message,
    { nonce, files, replyTo }: { nonce: string; files: readonly RawFile[]; replyTo: string | undefined },
  ): Promise<Outcome> {
    const body = { ...message, nonce, enforce_nonce: true };
    const create = (fields: object) => () =>
      via(files).post(Routes.channelMessages(channel), { body: { ...body, ...fields }, ...filed(files) });
    if (replyTo === undefined) return tried(create({}));
    const reference = { message_id: replyTo, fail_if_not_exists: false };
    const outcome = await tried(create({ message_reference: reference }));
    const mayNotReply = 'failure' in outcome && outcome.failure.meaning.about === 'reply';
    return mayNotReply ? tried(create({})) : outcome;
  }

  /** All messages of one form. What stands already when a later one is refused is kept. */
  async function postAll(channel: string, { messages, files }: Attempt, key: string, replyTo?: string) {
    const ids: string[] = [];
    for (const [index, message] of messages.entries()) {
      const nonce = nonceFor(channel, key, index);
      const outcome = await post(
        channel,
        message,
        index === 0 ? { nonce, files, replyTo } : { nonce, files: [], replyTo: undefined },
      );
      if ('id' in outcome) ids.push(outcome.id);
      else if (ids.length === 0 || !refused(outcome.failure, messages)) return outcome;
      else log.warn('message.refused', { channel, key, index, reason: outcome.failure.reason });
    }
    return { id: ids.join(',') };
  }

  /** Tries one form after the other until one is taken or the reason is not the form. */
  async function descend(
    body: Body,
    forms: Iterable<readonly Message[]>,
    attempt: (form: Attempt) => Promise<Outcome>,
  ): Promise<SendResult> {
    let failure: Failure | undefined;
    for await (const form of withUpload(body, forms, () => failure)) {
      // Other components would fail alike: what Discord answers 500 to is the text in them.
      if (failure?.status === 500 && form.messages.some(isLayout)) continue;
      const outcome = await (form.files.length > 0 ? slots.run(() => attempt(form)) : attempt(form));
      if ('id' in outcome) return { status: 'sent', receipt: outcome.id };
      failure = outcome.failure;
      if (!refused(failure, form.messages)) break;
      log.warn('message.refused', { reason: failure.reason });
    }
    if (!failure) throw new RangeError('Cannot send a body: it has no form');
    return resultOf(failure, texts);
  }

  async function removeAll(channel: string, ids: readonly string[]): Promise<Failure | undefined> {
    for (const id of ids) {
      const outcome = await tried(() => rest.delete(Routes.channelMessage(channel, id)));
      if ('failure' in outcome && outcome.failure.meaning.about !== 'message') return outcome.failure;
    }
    return undefined;
  }

  return {
    async send(destination, body, key, replyTo) {
      const channel = channelOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      return descend(body, formsOf(body), (form) => postAll(channel, form, key, replyTo?.split(',')[0]));
    },

    async edit(destination, receipt, body) {
      const channel = channelOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const [id = '', ...others] = receipt.split(',');
      const result = await descend(body, editFormsOf(body), ({ messages: [message], files }) =>
        tried(() =>
          via(files).patch(Routes.channelMessage(channel, id), {
            body: { ...(message && asEdit(message)), ...listed(files) },
            ...filed(files),
          }),
        ),
      );
      const failure = result.status === 'sent' ? await removeAll(channel, others) : undefined;
      return failure ? resultOf(failure, texts) : result;
    },

    async remove(destination, receipt) {
      const channel = channelOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const failure = await removeAll(channel, receipt.split(','));
      return failure ? resultOf(failure, texts) : { status: 'sent', receipt };
    },
  };
}

/** The body of an Edit Message that makes cards of plain messages too: content must be taken away for that. */
export function asEdit(message: Message): object {
  return isLayout(message) ? { content: null, embeds: [], ...message } : message;
}

const filed = (files: readonly RawFile[]) => (files.length > 0 ? { files: [...files] } : {});

/** An edit keeps the files that stood there unless it says which ones it has (Edit Message). */
const listed = (files: readonly RawFile[]) =>
  files.length > 0 ? { attachments: files.map(({ name }, id) => ({ id, filename: name })) } : {};

/** Whether the form is to blame. A bare 500 to components is: Discord answers so where their text has too many bytes. */
export function refused(failure: Failure, form: readonly Message[]): boolean {
  return failure.meaning.about === 'content' || (failure.status === 500 && form.some(isLayout));
}

/** At most 25 characters (Create Message), the same for every try of the same message. */
function nonceFor(channel: string, key: string, index: number): string {
  return createHash('sha256').update(`${channel}\n${key}\n${index}`).digest('base64url').slice(0, 25);
}

function noChannel(destination: string, texts: Texts): SendResult {
  return {
    status: 'unreachable',
    gone: false,
    reason: `"${destination}" names no channel`,
    remedy: texts.discord.remedies.unknown,
  };
}
