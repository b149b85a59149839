import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import type { MediaFetch } from '../../../media/media-fetch.ts';
import type { Body, DeliveryOptions, Platform, SendResult } from '../../platform.ts';
import { asPostFailure, type Failure, isForumError, toSendResult } from '../api/errors.ts';
import { createMessageApi, openDm } from '../api/message-api.ts';
import type { RestClients } from '../api/rest-clients.ts';
import { channelIdOf, recipientOf } from '../destinations.ts';
import type { ChannelDirectory } from '../guilds/channels.ts';
import type { PermissionName } from '../guilds/required-permissions.ts';
import type { Message } from '../render/message-forms.ts';
import { editFormsOf, formsOf, losesEmbeds, needsChannel } from '../render/render.ts';
import { createFallbackSender, type FallbackResult } from './fallback-sender.ts';
import { createFindSent } from './find-sent.ts';
import { createSeenKeys } from './first-time.ts';
import { createForumPosts, postTitle } from './forum-posts.ts';
import { formatReceipt, hashTitle, parseReceipt } from './receipts.ts';
import { createRefusalConfirmation } from './refusal-confirmation.ts';
import { createTargetSender, isForum, mentionsSomeone } from './send-target.ts';

interface Parts extends RestClients {
  /** For media that Discord can't fetch; without it they become links. */
  readonly media: MediaFetch | undefined;
  readonly log: Log;
  readonly texts: Texts;
  readonly channels: ChannelDirectory;
  /** Milliseconds since 1970. */
  now(): number;
}

/** How many channels without embeds, and how many deleted roles, to remember as logged. */
const MAX_REMEMBERED = 1_000;

