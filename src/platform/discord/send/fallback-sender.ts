import { createHash } from 'node:crypto';
import type { RawFile } from 'discord.js';
import type { Log } from '../../../lib/log.ts';
import type { MediaFetch } from '../../../media/media-fetch.ts';
import type { Body } from '../../platform.ts';
import { type Failure, isFormRefused } from '../api/errors.ts';
import type { MessageApi, ThreadOptions } from '../api/message-api.ts';
import { isComponentsMessage, type Message, withRoleMention } from '../render/message-forms.ts';
import { galleryOf } from '../render/render.ts';
import type { FoundMessage } from './find-sent.ts';
import { createSeenKeys } from './first-time.ts';
import type { SentMessages } from './receipts.ts';
import { createUpload } from './upload.ts';

/** One form of a body; a long form takes several messages. */
export type Messages = readonly Message[];

export interface SendTarget {
  readonly channel: string;
  /** Set if the channel is a forum: the first message opens this post, and the others go into it. */
  readonly thread?: ThreadOptions | undefined;
  /** The same for every attempt, so that Discord recognises repeated messages. */
  readonly key: string;
}

interface SendOptions {
  /** Attached to the first message. */
  readonly files: readonly RawFile[];
  /** The id of the message that the first one replies to. */
  readonly replyTo?: string | undefined;
  readonly silent?: boolean | undefined;
  /** The role that the first message mentions. */
  readonly mentionRole?: string | undefined;
  /** Existing messages of the bot in the channel; those of an earlier attempt aren't sent again. */
  readonly found: readonly FoundMessage[];
}

export type AttemptResult = { readonly sent: SentMessages } | { readonly failure: Failure };
/** `simplified`: why the form before this one was refused. */
export type FallbackResult =
  | { readonly sent: SentMessages; readonly simplified?: string }
  | { readonly failure: Failure };

export interface FallbackSender {
  /** Sends all messages of one form. If Discord refuses a later one, those before it are kept. */
  sendAll(target: SendTarget, form: Messages, options: SendOptions): Promise<AttemptResult>;
  /**
   * Tries the forms in turn until one is accepted, or refused for a reason other than its form. If a form with a
   * gallery fails, it is retried with its media uploaded.
   */
  tryForms(
    target: SendTarget,
    body: Body,
    forms: Iterable<Messages>,
    attempt: (form: Messages, files: readonly RawFile[]) => Promise<AttemptResult>,
  ): Promise<FallbackResult>;
}

/** How many messages to remember to which Discord responded with a 500. */
const MAX_REMEMBERED = 1_000;

export function createFallbackSender(
  api: MessageApi,
  media: MediaFetch | undefined,
  log: Log,
): FallbackSender {
  const upload = createUpload(media, log);
  const isFirstServerError = createSeenKeys(MAX_REMEMBERED);

  return {
    async sendAll({ channel, thread, key }, form, { files, replyTo, silent, mentionRole, found }) {
      const sent: SentMessages[] = [];
      for (const [index, content] of form.entries()) {
        const isFirst = index === 0;
        const message = isFirst ? withMention(content, mentionRole) : content;
        const first = { files: isFirst ? files : [], replyTo: isFirst ? replyTo : undefined, silent };
        const [opened] = sent;
        const outcome =
          found.find((one) => one.matches(message)) ??
          (thread && !opened
            ? await api.createForumPost(channel, thread, message, first)
            : await api.create((thread && opened?.ids[0]) ?? channel, message, {
                ...first,
                nonce: nonceFor(channel, key, index),
              }));
        if ('id' in outcome) sent.push({ ids: [outcome.id], format: outcome.format });
        else if (sent.length === 0 || !isFormRefused(outcome.failure, form)) return outcome;
        else log.warn('message.refused', { channel, key, index, reason: outcome.failure.reason });
      }
      return { sent: { ...sent[0], ids: sent.flatMap(({ ids }) => ids) } };
    },

    async tryForms({ channel, key }, body, forms, attempt) {
      let failure: Failure | undefined;
      for (const form of forms) {
        if (failure && wouldFailToo(form, failure)) continue;
        const asIs = await attempt(form, []);
        const gallery = galleryOf(body, form);
        const outcome =
          'failure' in asIs && gallery
            ? await upload(gallery, asIs, (message, files) => attempt([message], files))
            : asIs;
        if ('sent' in outcome) return { sent: outcome.sent, ...(failure && { simplified: failure.reason }) };
        failure = outcome.failure;
        if (!isFormRefused(failure, form)) break;
        // The first 500 may be due to an incident, not the form.
        if (failure.status === 500 && isFirstServerError(`${channel} ${key}`)) break;
        log.warn('message.refused', { channel, key, reason: failure.reason });
      }
      if (!failure) throw new RangeError('Cannot send a body: it has no form');
      return { failure };
    },
  };
}

/** Puts the forms whose messages were found first: a different form would post them again. */
export function preferPresent(
  forms: Iterable<Messages>,
  found: readonly FoundMessage[],
  mentionRole?: string,
): Iterable<Messages> {
  if (found.length === 0) return forms;
  return [...forms].sort(
    (a, b) => Number(isPresent(b, found, mentionRole)) - Number(isPresent(a, found, mentionRole)),
  );
}

/** At least one message of the form has been found. */
export function isPresent(form: Messages, found: readonly FoundMessage[], mentionRole?: string): boolean {
  return form
    .map((message, index) => (index > 0 ? message : withMention(message, mentionRole)))
    .some((message) => found.some((one) => one.matches(message)));
}

const withMention = (message: Message, mentionRole: string | undefined): Message =>
  mentionRole === undefined ? message : withRoleMention(message, mentionRole);

/** Filters mostly block links, and a 500 is about text in components. */
function wouldFailToo(form: Messages, { status, kind }: Failure): boolean {
  if (kind === 'filtered') return JSON.stringify(form).includes('://');
  return status === 500 && form.some(isComponentsMessage);
}

/** Up to 25 characters (Create Message). */
function nonceFor(channel: string, key: string, index: number): string {
  return createHash('sha256').update(`${channel}\n${key}\n${index}`).digest('base64url').slice(0, 25);
}
