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
import { createLruSet } from './lru-set.ts';
import type { SentMessages } from './receipts.ts';
import { createUpload } from './upload.ts';

/** A form of a body, as the messages that it takes. */
export type Messages = readonly Message[];

/** Where a body goes, and by which name Discord knows a repeat. */
export interface SendTarget {
  readonly channel: string;
  /** The channel is a forum: the body opens a post there, and what follows goes into that. */
  readonly thread?: ThreadOptions | undefined;
  readonly key: string;
}

/** What goes along with the messages of a form. */
interface SendOptions {
  readonly files: readonly RawFile[];
  readonly replyTo?: string | undefined;
  readonly silent?: boolean | undefined;
  /** A role that the first message is to ping. */
  readonly ping?: string | undefined;
  /** Messages of ours among which those that an earlier try brought may be. */
  readonly recalled: readonly FoundMessage[];
}

export type AttemptResult = { readonly standing: SentMessages } | { readonly failure: Failure };
/** `simplified`: why the forms before this one were refused. */
export type FallbackResult =
  | { readonly standing: SentMessages; readonly simplified?: string }
  | { readonly failure: Failure };

export interface FallbackSender {
  /** All messages of one form. What stands already when a later one is refused is kept. */
  sendAll(aim: SendTarget, form: Messages, along: SendOptions): Promise<AttemptResult>;
  /** Tries one form after the other, and its upload after it, until one is taken or the reason is not the form. */
  tryForms(
    aim: SendTarget,
    body: Body,
    forms: Iterable<Messages>,
    attempt: (form: Messages, files: readonly RawFile[]) => Promise<AttemptResult>,
  ): Promise<FallbackResult>;
}

/** So many messages are remembered that Discord's servers broke at. */
const REMEMBERED = 1_000;

export function createFallbackSender(
  calls: MessageApi,
  media: MediaFetch | undefined,
  log: Log,
): FallbackSender {
  const upload = createUpload(media, log);
  const broken = createLruSet(REMEMBERED);

  return {
    async sendAll({ channel, thread, key }, form, along) {
      const placed: SentMessages[] = [];
      for (const [index, message] of form.entries()) {
        const { files, replyTo, ping } = index === 0 ? along : { files: [] };
        const { silent } = along;
        const nonce = nonceFor(channel, key, index);
        const [opened] = placed;
        const said = withPing(message, ping);
        const outcome =
          along.recalled.find((one) => one.is(said)) ??
          (thread && !opened
            ? await calls.createForumPost(channel, thread, said, { files, silent })
            : await calls.create((thread && opened?.ids[0]) ?? channel, said, {
                nonce,
                files,
                replyTo,
                silent,
              }));
        if ('id' in outcome) placed.push({ ids: [outcome.id], make: outcome.make });
        else if (placed.length === 0 || !isFormRefused(outcome.failure, form)) return outcome;
        else log.warn('message.refused', { channel, key, index, reason: outcome.failure.reason });
      }
      return { standing: { ...placed[0], ids: placed.flatMap(({ ids }) => ids) } };
    },

    async tryForms({ channel, key }, body, forms, attempt) {
      let failure: Failure | undefined;
      for (const form of forms) {
        if (failure && wouldFailAlike(form, failure)) continue;
        const asked = await attempt(form, []);
        const gallery = galleryOf(body, form);
        const outcome =
          'failure' in asked && gallery
            ? await upload(gallery, asked, (message, files) => attempt([message], files))
            : asked;
        if ('standing' in outcome)
          return { standing: outcome.standing, ...(failure && { simplified: failure.reason }) };
        failure = outcome.failure;
        if (!isFormRefused(failure, form)) break;
        // Once it may have been Discord's own fault, which passes.
        if (failure.status === 500 && broken.add(`${channel} ${key}`)) break;
        log.warn('message.refused', { channel, key, reason: failure.reason });
      }
      if (!failure) throw new RangeError('Cannot send a body: it has no form');
      return { failure };
    },
  };
}

/** Forms of which something stands already come first: in another one it would stand twice. */
export function preferPresent(
  forms: Iterable<Messages>,
  recalled: readonly FoundMessage[],
  ping?: string,
): Iterable<Messages> {
  if (recalled.length === 0) return forms;
  return [...forms].sort(
    (a, b) => Number(isPresent(b, recalled, ping)) - Number(isPresent(a, recalled, ping)),
  );
}

/** Whether any of the messages is among those that stand somewhere. */
export function isPresent(form: Messages, recalled: readonly FoundMessage[], ping?: string): boolean {
  return form
    .map((message, index) => (index > 0 ? message : withPing(message, ping)))
    .some((message) => recalled.some((one) => one.is(message)));
}

const withPing = (message: Message, ping: string | undefined): Message =>
  ping === undefined ? message : withRoleMention(message, ping);

/**
 * Whether a form would fail like the one before. What Discord answers 500 to is the text in components, and what a
 * filter blocks are addresses, more often than words.
 */
function wouldFailAlike(form: Messages, { status, kind }: Failure): boolean {
  if (kind === 'filtered') return JSON.stringify(form).includes('://');
  return status === 500 && form.some(isComponentsMessage);
}

/** At most 25 characters (Create Message), the same for every try of the same message. */
function nonceFor(channel: string, key: string, index: number): string {
  return createHash('sha256').update(`${channel}\n${key}\n${index}`).digest('base64url').slice(0, 25);
}
