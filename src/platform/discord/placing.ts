import type { Texts } from '../../text/texts.ts';
import type { Body, Sending } from '../platform.ts';
import type { Calls } from './calls.ts';
import type { Channel, Forum } from './channels.ts';
import { type Failure, isForLater } from './errors.ts';
import { type Forums, openingOf } from './forum.ts';
import { type Aim, type Messages, type Put, type Putting, recalledFirst, stands } from './put.ts';
import type { Recall, Recalled } from './recall.ts';
import { markOf, standingOf } from './receipt.ts';
import { formsOf } from './render.ts';

interface Parts {
  readonly calls: Calls;
  readonly putting: Putting;
  readonly recall: Recall;
  readonly forums: Forums;
  readonly texts: Texts;
}

type ForumChannel = Channel & { readonly forum: Forum };
type Failed = { readonly failure: Failure };

export interface Placing {
  /** Puts a body into a channel, after a look whether an earlier try has brought it there. */
  place(aim: Aim, body: Body, look: Channel | undefined, sending: Sending): Promise<Put>;
  /** The same in a forum, where one note is one post; what belongs to it, or answers it, goes in there. */
  placeInForum(aim: Aim, body: Body, look: ForumChannel, sending: Sending): Promise<Put>;
}

/** Whether somebody is pinged, or was by the part before: one note has one look. */
export const isAnnounced = ({ ping, first }: Sending): boolean =>
  ping !== undefined || (first !== undefined && standingOf(first).make === 'text');

export const isForum = (look: Channel | undefined): look is ForumChannel => look?.forum !== undefined;

/** A failure in a forum's post is about that post: a deleted or a locked one says nothing about the forum. */
export function inPost(failure: Failure): Failure {
  const { meaning } = failure;
  if (meaning.about === 'destination') return { ...failure, meaning: { about: 'absent' } };
  const isShut = meaning.about === 'access' && (meaning.remedy === 'locked' || meaning.remedy === 'archived');
  return isShut ? { ...failure, meaning: { about: 'message' } } : failure;
}

export function createPlacing({ calls, putting, recall, forums, texts }: Parts): Placing {
  const { descend, postAll } = putting;

  async function place(aim: Aim, body: Body, look: Channel | undefined, sending: Sending): Promise<Put> {
    const { inDoubt, silent, ping, replyTo } = sending;
    const forms = () => formsOf(body, look, isAnnounced(sending));
    const found = inDoubt ? await lookFor(aim, forms, look, ping) : undefined;
    if (found && 'failure' in found) return { failure: { ...found.failure, uncertain: true } };
    const recalled = found?.recalled ?? [];
    const post = found?.post;
    const answered = replyTo === undefined ? undefined : standingOf(replyTo).ids[0];
    const along = { replyTo: aim.opening ? undefined : answered, silent, ping, recalled };
    const into = post === undefined ? aim : { channel: post, key: aim.key };
    const put = await descend(into, body, recalledFirst(forms(), recalled, ping), (form, files) =>
      postAll(into, form, { ...along, files }),
    );
    if (!('standing' in put) || !aim.opening) return put;
    const opened = { post: post ?? put.standing.ids[0] ?? '', named: markOf(aim.opening.name) };
    return { ...put, standing: { ...put.standing, ...opened } };
  }

  async function lookFor(
    { channel, opening }: Aim,
    forms: () => Iterable<Messages>,
    look: Channel | undefined,
    ping: string | undefined,
  ): Promise<{ readonly recalled: readonly Recalled[]; readonly post?: string } | Failed> {
    if (opening && look?.forum) {
      const alike = await forums.alike(channel, look.forum, opening.name);
      if ('failure' in alike) return alike;
      const isIt = ({ recalled }: { readonly recalled: readonly Recalled[] }): boolean =>
        [...forms()].some((form) => stands(form, recalled, ping));
      return alike.find(isIt) ?? { recalled: [] };
    }
    const found = await calls.tried(() => recall(channel));
    if ('answer' in found) return { recalled: found.answer };
    return isForLater(found.failure) ? found : { recalled: [] };
  }

  async function placeInForum(
    { channel, key }: Aim,
    body: Body,
    look: ForumChannel,
    sending: Sending,
  ): Promise<Put> {
    const of = [sending.first, sending.replyTo].map((one) =>
      one === undefined ? one : standingOf(one).post,
    );
    const post = of.find((one) => one !== undefined);
    if (post !== undefined) {
      const put = await place({ channel: post, key }, body, look, sending);
      if ('standing' in put) return { ...put, standing: { ...put.standing, post } };
      const failure = inPost(put.failure);
      // Whoever took a post away wants its further parts to stay away; an answer to it stands for itself.
      if (failure.meaning.about !== 'absent' || sending.first !== undefined) return { failure };
    }
    const opening = openingOf(body, look.forum, sending.labels ?? [], texts);
    return place({ channel, key, opening }, body, look, sending);
  }

  return { place, placeInForum };
}
