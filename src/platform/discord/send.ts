import { Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import type { MediaFetch } from '../../media/media-fetch.ts';
import type { Texts } from '../../text/texts.ts';
import type { Platform, SendResult } from '../platform.ts';
import { type CallParts, createCalls } from './calls.ts';
import type { Channels } from './channels.ts';
import { channelOf, personOf } from './destination.ts';
import { createDoubts } from './doubt.ts';
import { type Failure, resultOf } from './errors.ts';
import type { Message } from './message.ts';
import { createNewest } from './newest.ts';
import type { PermissionName } from './place.ts';
import { createPutting, type Put, recalledFirst } from './put.ts';
import { createRecall } from './recall.ts';
import { receiptOf, standingOf } from './receipt.ts';
import { asksForChannel, editFormsOf, formsOf, isWithoutEmbeds } from './render.ts';

interface Parts extends CallParts {
  /** For media that Discord can't fetch; without it they become links. */
  readonly media: MediaFetch | undefined;
  readonly log: Log;
  readonly texts: Texts;
  readonly channels: Channels;
  /** Milliseconds since 1970. */
  now(): number;
}

/** So many channels are remembered of which it was said that they show no embeds. */
const REMEMBERED = 1_000;

/** Create Message, Edit Message and Delete Message, going down the plainer forms of a refused body. */
export function createSend(parts: Parts): Pick<Platform, 'send' | 'edit' | 'remove'> {
  const { log, texts, channels } = parts;
  const calls = createCalls(parts);
  const { postAll, descend } = createPutting(calls, parts.media, log);
  const recall = createRecall(parts.rest);
  const doubts = createDoubts(channels, parts.now);
  const withoutEmbeds = createNewest(REMEMBERED);

  function resultFor(channel: string, put: Put): SendResult {
    if ('standing' in put) {
      const { standing, ...simplified } = put;
      doubts.settled(channel);
      return { status: 'sent', receipt: receiptOf(standing), ...simplified };
    }
    const { meaning, reason } = put.failure;
    const afterMs = doubts.waitMs(channel, put.failure);
    if (afterMs !== undefined) {
      log.warn('refusal.doubted', { channel, reason, afterMs });
      return { status: 'retry', scope: 'destination', afterMs, uncertain: false, reason };
    }
    const missing = channels.known(channel)?.missing ?? [];
    const isNamed = meaning.about === 'access' && missing.length > 0;
    return isNamed ? lacking(missing, reason) : resultOf(put.failure, texts);
  }

  function lacking(missing: readonly PermissionName[], reason = `missing: ${missing.join()}`): SendResult {
    const remedy = texts.discord.lacking(missing.map((name) => texts.discord.permissions[name]));
    return { status: 'unreachable', gone: false, reason, remedy };
  }

  /** The same channel however often it is opened (User, Create DM). */
  const openPrivate = (recipient_id: string) =>
    calls.tried(
      () => parts.rest.post(Routes.userChannels(), { body: { recipient_id } }) as Promise<{ id: string }>,
    );

  return {
    async send(destination, body, key, { replyTo, inDoubt, silent } = {}) {
      const person = personOf(destination);
      const opened = person === undefined ? undefined : await openPrivate(person);
      if (opened && 'failure' in opened) return resultOf(opened.failure, texts);
      const channel = opened ? opened.answer.id : channelOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const place = asksForChannel(body) ? await channels.about(channel) : channels.known(channel);
      // Refusals are counted, and too many bar our address: what the gateway shows closed is not asked for.
      if (place?.missing?.length) return lacking(place.missing);
      if (isWithoutEmbeds(body, place) && withoutEmbeds.add(channel))
        log.warn('embeds.forbidden', { channel });
      const found = inDoubt ? await calls.tried(() => recall(channel)) : undefined;
      if (found && 'failure' in found && isForLater(found.failure))
        return resultFor(channel, { failure: { ...found.failure, uncertain: true } });
      const recalled = found && 'answer' in found ? found.answer : [];
      const answered = replyTo === undefined ? undefined : standingOf(replyTo).ids[0];
      const aim = { channel, key };
      const forms = recalledFirst(formsOf(body, place), recalled);
      return resultFor(
        channel,
        await descend(aim, body, forms, (form, files) =>
          postAll(aim, form, { files, replyTo: answered, silent, recalled }),
        ),
      );
    },

    async edit(destination, receipt, body) {
      const channel = channelOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const { ids, make } = standingOf(receipt);
      const [id = '', ...others] = ids;
      const place = channels.known(channel);
      const aim = { channel, key: `edit ${receipt}` };
      const edits = editFormsOf(body, place, make);
      // Nothing of its kind holds so much text: a new message does, and the old one goes.
      const isReplaced = edits.length === 0;
      const put = isReplaced
        ? await descend(aim, body, formsOf(body, place), (form, files) =>
            postAll(aim, form, { files, recalled: [] }),
          )
        : await descend(aim, body, edits, async ([message], files) => {
            const outcome = await calls.change(channel, id, message as Message, files);
            if ('id' in outcome) return { standing: { ids: [id], make: outcome.make } };
            // Whoever took it away wants it to stay away.
            const isAbsent = outcome.failure.meaning.about === 'absent';
            return isAbsent ? { standing: { ...standingOf(receipt), ids: [id] } } : outcome;
          });
      const failure = 'standing' in put && (await calls.remove(channel, isReplaced ? ids : others));
      return resultFor(channel, failure ? { failure } : put);
    },

    async remove(destination, receipt) {
      const channel = channelOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const failure = await calls.remove(channel, standingOf(receipt).ids);
      return failure ? resultFor(channel, { failure }) : { status: 'sent', receipt };
    },
  };
}

const isForLater = ({ meaning }: Failure): boolean => meaning.about === 'moment' || meaning.about === 'token';

function noChannel(destination: string, texts: Texts): SendResult {
  return {
    status: 'unreachable',
    gone: false,
    reason: `"${destination}" names no channel`,
    remedy: texts.discord.remedies.unknown,
  };
}
