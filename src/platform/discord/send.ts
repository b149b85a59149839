import { Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import type { MediaFetch } from '../../media/media-fetch.ts';
import type { Texts } from '../../text/texts.ts';
import type { Body, Platform, Sending, SendResult } from '../platform.ts';
import { idOf } from './answer.ts';
import { type CallParts, createCalls } from './calls.ts';
import type { Channels } from './channels.ts';
import { channelOf, personOf } from './destination.ts';
import { createDoubts } from './doubt.ts';
import { resultOf, wantsPost } from './errors.ts';
import { createForums, nameOf } from './forum.ts';
import type { PermissionName } from './kinds.ts';
import type { Message } from './message.ts';
import { createNewest } from './newest.ts';
import { createPlacing, inPost, isAnnounced, isForum } from './placing.ts';
import { createPutting, type Put } from './put.ts';
import { createRecall } from './recall.ts';
import { markOf, receiptOf, standingOf } from './receipt.ts';
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

/** So many channels are remembered of which it was said that they show no embeds, and so many roles that are gone. */
const REMEMBERED = 1_000;

/** Create Message, Edit Message and Delete Message, going down the plainer forms of a refused body. */
export function createSend(parts: Parts): Required<Pick<Platform, 'send' | 'edit' | 'remove' | 'publish'>> {
  const { log, texts, channels } = parts;
  const calls = createCalls(parts);
  const putting = createPutting(calls, parts.media, log);
  const recall = createRecall(parts.rest);
  const forums = createForums(parts.rest, calls, recall, texts);
  const { place, placeInForum } = createPlacing({ calls, putting, recall, forums, texts });
  const { postAll, descend } = putting;
  const doubts = createDoubts(channels, parts.now);
  const withoutEmbeds = createNewest(REMEMBERED);
  const missingRoles = createNewest(REMEMBERED);

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

  /** A role that was deleted would stand there as a word that means nothing. */
  function withRole(channel: string, { ping, ...sending }: Sending): Sending {
    if (ping === undefined) return sending;
    if (channels.mayHaveRole(channel, ping)) return { ...sending, ping };
    if (missingRoles.add(ping)) log.warn('role.missing', { channel, role: ping });
    return sending;
  }

  function lacking(missing: readonly PermissionName[], reason = `missing: ${missing.join()}`): SendResult {
    const remedy = texts.discord.lacking(missing.map((name) => texts.discord.permissions[name]));
    return { status: 'unreachable', gone: false, reason, remedy };
  }

  /** The same channel however often it is opened (User, Create DM). */
  const openPrivate = (recipient_id: string) =>
    calls.tried(async () =>
      idOf(await parts.rest.post(Routes.userChannels(), { body: { recipient_id } }), 'chat'),
    );

  return {
    async send(destination, body, key, asked = {}) {
      const person = personOf(destination);
      const opened = person === undefined ? undefined : await openPrivate(person);
      if (opened && 'failure' in opened) return resultOf(opened.failure, texts);
      const channel = opened ? opened.answer : channelOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const sending = withRole(channel, asked);
      const look = asksForChannel(body) ? await channels.about(channel) : channels.known(channel);
      // Refusals are counted, and too many bar our address: what the gateway shows closed is not asked for.
      if (look?.missing?.length) return lacking(look.missing);
      if (isWithoutEmbeds(body, look, isAnnounced(sending)) && withoutEmbeds.add(channel))
        log.warn('embeds.forbidden', { channel });
      const aim = { channel, key };
      if (isForum(look)) return resultFor(channel, await placeInForum(aim, body, look, sending));
      const put = await place(aim, body, look, sending);
      const forum = 'failure' in put && wantsPost(put.failure) ? await channels.about(channel) : undefined;
      return resultFor(channel, isForum(forum) ? await placeInForum(aim, body, forum, sending) : put);
    },

    async edit(destination, receipt, body) {
      const own = channelOf(destination);
      if (own === undefined) return noChannel(destination, texts);
      const was = standingOf(receipt);
      const { ids, make, post, named } = was;
      const channel = post ?? own;
      const [id = '', ...others] = ids;
      const look = channels.known(own);
      const aim = { channel, key: `edit ${receipt}` };
      const edits = editFormsOf(body, look, make);
      // Nothing of its kind holds so much text: a new message does, and the old one goes.
      const isReplaced = edits.length === 0;
      const put = isReplaced
        ? await descend(aim, body, formsOf(body, look), (form, files) =>
            postAll(aim, form, { files, recalled: [] }),
          )
        : await descend(aim, body, edits, async ([message], files) => {
            const outcome = await calls.change(channel, id, message as Message, files);
            if ('id' in outcome) return { standing: { ids: [id], make: outcome.make } };
            // Whoever took it away wants it to stay away.
            const { about } = (post === undefined ? outcome.failure : inPost(outcome.failure)).meaning;
            return about === 'absent' ? { standing: { ...was, ids: [id] } } : outcome;
          });
      if ('failure' in put) return resultFor(own, { failure: post ? inPost(put.failure) : put.failure });
      const failure = await calls.remove(channel, isReplaced ? ids : others);
      if (failure) return resultFor(own, { failure: post ? inPost(failure) : failure });
      const standing = { ...put.standing, ...(post !== undefined && { post }) };
      if (post === undefined || named === undefined) return resultFor(own, { ...put, standing });
      return resultFor(own, { ...put, standing: { ...standing, named: await renamed(post, named, body) } });
    },

    async publish(destination, receipt) {
      const channel = channelOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const failure = await calls.publish(channel, standingOf(receipt).ids);
      return failure ? resultOf(failure, texts) : { status: 'sent', receipt };
    },

    async remove(destination, receipt) {
      const own = channelOf(destination);
      if (own === undefined) return noChannel(destination, texts);
      const { ids, post, named } = standingOf(receipt);
      const failure =
        post !== undefined && named !== undefined
          ? await forums.close(post, ids, channels.known(own)?.forum)
          : await calls.remove(post ?? own, ids);
      if (!failure) return { status: 'sent', receipt };
      const { about } = (post === undefined ? failure : inPost(failure)).meaning;
      return about === 'absent' ? { status: 'sent', receipt } : resultFor(own, { failure });
    },
  };

  /** Moderators may have named a post themselves: only another headline is a reason to name it anew. */
  async function renamed(post: string, named: string, body: Body): Promise<string> {
    const name = nameOf(body, texts);
    if (markOf(name) === named) return named;
    if (await forums.rename(post, name)) return markOf(name);
    log.warn('post.unnamed', { post });
    return named;
  }
}

function noChannel(destination: string, texts: Texts): SendResult {
  return {
    status: 'unreachable',
    gone: false,
    reason: `"${destination}" names no channel`,
    remedy: texts.discord.remedies.unknown,
  };
}
