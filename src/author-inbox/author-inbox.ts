import type { Invoker } from '../command/command-context.ts';
import type { SuggestionResult } from '../command/suggestions.ts';
import type { Texts } from '../i18n/texts.ts';
import type { Clock } from '../lib/clock.ts';
import type { OpenKeyValue } from '../lib/key-value.ts';
import type { Log } from '../lib/log.ts';
import { normalizeText } from '../note/parse/normalize.ts';
import { redactSecrets } from '../note/parse/secrets.ts';
import type { Presenter } from '../note/present/finish.ts';
import type { Platform } from '../platform/platform.ts';
import type { DirectMessage } from '../relays/dm/nip17.ts';
import { createDurableQueue } from './durable-queue.ts';
import { parseReply } from './parse-reply.ts';
import { openPseudonyms } from './pseudonym.ts';
import { createReplyQueue } from './reply-queue.ts';
import { createReaderSuggestions, type ReaderSuggestions, type SuggestionOutbox } from './suggestions.ts';

export interface AuthorInboxParts {
  readonly openKeyValue: OpenKeyValue;
  readonly platforms: readonly Pick<Platform, 'name' | 'renderAsync' | 'send'>[];
  /** Makes a message to the author; `answers` is the id of the author's message that it answers. */
  write(text: string, answers?: string): DirectMessage;
  /** Resolves with whether a relay has accepted it. No further relay gets it once the signal aborts. */
  deliver(message: DirectMessage, signal: AbortSignal): Promise<boolean>;
  authorName(): string;
  readonly finish: Presenter['finish'];
  /** In the author's language. */
  readonly texts: Texts;
  readonly clock: Clock;
  random(): number;
  readonly log: Log;
}

/** Connects readers and the author: suggestions go to the author as private messages, and the author's replies to the readers. */
export interface AuthorInbox {
  suggest(text: string, by: Invoker): Promise<SuggestionResult>;
  /** Handles a message from the author. Receiving it twice changes nothing. */
  receive(message: DirectMessage): Promise<void>;
  /** Sends the author a message. False, and no message, if there already was one of that name. */
  messageAuthor(name: string, text: string): Promise<boolean>;
  readonly countSuggestions: ReaderSuggestions['count'];
  /** Deletes a reader's suggestions; those that haven't reached the author never do. */
  forget(user: string): Promise<void>;
  /** Sends what is queued until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** A message that is a reader's suggestion, by its number. Stored as it is. */
interface SuggestionRef {
  readonly proposal: number;
}

const nameOf = (number: number): string => `proposal ${number}`;

/** Fits one message on either platform. */
const MAX_REPLY_LENGTH = 3_000;
/** Longer than the same message may arrive again (`relays/dm/dm-inbox`). */
const READ_TTL_MS = 30 * 86_400_000;
/** So that two programs that answer each other don't do so forever. */
const MIN_HELP_INTERVAL_MS = 600_000;

export async function openAuthorInbox(parts: AuthorInboxParts): Promise<AuthorInbox> {
  const { openKeyValue, texts, clock, log } = parts;
  const says = texts.inbox;
  const suggestions = createReaderSuggestions(
    openKeyValue,
    await openPseudonyms(openKeyValue('setting')),
    clock.now,
  );
  const outbox = createDurableQueue<DirectMessage | SuggestionRef>({
    ...parts,
    storage: openKeyValue('letter'),
    attempt: async (name, item, _keep, dropped) => {
      const message = 'proposal' in item ? (await suggestions.find(item.proposal))?.letter : item;
      if (!message) return 'done';
      if (!(await parts.deliver(message, dropped))) return 'later';
      log.info('dm.sent', { name });
      return 'done';
    },
  });
  const replies = createReplyQueue({
    ...parts,
    find: suggestions.find,
    reportToAuthor: async (name, number, what) => {
      const words =
        what === 'in public'
          ? says.inPublic(number)
          : what === 'forgotten'
            ? says.forgotten(number)
            : says.undelivered(number, what.reason);
      await messageAuthor(name, words);
    },
  });
  const read = openKeyValue<true>('letter-read');
  let helpSentMs = Number.NEGATIVE_INFINITY;

  const messageAuthor = (name: string, words: string, answers?: string): Promise<boolean> =>
    outbox.add(name, parts.write(words, answers));

  const suggestionOutbox: SuggestionOutbox = {
    write({ number, platform, code, words }) {
      // Each line is marked, so that a reader's text can't pass for ours.
      const quoted = words.replace(/^/gmu, '> ');
      return parts.write(says.suggestion(number, platform, code, quoted));
    },
    send: (number) => outbox.add(nameOf(number), { proposal: number }),
  };

  async function answerReader(message: DirectMessage, words: string, number: number): Promise<void> {
    const suggestion = await suggestions.find(number);
    const { block, code = suggestion?.code } = parseReply(words);
    if (block !== undefined && code !== undefined) return setBlock(message, code, block);
    if (!suggestion) return respond(message, says.forgotten(number));
    if (words.length > MAX_REPLY_LENGTH) return respond(message, says.tooLong(MAX_REPLY_LENGTH));
    await replies.add(`reply ${message.id}`, {
      proposal: number,
      words,
      sinceMs: clock.now(),
      at: 'inbox',
      part: 0,
      isTried: false,
    });
    await suggestions.markAnswered(number);
  }

  async function setBlock(message: DirectMessage, code: string, isBlocked: boolean): Promise<void> {
    const isNew = await suggestions.setBlocked(code, isBlocked, message.created_at);
    log.info('reader.blocked', { code, isBlocked });
    if (isBlocked) return respond(message, says.blocked(code));
    return respond(message, isNew ? says.unblocked(code) : says.notBlocked(code));
  }

  const respond = async (message: DirectMessage, words: string): Promise<void> =>
    void (await messageAuthor(`answer ${message.id}`, words, message.id));

  async function handle(message: DirectMessage): Promise<void> {
    const words = redactSecrets(normalizeText(message.content)).trim();
    if (message.kind !== 14) return respond(message, says.file);
    if (words === '') return respond(message, says.empty);
    const answered = message.tags.flatMap(([name, id]) => (name === 'e' && id !== undefined ? [id] : []));
    for (const id of answered.toReversed()) {
      const known = await suggestions.numberOf(id);
      if (known !== undefined) return answerReader(message, words, known);
    }
    const { block, code, number, rest = '' } = parseReply(words);
    if (block !== undefined && code !== undefined) return setBlock(message, code, block);
    const known = number === undefined ? undefined : await suggestions.numberOf(number);
    if (known !== undefined && rest !== '') return answerReader(message, rest, known);
    if (clock.steady() - helpSentMs < MIN_HELP_INTERVAL_MS) return;
    helpSentMs = clock.steady();
    await respond(message, says.help);
  }

  return {
    suggest: (text, by) => suggestions.submit(text, by, suggestionOutbox),
    async receive(message) {
      if (await read.get(message.id)) return;
      await handle(message);
      await read.set(message.id, true, READ_TTL_MS);
    },
    messageAuthor,
    countSuggestions: suggestions.count,
    async forget(user) {
      for (const number of await suggestions.forget(user)) await outbox.drop(nameOf(number));
    },
    async run(signal) {
      await Promise.all([outbox.run(signal), replies.run(signal)]);
    },
  };
}
