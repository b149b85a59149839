import { textsFor } from '../i18n/texts.ts';
import type { Clock } from '../lib/clock.ts';
import type { OpenKeyValue } from '../lib/key-value.ts';
import type { Log } from '../lib/log.ts';
import { truncateLine } from '../lib/truncate-text.ts';
import { type Document, heading, small, text } from '../note/document.ts';
import { parseInlines, splitParagraphs } from '../note/parse/parse-text.ts';
import type { Presenter } from '../note/present/finish.ts';
import type { Platform } from '../platform/platform.ts';
import { createDurableQueue, type DurableQueue } from './durable-queue.ts';
import type { ReaderSuggestion, ReaderSuggestions } from './suggestions.ts';

/** The author's answer to a suggestion and how much of it has been sent. Stored as it is. */
export interface AuthorReply {
  /** The number of the suggestion. */
  readonly proposal: number;
  readonly words: string;
  readonly sinceMs: number;
  /** Where it is sent: the reader's private chat, or the chat where the suggestion was made. */
  readonly at: 'inbox' | 'place';
  /** The next part, and whether it may have arrived already. */
  readonly part: number;
  readonly isTried: boolean;
  /** The new id of that chat, if it has moved. */
  readonly movedTo?: string;
}

export interface ReplyQueueParts {
  readonly openKeyValue: OpenKeyValue;
  readonly platforms: readonly Pick<Platform, 'name' | 'renderAsync' | 'send'>[];
  authorName(): string;
  readonly finish: Presenter['finish'];
  readonly find: ReaderSuggestions['find'];
  /** Tells the author that the answer was posted where others can read it, or not at all. `reason` is for people. */
  reportToAuthor(
    name: string,
    proposal: number,
    what: 'in public' | 'forgotten' | { readonly reason: string },
  ): Promise<void>;
  readonly clock: Clock;
  random(): number;
  readonly log: Log;
}

/** A platform that accepts nothing for this long won't any more. */
const GIVE_UP_AFTER_MS = 3 * 86_400_000;
const MAX_QUOTED = 200;
/** The author writes plain text without the tags of a note. */
const NO_TAGS = { tags: [] };

/** Sends the author's answers to readers: to their private chat, or if that is closed to where they asked. */
export function createReplyQueue(parts: ReplyQueueParts): DurableQueue<AuthorReply> {
  const { platforms, clock, log } = parts;

  async function attempt(
    name: string,
    reply: AuthorReply,
    save: (reply: AuthorReply) => Promise<void>,
  ): Promise<'done' | 'later'> {
    const { at, part, movedTo } = reply;
    const suggestion = await parts.find(reply.proposal);
    if (!suggestion) return forgotten(name, reply);
    const platform = platforms.find((one) => one.name === suggestion.platform);
    if (!platform) return failed(name, suggestion, reply, 'not connected', save);
    const document = documentOf(suggestion, reply, parts.authorName());
    const bodies = await platform.renderAsync(parts.finish(document, { language: suggestion.language }), '');
    const body = bodies[part];
    if (!body) {
      log.info('reply.delivered', { proposal: suggestion.number, platform: platform.name, at });
      if (at === 'place') await parts.reportToAuthor(name, suggestion.number, 'in public');
      return 'done';
    }
    await save({ ...reply, isTried: true });
    // The reader may have had their data deleted meanwhile.
    if (!(await parts.find(reply.proposal))) return forgotten(name, reply);
    const result = await platform.send(movedTo ?? suggestion[at], body, `${name} ${at} ${part}`, {
      uncertain: reply.isTried,
    });
    switch (result.status) {
      case 'sent':
        return next({ ...reply, part: part + 1, isTried: false });
      case 'moved':
        return next({ ...reply, movedTo: result.to, isTried: false });
      case 'retry':
      case 'halted': {
        const isUncertain = result.status === 'retry' && result.uncertain;
        if (clock.now() - reply.sinceMs > GIVE_UP_AFTER_MS)
          return failed(name, suggestion, reply, result.reason, save);
        await save({ ...reply, isTried: reply.isTried || isUncertain });
        return 'later';
      }
      case 'rejected':
        return failed(name, suggestion, reply, result.reason, save);
      case 'unreachable':
        return failed(name, suggestion, reply, result.fix ?? result.reason, save);
    }

    async function next(changed: AuthorReply): Promise<'done' | 'later'> {
      await save(changed);
      return attempt(name, changed, save);
    }
  }

  /** After the private chat, the chat where the suggestion was made is tried; after that nothing is left. */
  async function failed(
    name: string,
    suggestion: ReaderSuggestion,
    reply: AuthorReply,
    reason: string,
    save: (reply: AuthorReply) => Promise<void>,
  ): Promise<'done' | 'later'> {
    const { at } = reply;
    log.info('reply.refused', { proposal: suggestion.number, platform: suggestion.platform, at, reason });
    if (at === 'inbox' && !suggestion.isAlone) {
      const changed: AuthorReply = { ...reply, at: 'place', part: 0, isTried: false };
      await save(changed);
      return attempt(name, changed, save);
    }
    await parts.reportToAuthor(name, suggestion.number, { reason });
    return 'done';
  }

  async function forgotten(name: string, { proposal }: AuthorReply): Promise<'done'> {
    log.info('reply.refused', { proposal, reason: 'the reader had their data deleted' });
    await parts.reportToAuthor(name, proposal, 'forgotten');
    return 'done';
  }

  return createDurableQueue({ ...parts, storage: parts.openKeyValue('reply'), attempt });
}

/** Where others read along, the suggestion isn't quoted: only its author may have seen it. */
function documentOf(suggestion: ReaderSuggestion, { words, at }: AuthorReply, author: string): Document {
  const { answer } = textsFor(suggestion.language).suggest;
  const isPrivate = at === 'inbox';
  return [
    heading(3, text(isPrivate ? answer.heading(author) : answer.inPublic(author))),
    ...(isPrivate ? [small(text(answer.youWrote(truncateLine(suggestion.words, MAX_QUOTED))))] : []),
    ...splitParagraphs(parseInlines(words, NO_TAGS)),
  ];
}
