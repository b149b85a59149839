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
  readonly calls: MessageApi;
  readonly putting: FallbackSender;
  readonly recall: FindSent;
  readonly forums: ForumPosts;
  readonly texts: Texts;
}

type ForumChannel = ChannelInfo & { readonly forum: ForumInfo };
type Failed = { readonly failure: Failure };

export interface TargetSender {
  /** Puts a body into a channel, after a look whether an earlier try has brought it there. */
  sendTo(
    aim: SendTarget,
    body: Body,
    look: ChannelInfo | undefined,
    sending: DeliveryOptions,
  ): Promise<FallbackResult>;
  /** The same in a forum, where one note is one post; what belongs to it, or answers it, goes in there. */
  sendToForum(
    aim: SendTarget,
    body: Body,
    look: ForumChannel,
    sending: DeliveryOptions,
  ): Promise<FallbackResult>;
}

/** Whether somebody is pinged, or was by the part before: one note has one look. */
export const isPinging = ({ ping, first }: DeliveryOptions): boolean =>
  ping !== undefined || (first !== undefined && parseReceipt(first).make === 'text');

export const isForum = (look: ChannelInfo | undefined): look is ForumChannel => look?.forum !== undefined;

export function createTargetSender({ calls, putting, recall, forums, texts }: Parts): TargetSender {
  const { tryForms, sendAll } = putting;

  async function place(
    aim: SendTarget,
    body: Body,
    look: ChannelInfo | undefined,
    sending: DeliveryOptions,
  ): Promise<FallbackResult> {
    const { inDoubt, silent, ping, replyTo } = sending;
    const forms = () => formsOf(body, look, isPinging(sending));
    const found = inDoubt ? await lookFor(aim, forms, look, ping) : undefined;
    if (found && 'failure' in found) return { failure: { ...found.failure, uncertain: true } };
    const recalled = found?.recalled ?? [];
    const post = found?.post;
    const answered = replyTo === undefined ? undefined : parseReceipt(replyTo).ids[0];
    const along = { replyTo: aim.thread ? undefined : answered, silent, ping, recalled };
    const into = post === undefined ? aim : { channel: post, key: aim.key };
    const put = await tryForms(into, body, preferPresent(forms(), recalled, ping), (form, files) =>
      sendAll(into, form, { ...along, files }),
    );
    if (!('standing' in put) || !aim.thread) return put;
    const opened = { post: post ?? put.standing.ids[0] ?? '', named: hashTitle(aim.thread.name) };
    return { ...put, standing: { ...put.standing, ...opened } };
  }

  async function lookFor(
    { channel, thread }: SendTarget,
    forms: () => Iterable<Messages>,
    look: ChannelInfo | undefined,
    ping: string | undefined,
  ): Promise<{ readonly recalled: readonly FoundMessage[]; readonly post?: string } | Failed> {
    if (thread && look?.forum) {
      const alike = await forums.findByName(channel, look.forum, thread.name);
      if ('failure' in alike) return alike;
      const isIt = ({ recalled }: { readonly recalled: readonly FoundMessage[] }): boolean =>
        [...forms()].some((form) => isPresent(form, recalled, ping));
      return alike.find(isIt) ?? { recalled: [] };
    }
    const found = await calls.attempt(() => recall(channel));
    if ('answer' in found) return { recalled: found.answer };
    return isInconclusive(found.failure) ? found : { recalled: [] };
  }

  async function placeInForum(
    { channel, key }: SendTarget,
    body: Body,
    look: ForumChannel,
    sending: DeliveryOptions,
  ): Promise<FallbackResult> {
    const of = [sending.first, sending.replyTo].map((one) =>
      one === undefined ? one : parseReceipt(one).post,
    );
    const post = of.find((one) => one !== undefined);
    if (post !== undefined) {
      const put = await place({ channel: post, key }, body, look, sending);
      if ('standing' in put) return { ...put, standing: { ...put.standing, post } };
      const failure = asPostFailure(put.failure);
      // Whoever took a post away wants its further parts to stay away; an answer to it stands for itself.
      if (failure.kind !== 'message-removed' || sending.first !== undefined) return { failure };
    }
    const thread = threadOptionsFor(body, look.forum, sending.labels ?? [], texts);
    return place({ channel, key, thread }, body, look, sending);
  }

  return { sendTo: place, sendToForum: placeInForum };
}
