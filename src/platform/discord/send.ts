import { createHash } from 'node:crypto';
import { type RawFile, type REST, Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import type { MediaFetch } from '../../media/media-fetch.ts';
import type { Texts } from '../../text/texts.ts';
import type { Body, Platform, SendResult } from '../platform.ts';
import type { Channels } from './channels.ts';
import { channelOf } from './destination.ts';
import { type Failure, failureOf, resultOf } from './errors.ts';
import { asEdit, isLayout, type Message } from './message.ts';
import { makeOf, receiptOf, type Standing, standingOf } from './receipt.ts';
import { asksForChannel, editFormsOf, formsOf, galleryOf } from './render.ts';
import { createUpload } from './upload.ts';

interface Parts {
  /** Makes no retries of its own and waits for no rate limit: see `createSendingRest`. */
  readonly rest: REST;
  /** The same with more time, for files. */
  readonly uploading: REST;
  /** For media that Discord can't fetch; without it they become links. */
  readonly media: MediaFetch | undefined;
  readonly log: Log;
  readonly texts: Texts;
  readonly channels: Channels;
}

type Outcome = { readonly id: string } | { readonly failure: Failure };
type Settled = { readonly standing: Standing } | { readonly failure: Failure };

/** What goes along with the first message of a form. */
interface Posting {
  readonly files: readonly RawFile[];
  readonly replyTo?: string | undefined;
}

/** Create Message, Edit Message and Delete Message, each once, going down the plainer forms of a refused body. */
export function createSend({
  rest,
  uploading,
  media,
  log,
  texts,
  channels,
}: Parts): Pick<Platform, 'send' | 'edit' | 'remove'> {
  const upload = createUpload(media, log);
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
    { nonce, files, replyTo }: Posting & { readonly nonce: string },
  ): Promise<Outcome> {
    const body = { ...message, nonce, enforce_nonce: true };
    const create = (fields: object) => () =>
      via(files).post(Routes.channelMessages(channel), { body: { ...body, ...fields }, files: [...files] });
    if (replyTo === undefined) return tried(create({}));
    const reference = { message_id: replyTo, fail_if_not_exists: false };
    const outcome = await tried(create({ message_reference: reference }));
    const mayNotReply = 'failure' in outcome && outcome.failure.meaning.about === 'reply';
    return mayNotReply ? tried(create({})) : outcome;
  }

  /** All messages of one form. What stands already when a later one is refused is kept. */
  async function postAll(
    channel: string,
    form: readonly Message[],
    key: string,
    { files, replyTo }: Posting,
  ): Promise<Settled> {
    const ids: string[] = [];
    for (const [index, message] of form.entries()) {
      const nonce = nonceFor(channel, key, index);
      const first = index === 0;
      const outcome = await post(channel, message, {
        nonce,
        files: first ? files : [],
        replyTo: first ? replyTo : undefined,
      });
      if ('id' in outcome) ids.push(outcome.id);
      else if (ids.length === 0 || !refused(outcome.failure, form)) return outcome;
      else log.warn('message.refused', { channel, key, index, reason: outcome.failure.reason });
    }
    return { standing: { ids, ...madeAs(form[0]) } };
  }

  /** Tries one form after the other, and its upload after it, until one is taken or the reason is not the form. */
  async function descend(
    body: Body,
    forms: Iterable<readonly Message[]>,
    attempt: (form: readonly Message[], files: readonly RawFile[]) => Promise<Settled>,
  ): Promise<SendResult> {
    let failure: Failure | undefined;
    for (const form of forms) {
      // Other components would fail alike: what Discord answers 500 to is the text in them.
      if (failure?.status === 500 && form.some(isLayout)) continue;
      const asked = await attempt(form, []);
      const gallery = galleryOf(body, form);
      const outcome =
        'failure' in asked && gallery
          ? await upload(gallery, asked, (message, files) => attempt([message], files))
          : asked;
      if ('standing' in outcome) return { status: 'sent', receipt: receiptOf(outcome.standing) };
      failure = outcome.failure;
      if (!refused(failure, form)) break;
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
      const place = asksForChannel(body) ? await channels.about(channel) : channels.known(channel);
      const answered = replyTo === undefined ? undefined : standingOf(replyTo).ids[0];
      return descend(body, formsOf(body, place), (form, files) =>
        postAll(channel, form, key, { files, replyTo: answered }),
      );
    },

    async edit(destination, receipt, body) {
      const channel = channelOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const { ids, make } = standingOf(receipt);
      const [id = '', ...others] = ids;
      const place = channels.known(channel);
      const edits = editFormsOf(body, place, make);
      // Nothing of its kind holds so much text: a new message does, and the old one goes.
      if (edits.length === 0) {
        const fresh = await descend(body, formsOf(body, place), (form, files) =>
          postAll(channel, form, `edit ${receipt}`, { files }),
        );
        const failure = fresh.status === 'sent' ? await removeAll(channel, ids) : undefined;
        return failure ? resultOf(failure, texts) : fresh;
      }
      const result = await descend(body, edits, async ([message], files) => {
        const change = message && asEdit(message, files);
        const outcome = await tried(() =>
          via(files).patch(Routes.channelMessage(channel, id), { body: change, files: [...files] }),
        );
        return 'id' in outcome ? { standing: { ids: [id], ...madeAs(message) } } : outcome;
      });
      const failure = result.status === 'sent' ? await removeAll(channel, others) : undefined;
      return failure ? resultOf(failure, texts) : result;
    },

    async remove(destination, receipt) {
      const channel = channelOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const failure = await removeAll(channel, standingOf(receipt).ids);
      return failure ? resultOf(failure, texts) : { status: 'sent', receipt };
    },
  };
}

const madeAs = (message: Message | undefined) => (message ? { make: makeOf(message) } : {});

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
