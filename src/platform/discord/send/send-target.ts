import type { Texts } from '../../../i18n/texts.ts';
import type { Body, DeliveryOptions } from '../../platform.ts';
import { asPostFailure, type Failure, isInconclusive } from '../api/errors.ts';
import type { MessageApi } from '../api/message-api.ts';
import type { ChannelInfo, ForumInfo } from '../guilds/channels.ts';
import { formsOf } from '../render/render.ts';
import {
  type FallbackResult,
  type FallbackSender,
  isPresent,
  type Messages,
  preferPresent,
  type SendTarget,
} from './fallback-sender.ts';
import type { FindSent, FoundMessage } from './find-sent.ts';
import { type ForumPosts, threadOptionsFor } from './forum-posts.ts';
import { hashTitle, parseReceipt } from './receipts.ts';

interface Parts {
  readonly api: MessageApi;
  readonly sender: FallbackSender;
  readonly findSent: FindSent;
  readonly forumPosts: ForumPosts;
  readonly texts: Texts;
}

type ForumChannel = ChannelInfo & { readonly forum: ForumInfo };
type Failed = { readonly failure: Failure };

/** Possible results of an earlier attempt: messages of the bot, and the forum post that contains them. */
interface Earlier {
  readonly found: readonly FoundMessage[];
  readonly post?: string;
}

export interface TargetSender {
  /** Sends a body to a channel. If an earlier attempt is uncertain, first checks whether its messages have arrived. */
  sendTo(
    target: SendTarget,
    body: Body,
    channel: ChannelInfo | undefined,
    options: DeliveryOptions,
  ): Promise<FallbackResult>;
  /** The same in a forum, where every note is a post that its further parts and replies go into. */
  sendToForum(
    target: SendTarget,
    body: Body,
    channel: ForumChannel,
    options: DeliveryOptions,
  ): Promise<FallbackResult>;
}

/** This part mentions a role, or the first part did: all parts of a note use the same format. */
export const mentionsSomeone = ({ mentionRole, first }: DeliveryOptions): boolean =>
  mentionRole !== undefined || (first !== undefined && parseReceipt(first).format === 'text');

export const isForum = (channel: ChannelInfo | undefined): channel is ForumChannel =>
  channel?.forum !== undefined;

export function createTargetSender({ api, sender, findSent, forumPosts, texts }: Parts): TargetSender {
  const sendTo: TargetSender['sendTo'] = async (target, body, channel, options) => {
    const { uncertain, silent, mentionRole } = options;
    const { thread, key } = target;
    const forms = () => formsOf(body, channel, mentionsSomeone(options));
    const earlier = uncertain ? await findEarlier(target, forms, channel, mentionRole) : { found: [] };
    if ('failure' in earlier) return { failure: { ...earlier.failure, uncertain: true } };
    const { found, post } = earlier;
    const repliesTo = options.replyTo === undefined ? undefined : parseReceipt(options.replyTo).ids[0];
    const into = post === undefined ? target : { channel: post, key };
    const result = await sender.tryForms(
      into,
      body,
      preferPresent(forms(), found, mentionRole),
      (form, files) =>
        sender.sendAll(into, form, {
          files,
          replyTo: thread ? undefined : repliesTo,
          silent,
          mentionRole,
          found,
        }),
    );
    if (!('sent' in result) || !thread) return result;
    const opened = { post: post ?? result.sent.ids[0] ?? '', titleHash: hashTitle(thread.name) };
    return { ...result, sent: { ...result.sent, ...opened } };
  };

  async function findEarlier(
    { channel, thread }: SendTarget,
    forms: () => Iterable<Messages>,
    info: ChannelInfo | undefined,
    mentionRole: string | undefined,
  ): Promise<Earlier | Failed> {
    if (thread && info?.forum) {
      const posts = await forumPosts.findByName(channel, info.forum, thread.name);
      if ('failure' in posts) return posts;
      const isMatch = ({ found }: Earlier): boolean =>
        [...forms()].some((form) => isPresent(form, found, mentionRole));
      return posts.find(isMatch) ?? { found: [] };
    }
    const newest = await api.attempt(() => findSent(channel));
    if ('answer' in newest) return { found: newest.answer };
    return isInconclusive(newest.failure) ? newest : { found: [] };
  }

  return {
    sendTo,
    async sendToForum({ channel, key }, body, info, options) {
      const { first, replyTo, labels = [] } = options;
      const post = [first, replyTo]
        .map((receipt) => (receipt === undefined ? undefined : parseReceipt(receipt).post))
        .find((one) => one !== undefined);
      if (post !== undefined) {
        const result = await sendTo({ channel: post, key }, body, info, options);
        if ('sent' in result) return { ...result, sent: { ...result.sent, post } };
        const failure = asPostFailure(result.failure);
        // If the post was deleted, further parts of its note are not sent, but a reply gets a new post.
        if (failure.kind !== 'message-removed' || first !== undefined) return { failure };
      }
      const thread = threadOptionsFor(body, info.forum, labels, texts);
      return sendTo({ channel, key, thread }, body, info, options);
    },
  };
}
