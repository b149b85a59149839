import { type APIThreadChannel, type REST, Routes } from 'discord.js';
import { type Texts, textsFor } from '../../../i18n/texts.ts';
import { truncateLine } from '../../../lib/truncate-text.ts';
import { POST_TYPES } from '../../../note/note.ts';
import type { Body } from '../../platform.ts';
import { type Failure, isInconclusive } from '../api/errors.ts';
import type { MessageApi, ThreadOptions } from '../api/message-api.ts';
import { requireFields, requireList } from '../api/responses.ts';
import type { ForumInfo } from '../guilds/channels.ts';
import { cleaned } from '../render/escape.ts';
import { headlineOf } from '../render/render.ts';
import type { FindSent, FoundMessage } from './find-sent.ts';

/** Of a thread's name, and of the tags of one post (Channel, Start Thread in Forum or Media Channel). */
const MAX_NAME = 100;
const MAX_TAGS = 5;
/** So many posts of one name are looked into, the newest first. */
const MAX_CANDIDATES = 5;
const MAX_ARCHIVED = 100;

/** A post of ours that may be what an earlier try brought: the channel that it is, and what stands in it. */
export interface FoundPost {
  readonly post: string;
  readonly recalled: readonly FoundMessage[];
}

/** The posts of forums and of media channels, in which one note is one post. */
export interface ForumPosts {
  /** Our posts of that name, the newest first. Discord drops no repeat of a post: no nonce holds for one. */
  findByName(
    channel: string,
    forum: ForumInfo,
    name: string,
  ): Promise<readonly FoundPost[] | { readonly failure: Failure }>;
  /** Names the post anew. False where Discord does not let us, now or ever. */
  rename(post: string, name: string): Promise<boolean>;
  /**
   * Takes a post away with all that stands in it. Without Manage Posts nobody can: then our messages go, and what is
   * left is named for what it is and closed.
   */
  remove(post: string, ids: readonly string[], forum: ForumInfo | undefined): Promise<Failure | undefined>;
}

export function createForumPosts(rest: REST, calls: MessageApi, recall: FindSent, texts: Texts): ForumPosts {
  const modify = (post: string, body: object) =>
    calls.attempt(() => rest.patch(Routes.channel(post), { body }));

  async function threads(channel: string, { guild }: ForumInfo): Promise<readonly APIThreadChannel[]> {
    const threadsIn = (answer: unknown) =>
      requireList(requireFields(answer, 'threads')['threads'], 'threads') as readonly APIThreadChannel[];
    const active = threadsIn(await rest.get(Routes.guildActiveThreads(guild)));
    const query = new URLSearchParams({ limit: String(MAX_ARCHIVED) });
    const route = Routes.channelThreads(channel, 'public');
    const archived = threadsIn(await rest.get(route, { query }));
    return [...active.filter(({ parent_id }) => parent_id === channel), ...archived];
  }

  return {
    async findByName(channel, forum, name) {
      const looked = await calls.attempt(() => threads(channel, forum));
      // Without Read Message History nothing can be known of what stands there.
      if ('failure' in looked) return isInconclusive(looked.failure) ? looked : [];
      const found: FoundPost[] = [];
      for (const { id } of looked.answer.filter((one) => one.name === name).slice(0, MAX_CANDIDATES)) {
        const stands = await calls.attempt(() => recall(id));
        if ('failure' in stands) {
          if (isInconclusive(stands.failure)) return stands;
        } else if (stands.answer.length > 0) found.push({ post: id, recalled: stands.answer });
      }
      return found;
    },
    rename: async (post, name) => !('failure' in (await modify(post, { name }))),
    async remove(post, ids, forum) {
      if (forum?.canDelete !== false) {
        const gone = await calls.attempt(() => rest.delete(Routes.channel(post)));
        if (!('failure' in gone)) return undefined;
        const { kind } = gone.failure;
        if (kind === 'destination-removed') return undefined;
        if (kind !== 'access') return gone.failure;
      }
      const failure = await calls.delete(post, ids);
      const isGone = failure?.kind === 'destination-removed';
      if (failure) return isGone ? undefined : failure;
      // A second request could be refused for being in the archive.
      const closed = await modify(post, { name: texts.platform.removed, archived: true });
      return 'failure' in closed && isInconclusive(closed.failure) ? closed.failure : undefined;
    },
  };
}

/** A post as a body asks for it. Where the forum wants a tag on every post and none fits, it gets the first one. */
export function threadOptionsFor(
  body: Body,
  { tags, requiresTag }: ForumInfo,
  labels: readonly string[],
  texts: Texts,
): ThreadOptions {
  const names = new Set(labels.flatMap((label) => labelNames(label, texts)).map(normalizeTag));
  const fitting = tags.filter(({ name }) => names.has(normalizeTag(name)));
  const applied = fitting.length === 0 && requiresTag ? tags.slice(0, 1) : fitting.slice(0, MAX_TAGS);
  return { name: postTitle(body, texts), tags: applied.map(({ id }) => id) };
}

/** What shows nothing: blanks, also those that count as letters or signs (Hangul fillers, the empty Braille cell), and joiners. */
const BLANK = /^[\s\p{Default_Ignorable_Code_Point}\p{M}\u2800]*$/u;

export function postTitle(body: Body, texts: Texts): string {
  const name = truncateLine(cleaned(headlineOf(body)), MAX_NAME);
  return BLANK.test(name) ? texts.discord.untitledPost : name;
}

/** What people may call a label: a post type by its name in any of our languages too. */
const labelNames = (label: string, texts: Texts): readonly string[] => [
  label,
  ...POST_TYPES.filter((type) => type === label).flatMap((type) => [
    texts.postTypes[type],
    textsFor('zh').postTypes[type],
  ]),
];

/** Capitals, the hash sign, dashes for blanks and the ending of several don't matter. */
const normalizeTag = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/[\s_-]+/gu, ' ')
    .trim()
    .replace(/ies$/u, 'y')
    .replace(/s$/u, '');
