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

/** What the author says to a proposal, on its way to the reader, and how far it has got. */
export interface AuthorReply {
  /** Its number. */
  readonly proposal: number;
  readonly words: string;
  readonly sinceMs: number;
  /** The reader's private chat, or where it was asked. */
  readonly at: 'inbox' | 'place';
  /** The next part, and whether it may be there already. */
  readonly part: number;
  readonly isTried: boolean;
  /** Where the place has moved to. */
  readonly movedTo?: string;
}

export interface ReplyQueueParts {
  readonly openKeyValue: OpenKeyValue;
  readonly platforms: readonly Pick<Platform, 'name' | 'rendered' | 'send'>[];
  authorName(): string;
  readonly finish: Presenter['finish'];
  readonly find: ReaderSuggestions['find'];
  /** What did not go as one would expect: posted where everybody reads it, or nowhere. `reason` is for people. */
  reportToAuthor(
    name: string,
    proposal: number,
    what: 'in company' | 'forgotten' | { readonly reason: string },
  ): Promise<void>;
  readonly clock: Clock;
  random(): number;
  readonly log: Log;
}

/** A platform that takes nothing for so long will not any more. */
const GIVE_UP_AFTER_MS = 3 * 86_400_000;
const MAX_QUOTED = 200;
/** The author writes plain text, and its links lead where they say. */
const NO_TAGS = { tags: [] };

/** Brings the author's replies to those who asked: in private where that can be, else where they asked. */
export function createReplyQueue(parts: ReplyQueueParts): DurableQueue<AuthorReply> {
  const { platforms, clock, log } = parts;

  async function attempt(
    name: string,
    reply: AuthorReply,
    keep: (reply: AuthorReply) => Promise<void>,
  ): Promise<'done' | 'later'> {
    const { at, part, movedTo } = reply;
    const proposal = await parts.find(reply.proposal);
    if (!proposal) return forgotten(name, reply);
    const platform = platforms.find((one) => one.name === proposal.platform);
    if (!platform) return failed(name, proposal, reply, 'not connected', keep);
    const document = documentOf(proposal, reply, parts.authorName());
    const bodies = await platform.rendered(parts.finish(document, { language: proposal.language }), '');
    const body = bodies[part];
    if (!body) {
      log.info('reply.delivered', { proposal: proposal.number, platform: platform.name, at });
      if (at === 'place') await parts.reportToAuthor(name, proposal.number, 'in company');
      return 'done';
    }
    await keep({ ...reply, isTried: true });
    // Whoever asked to be forgotten meanwhile is sent nothing.
    if (!(await parts.find(reply.proposal))) return forgotten(name, reply);
    const result = await platform.send(movedTo ?? proposal[at], body, `${name} ${at} ${part}`, {
      inDoubt: reply.isTried,
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
          return failed(name, proposal, reply, result.reason, keep);
        await keep({ ...reply, isTried: reply.isTried || isUncertain });
        return 'later';
      }
      case 'rejected':
        return failed(name, proposal, reply, result.reason, keep);
      case 'unreachable':
        return failed(name, proposal, reply, result.remedy ?? result.reason, keep);
    }

    async function next(changed: AuthorReply): Promise<'done' | 'later'> {
      await keep(changed);
      return attempt(name, changed, keep);
    }
  }

  /** On to the place, where the private chat is closed; from there nowhere. */
  async function failed(
    name: string,
    proposal: ReaderSuggestion,
    reply: AuthorReply,
    reason: string,
    keep: (reply: AuthorReply) => Promise<void>,
  ): Promise<'done' | 'later'> {
    const { at } = reply;
    log.info('reply.refused', { proposal: proposal.number, platform: proposal.platform, at, reason });
    if (at === 'inbox' && !proposal.isAlone) {
      const changed: AuthorReply = { ...reply, at: 'place', part: 0, isTried: false };
      await keep(changed);
      return attempt(name, changed, keep);
    }
    await parts.reportToAuthor(name, proposal.number, { reason });
    return 'done';
  }

  async function forgotten(name: string, { proposal }: AuthorReply): Promise<'done'> {
    log.info('reply.refused', { proposal, reason: 'the reader had their data deleted' });
    await parts.reportToAuthor(name, proposal, 'forgotten');
    return 'done';
  }

  return createDurableQueue({ ...parts, storage: parts.openKeyValue('reply'), attempt });
}

/** In company nobody is named, and what was asked is not repeated: there it may have been asked unseen. */
function documentOf(proposal: ReaderSuggestion, { words, at }: AuthorReply, author: string): Document {
  const { answer } = textsFor(proposal.language).suggest;
  const isAlone = at === 'inbox';
  return [
    heading(3, text(isAlone ? answer.heading(author) : answer.inCompany(author))),
    ...(isAlone ? [small(text(answer.yours(truncateLine(proposal.words, MAX_QUOTED))))] : []),
    ...splitParagraphs(parseInlines(words, NO_TAGS)),
  ];
}
