import { Routes } from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import type { MediaFetch } from '../../../media/media-fetch.ts';
import type { Body, DeliveryOptions, Platform, SendResult } from '../../platform.ts';
import { asPostFailure, isForumError, toSendResult } from '../api/errors.ts';
import { createMessageApi, type RestClients } from '../api/message-api.ts';
import { requireId } from '../api/responses.ts';
import { channelIdOf, recipientOf } from '../destinations.ts';
import type { ChannelDirectory } from '../guilds/channels.ts';
import type { PermissionName } from '../guilds/required-permissions.ts';
import type { Message } from '../render/message-forms.ts';
import { editFormsOf, formsOf, losesEmbeds, needsChannel } from '../render/render.ts';
import { createFallbackSender, type FallbackResult } from './fallback-sender.ts';
import { createFindSent } from './find-sent.ts';
import { createForumPosts, postTitle } from './forum-posts.ts';
import { createLruSet } from './lru-set.ts';
import { formatReceipt, hashTitle, parseReceipt } from './receipts.ts';
import { createRefusalConfirmation } from './refusal-confirmation.ts';
import { createTargetSender, isForum, isPinging } from './send-target.ts';

interface Parts extends RestClients {
  /** For media that Discord can't fetch; without it they become links. */
  readonly media: MediaFetch | undefined;
  readonly log: Log;
  readonly texts: Texts;
  readonly channels: ChannelDirectory;
  /** Milliseconds since 1970. */
  now(): number;
}

/** So many channels are remembered of which it was said that they show no embeds, and so many roles that are gone. */
const REMEMBERED = 1_000;

/** Create Message, Edit Message and Delete Message, going down the plainer forms of a refused body. */
export function createSend(parts: Parts): Required<Pick<Platform, 'send' | 'edit' | 'remove' | 'publish'>> {
  const { log, texts, channels } = parts;
  const calls = createMessageApi(parts);
  const putting = createFallbackSender(calls, parts.media, log);
  const recall = createFindSent(parts.rest);
  const forums = createForumPosts(parts.rest, calls, recall, texts);
  const { sendTo, sendToForum } = createTargetSender({ calls, putting, recall, forums, texts });
  const { sendAll, tryForms } = putting;
  const doubts = createRefusalConfirmation(channels, parts.now);
  const withoutEmbeds = createLruSet(REMEMBERED);
  const missingRoles = createLruSet(REMEMBERED);

  function resultFor(channel: string, put: FallbackResult): SendResult {
    if ('standing' in put) {
      const { standing, ...simplified } = put;
      doubts.clear(channel);
      return { status: 'sent', receipt: formatReceipt(standing), ...simplified };
    }
    const { kind, reason } = put.failure;
    const afterMs = doubts.retryAfterMs(channel, put.failure);
    if (afterMs !== undefined) {
      log.warn('refusal.unconfirmed', { channel, reason, afterMs });
      return { status: 'retry', scope: 'destination', afterMs, uncertain: false, reason };
    }
    const missing = channels.cached(channel)?.missingPermissions ?? [];
    const isNamed = kind === 'access' && missing.length > 0;
    return isNamed ? lacking(missing, reason) : toSendResult(put.failure, texts);
  }

  /** A role that was deleted would stand there as a word that means nothing. */
  function withRole(channel: string, { ping, ...sending }: DeliveryOptions): DeliveryOptions {
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
    calls.attempt(async () =>
      requireId(await parts.rest.post(Routes.userChannels(), { body: { recipient_id } }), 'chat'),
    );

  return {
    async send(destination, body, key, asked = {}) {
      const person = recipientOf(destination);
      const opened = person === undefined ? undefined : await openPrivate(person);
      if (opened && 'failure' in opened) return toSendResult(opened.failure, texts);
      const channel = opened ? opened.answer : channelIdOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const sending = withRole(channel, asked);
      const look = needsChannel(body) ? await channels.lookUp(channel) : channels.cached(channel);
      // Refusals are counted, and too many bar our address: what the gateway shows closed is not asked for.
      if (look?.missingPermissions?.length) return lacking(look.missingPermissions);
      if (losesEmbeds(body, look, isPinging(sending)) && withoutEmbeds.add(channel))
        log.warn('embed.forbidden', { channel });
      const aim = { channel, key };
      if (isForum(look)) return resultFor(channel, await sendToForum(aim, body, look, sending));
      const put = await sendTo(aim, body, look, sending);
      const forum =
        'failure' in put && isForumError(put.failure) ? await channels.lookUp(channel) : undefined;
      return resultFor(channel, isForum(forum) ? await sendToForum(aim, body, forum, sending) : put);
    },

    async edit(destination, receipt, body) {
      const own = channelIdOf(destination);
      if (own === undefined) return noChannel(destination, texts);
      const was = parseReceipt(receipt);
      const { ids, make, post, named } = was;
      const channel = post ?? own;
      const [id = '', ...others] = ids;
      const look = channels.cached(own);
      const aim = { channel, key: `edit ${receipt}` };
      const edits = editFormsOf(body, look, make);
      // Nothing of its kind holds so much text: a new message does, and the old one goes.
      const isReplaced = edits.length === 0;
      const put = isReplaced
        ? await tryForms(aim, body, formsOf(body, look), (form, files) =>
            sendAll(aim, form, { files, recalled: [] }),
          )
        : await tryForms(aim, body, edits, async ([message], files) => {
            const outcome = await calls.edit(channel, id, message as Message, files);
            if ('id' in outcome) return { standing: { ids: [id], make: outcome.make } };
            // Whoever took it away wants it to stay away.
            const { kind } = post === undefined ? outcome.failure : asPostFailure(outcome.failure);
            return kind === 'message-removed' ? { standing: { ...was, ids: [id] } } : outcome;
          });
      if ('failure' in put)
        return resultFor(own, { failure: post ? asPostFailure(put.failure) : put.failure });
      const failure = await calls.delete(channel, isReplaced ? ids : others);
      if (failure) return resultFor(own, { failure: post ? asPostFailure(failure) : failure });
      const standing = { ...put.standing, ...(post !== undefined && { post }) };
      if (post === undefined || named === undefined) return resultFor(own, { ...put, standing });
      return resultFor(own, { ...put, standing: { ...standing, named: await renamed(post, named, body) } });
    },

    async publish(destination, receipt) {
      const channel = channelIdOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const failure = await calls.crosspost(channel, parseReceipt(receipt).ids);
      return failure ? toSendResult(failure, texts) : { status: 'sent', receipt };
    },

    async remove(destination, receipt) {
      const own = channelIdOf(destination);
      if (own === undefined) return noChannel(destination, texts);
      const { ids, post, named } = parseReceipt(receipt);
      const failure =
        post !== undefined && named !== undefined
          ? await forums.remove(post, ids, channels.cached(own)?.forum)
          : await calls.delete(post ?? own, ids);
      if (!failure) return { status: 'sent', receipt };
      const { kind } = post === undefined ? failure : asPostFailure(failure);
      return kind === 'message-removed' ? { status: 'sent', receipt } : resultFor(own, { failure });
    },
  };

  /** Moderators may have named a post themselves: only another headline is a reason to name it anew. */
  async function renamed(post: string, named: string, body: Body): Promise<string> {
    const name = postTitle(body, texts);
    if (hashTitle(name) === named) return named;
    if (await forums.rename(post, name)) return hashTitle(name);
    log.warn('thread.rename_failed', { post });
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