/** Sends, edits, deletes and crossposts bodies. A body that Discord refuses is retried in plainer forms. */
export function createSend(parts: Parts): Required<Pick<Platform, 'send' | 'edit' | 'remove' | 'publish'>> {
  const { rest, log, texts, channels } = parts;
  const api = createMessageApi(parts);
  const sender = createFallbackSender(api, parts.media, log);
  const findSent = createFindSent(rest);
  const forumPosts = createForumPosts(rest, api, findSent, texts);
  const { sendTo, sendToForum } = createTargetSender({ api, sender, findSent, forumPosts, texts });
  const refusals = createRefusalConfirmation(channels, parts.now);
  const isNewWithoutEmbeds = createSeenKeys(MAX_REMEMBERED);
  const isNewMissingRole = createSeenKeys(MAX_REMEMBERED);

  function resultFor(channel: string, result: FallbackResult): SendResult {
    if ('sent' in result) {
      const { sent, ...simplified } = result;
      refusals.clear(channel);
      return { status: 'sent', receipt: formatReceipt(sent), ...simplified };
    }
    const { kind, reason } = result.failure;
    const afterMs = refusals.retryAfterMs(channel, result.failure);
    if (afterMs !== undefined) {
      log.warn('refusal.unconfirmed', { channel, reason, afterMs });
      return { status: 'retry', scope: 'destination', afterMs, uncertain: false, reason };
    }
    // The gateway knows which permission is missing, even if the error doesn't say.
    const missing = channels.cached(channel)?.missingPermissions ?? [];
    const isNamed = kind === 'access' && missing.length > 0;
    return isNamed ? missingPermissionsResult(missing, reason) : toSendResult(result.failure, texts);
  }

  /** Leaves out a role that was deleted, which Discord would show as `@deleted-role`. */
  function withExistingRole(channel: string, { mentionRole, ...options }: DeliveryOptions): DeliveryOptions {
    if (mentionRole === undefined) return options;
    if (channels.mayHaveRole(channel, mentionRole)) return { ...options, mentionRole };
    if (isNewMissingRole(mentionRole)) log.warn('role.missing', { channel, role: mentionRole });
    return options;
  }

  function missingPermissionsResult(
    missing: readonly PermissionName[],
    reason = `missing: ${missing.join()}`,
  ): SendResult {
    const fix = texts.discord.missingPermissions(missing.map((name) => texts.discord.permissions[name]));
    return { status: 'unreachable', gone: false, reason, fix };
  }

  return {
    async send(destination, body, key, requested = {}) {
      const user = recipientOf(destination);
      const opened = user === undefined ? undefined : await api.attempt(() => openDm(rest, user));
      if (opened && 'failure' in opened) return toSendResult(opened.failure, texts);
      const channel = opened ? opened.answer : channelIdOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const options = withExistingRole(channel, requested);
      const info = needsChannel(body) ? await channels.lookUp(channel) : channels.cached(channel);
      // Avoids requests that would be refused: after too many, Discord blocks the IP address.
      if (info?.missingPermissions?.length) return missingPermissionsResult(info.missingPermissions);
      if (losesEmbeds(body, info, mentionsSomeone(options)) && isNewWithoutEmbeds(channel))
        log.warn('embed.forbidden', { channel });
      const target = { channel, key };
      if (isForum(info)) return resultFor(channel, await sendToForum(target, body, info, options));
      const result = await sendTo(target, body, info, options);
      const forum =
        'failure' in result && isForumError(result.failure) ? await channels.lookUp(channel) : undefined;
      return resultFor(channel, isForum(forum) ? await sendToForum(target, body, forum, options) : result);
    },

    async edit(destination, receipt, body) {
      const ownChannel = channelIdOf(destination);
      if (ownChannel === undefined) return noChannel(destination, texts);
      const before = parseReceipt(receipt);
      const { ids, format, post, titleHash } = before;
      const channel = post ?? ownChannel;
      const failureIn = (failure: Failure): Failure =>
        post === undefined ? failure : asPostFailure(failure);
      const [id = '', ...others] = ids;
      const info = channels.cached(ownChannel);
      const target = { channel, key: `edit ${receipt}` };
      const edits = editFormsOf(body, info, format);
      // If the text is too long for a message of this format, a new message replaces the old one.
      const isReplaced = edits.length === 0;
      const result = isReplaced
        ? await sender.tryForms(target, body, formsOf(body, info), (form, files) =>
            sender.sendAll(target, form, { files, found: [] }),
          )
        : await sender.tryForms(target, body, edits, async ([message], files) => {
            const outcome = await api.edit(channel, id, message as Message, files);
            if ('id' in outcome) return { sent: { ids: [id], format: outcome.format } };
            // Don't restore a message that somebody has deleted.
            const { kind } = failureIn(outcome.failure);
            return kind === 'message-removed' ? { sent: { ...before, ids: [id] } } : outcome;
          });
      if ('failure' in result) return resultFor(ownChannel, { failure: failureIn(result.failure) });
      const failure = await api.delete(channel, isReplaced ? ids : others);
      if (failure) return resultFor(ownChannel, { failure: failureIn(failure) });
      const sent = {
        ...result.sent,
        ...(post !== undefined && { post }),
        ...(post !== undefined &&
          titleHash !== undefined && { titleHash: await retitle(post, titleHash, body) }),
      };
      return resultFor(ownChannel, { ...result, sent });
    },

    async publish(destination, receipt) {
      const channel = channelIdOf(destination);
      if (channel === undefined) return noChannel(destination, texts);
      const failure = await api.crosspost(channel, parseReceipt(receipt).ids);
      return failure ? toSendResult(failure, texts) : { status: 'sent', receipt };
    },

    async remove(destination, receipt) {
      const ownChannel = channelIdOf(destination);
      if (ownChannel === undefined) return noChannel(destination, texts);
      const { ids, post, titleHash } = parseReceipt(receipt);
      const failure =
        post !== undefined && titleHash !== undefined
          ? await forumPosts.remove(post, ids, channels.cached(ownChannel)?.forum)
          : await api.delete(post ?? ownChannel, ids);
      if (!failure) return { status: 'sent', receipt };
      const { kind } = post === undefined ? failure : asPostFailure(failure);
      return kind === 'message-removed' ? { status: 'sent', receipt } : resultFor(ownChannel, { failure });
    },
  };

  /** Renames a post if its headline has changed, and returns the new hash. Until then, moderators' titles are kept. */
  async function retitle(post: string, titleHash: string, body: Body): Promise<string> {
    const title = postTitle(body, texts);
    if (hashTitle(title) === titleHash) return titleHash;
    if (await forumPosts.rename(post, title)) return hashTitle(title);
    log.warn('thread.rename_failed', { post });
    return titleHash;
  }
}

function noChannel(destination: string, texts: Texts): SendResult {
  return {
    status: 'unreachable',
    gone: false,
    reason: `"${destination}" names no channel`,
    fix: texts.discord.fixes.unknown,
  };
}
