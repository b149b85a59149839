import { type APIThreadChannel, type REST, Routes } from 'discord.js';
import { type Texts, textsFor } from '../../../i18n/texts.ts';
import { truncateLine } from '../../../lib/truncate-text.ts';
import { POST_TYPES } from '../../../note/post-types.ts';
import type { Body } from '../../platform.ts';
import { type Failure, isInconclusive } from '../api/errors.ts';
import type { MessageApi, ThreadOptions } from '../api/message-api.ts';
import { requireFields, requireList } from '../api/responses.ts';
import type { ForumInfo } from '../guilds/channels.ts';
import { sanitize } from '../render/escape.ts';
import { headlineOf } from '../render/render.ts';
import type { FindSent, FoundMessage } from './find-sent.ts';

/** Characters in a thread's name, and tags per post (Channel, Start Thread in Forum or Media Channel). */
const MAX_NAME = 100;
const MAX_TAGS = 5;
/** How many posts of the same name are searched, newest first. */
const MAX_CANDIDATES = 5;
const MAX_ARCHIVED = 100;

/** A post that an earlier attempt may have opened, and the bot's messages in it. */
export interface FoundPost {
  readonly post: string;
  readonly found: readonly FoundMessage[];
}

/** The posts of forums and media channels, where every note becomes a separate post. */
export interface ForumPosts {
  /** Posts of that name with messages of the bot, newest first. Finds duplicates, as posts have no nonce. */
  findByName(
    channel: string,
    forum: ForumInfo,
    name: string,
  ): Promise<readonly FoundPost[] | { readonly failure: Failure }>;
  /** Resolves with false if Discord refuses or fails. */
  rename(post: string, name: string): Promise<boolean>;
  /**
   * Deletes a post with everything in it, which requires Manage Posts. Without that permission, the bot's messages are
   * deleted, and the empty post is renamed and archived.
   */
  remove(post: string, ids: readonly string[], forum: ForumInfo | undefined): Promise<Failure | undefined>;
}

export function createForumPosts(rest: REST, api: MessageApi, findSent: FindSent, texts: Texts): ForumPosts {
  const modify = (post: string, body: object) =>
    api.attempt(() => rest.patch(Routes.channel(post), { body }));

  async function threads(channel: string, { guild }: ForumInfo): Promise<readonly APIThreadChannel[]> {
    const threadsIn = (response: unknown) =>
      requireList(requireFields(response, 'threads')['threads'], 'threads') as readonly APIThreadChannel[];
    const active = threadsIn(await rest.get(Routes.guildActiveThreads(guild)));
    const query = new URLSearchParams({ limit: String(MAX_ARCHIVED) });
    const archived = threadsIn(await rest.get(Routes.channelThreads(channel, 'public'), { query }));
    return [...active.filter(({ parent_id }) => parent_id === channel), ...archived];
  }

  return {
    async findByName(channel, forum, name) {
      const listed = await api.attempt(() => threads(channel, forum));
      // Without Read Message History, earlier posts can't be found.
      if ('failure' in listed) return isInconclusive(listed.failure) ? listed : [];
      const posts: FoundPost[] = [];
      for (const { id } of listed.answer.filter((one) => one.name === name).slice(0, MAX_CANDIDATES)) {
        const messages = await api.attempt(() => findSent(id));
        if ('failure' in messages) {
          if (isInconclusive(messages.failure)) return messages;
        } else if (messages.answer.length > 0) posts.push({ post: id, found: messages.answer });
      }
      return posts;
    },
    rename: async (post, name) => !('failure' in (await modify(post, { name }))),
    async remove(post, ids, forum) {
      if (forum?.canDelete !== false) {
        const deleted = await api.attempt(() => rest.delete(Routes.channel(post)));
        if (!('failure' in deleted)) return undefined;
        const { kind } = deleted.failure;
        if (kind === 'destination-removed') return undefined;
        if (kind !== 'access') return deleted.failure;
      }
      const failure = await api.delete(post, ids);
      if (failure) return failure.kind === 'destination-removed' ? undefined : failure;
      // In one request: once the post is archived, a second one would be refused.
      const closed = await modify(post, { name: texts.platform.removed, archived: true });
      return 'failure' in closed && isInconclusive(closed.failure) ? closed.failure : undefined;
    },
  };
}

/** The title and tags of the post for a body. Uses the first tag if the forum requires one and no label matches. */
export function threadOptionsFor(
  body: Body,
  { tags, requiresTag }: ForumInfo,
  labels: readonly string[],
  texts: Texts,
): ThreadOptions {
  const names = new Set(labels.flatMap((label) => labelNames(label, texts)).map(normalizeTag));
  const matching = tags.filter(({ name }) => names.has(normalizeTag(name)));
  const applied = matching.length === 0 && requiresTag ? tags.slice(0, 1) : matching.slice(0, MAX_TAGS);
  return { name: postTitle(body, texts), tags: applied.map(({ id }) => id) };
}

/** Invisible text: joiners and spaces, some of which count as letters or symbols (Hangul fillers, U+2800). */
const BLANK = /^[\s\p{Default_Ignorable_Code_Point}\p{M}\u2800]*$/u;

export function postTitle(body: Body, texts: Texts): string {
  const title = truncateLine(sanitize(headlineOf(body)), MAX_NAME);
  return BLANK.test(title) ? texts.discord.untitledPost : title;
}

/** The spellings of a label: for post types, these include their names in every language. */
const labelNames = (label: string, texts: Texts): readonly string[] => [
  label,
  ...POST_TYPES.filter((type) => type === label).flatMap((type) => [
    texts.postTypes[type].one,
    textsFor('zh').postTypes[type].one,
  ]),
];

/** Ignores case, a leading hash sign or emoji, dashes for spaces, and the English plural. */
const normalizeTag = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/[\s_-]+/gu, ' ')
    .trim()
    .replace(/ies$/u, 'y')
    .replace(/s$/u, '');
