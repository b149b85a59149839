import { createHash } from 'node:crypto';
import type { RawFile } from 'discord.js';
import type { Log } from '../../log.ts';
import type { MediaFetch } from '../../media/media-fetch.ts';
import type { Body } from '../platform.ts';
import type { Calls, Opening } from './calls.ts';
import { type Failure, refused } from './errors.ts';
import { isLayout, type Message, pinging } from './message.ts';
import { createNewest } from './newest.ts';
import type { Recalled } from './recall.ts';
import type { Standing } from './receipt.ts';
import { galleryOf } from './render.ts';
import { createUpload } from './upload.ts';

/** A form of a body, as the messages that it takes. */
export type Messages = readonly Message[];

/** Where a body goes, and by which name Discord knows a repeat. */
export interface Aim {
  readonly channel: string;
  /** The channel is a forum: the body opens a post there, and what follows goes into that. */
  readonly opening?: Opening | undefined;
  readonly key: string;
}

/** What goes along with the messages of a form. */
interface Along {
  readonly files: readonly RawFile[];
  readonly replyTo?: string | undefined;
  readonly silent?: boolean | undefined;
  /** A role that the first message is to ping. */
  readonly ping?: string | undefined;
  /** Messages of ours among which those that an earlier try brought may be. */
  readonly recalled: readonly Recalled[];
}

export type Settled = { readonly standing: Standing } | { readonly failure: Failure };
/** `simplified`: why the forms before this one were refused. */
export type Put =
  | { readonly standing: Standing; readonly simplified?: string }
  | { readonly failure: Failure };

export interface Putting {
  /** All messages of one form. What stands already when a later one is refused is kept. */
  postAll(aim: Aim, form: Messages, along: Along): Promise<Settled>;
  /** Tries one form after the other, and its upload after it, until one is taken or the reason is not the form. */
  descend(
    aim: Aim,
    body: Body,
    forms: Iterable<Messages>,
    attempt: (form: Messages, files: readonly RawFile[]) => Promise<Settled>,
  ): Promise<Put>;
}

/** So many messages are remembered that Discord's servers broke at. */
const REMEMBERED = 1_000;

export function createPutting(calls: Calls, media: MediaFetch | undefined, log: Log): Putting {
  const upload = createUpload(media, log);
  const broken = createNewest(REMEMBERED);

  return {
    async postAll({ channel, opening, key }, form, along) {
      const placed: Standing[] = [];
      for (const [index, message] of form.entries()) {
        const { files, replyTo, ping } = index === 0 ? along : { files: [] };
        const { silent } = along;
        const nonce = nonceFor(channel, key, index);
        const [opened] = placed;
        const said = withPing(message, ping);
        const outcome =
          along.recalled.find((one) => one.is(said)) ??
          (opening && !opened
            ? await calls.open(channel, opening, said, { files, silent })
            : await calls.create((opening && opened?.ids[0]) ?? channel, said, {
                nonce,
                files,
                replyTo,
                silent,
              }));
        if ('id' in outcome) placed.push({ ids: [outcome.id], make: outcome.make });
        else if (placed.length === 0 || !refused(outcome.failure, form)) return outcome;
        else log.warn('message.refused', { channel, key, index, reason: outcome.failure.reason });
      }
      return { standing: { ...placed[0], ids: placed.flatMap(({ ids }) => ids) } };
    },

    async descend({ channel, key }, body, forms, attempt) {
      let failure: Failure | undefined;
      for (const form of forms) {
        if (failure && isAlike(form, failure)) continue;
        const asked = await attempt(form, []);
        const gallery = galleryOf(body, form);
        const outcome =
          'failure' in asked && gallery
            ? await upload(gallery, asked, (message, files) => attempt([message], files))
            : asked;
        if ('standing' in outcome)
          return { standing: outcome.standing, ...(failure && { simplified: failure.reason }) };
        failure = outcome.failure;
        if (!refused(failure, form)) break;
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
export function recalledFirst(
  forms: Iterable<Messages>,
  recalled: readonly Recalled[],
  ping?: string,
): Iterable<Messages> {
  if (recalled.length === 0) return forms;
  return [...forms].sort((a, b) => Number(stands(b, recalled, ping)) - Number(stands(a, recalled, ping)));
}

/** Whether any of the messages is among those that stand somewhere. */
export function stands(form: Messages, recalled: readonly Recalled[], ping?: string): boolean {
  return form
    .map((message, index) => (index > 0 ? message : withPing(message, ping)))
    .some((message) => recalled.some((one) => one.is(message)));
}

const withPing = (message: Message, ping: string | undefined): Message =>
  ping === undefined ? message : pinging(message, ping);

/**
 * Whether a form would fail like the one before. What Discord answers 500 to is the text in components, and what a
 * filter blocks are addresses, more often than words.
 */
function isAlike(form: Messages, { status, meaning }: Failure): boolean {
  if (meaning.about === 'filter') return JSON.stringify(form).includes('://');
  return status === 500 && form.some(isLayout);
}

/** At most 25 characters (Create Message), the same for every try of the same message. */
function nonceFor(channel: string, key: string, index: number): string {
  return createHash('sha256').update(`${channel}\n${key}\n${index}`).digest('base64url').slice(0, 25);
}
