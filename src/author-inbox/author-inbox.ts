import type { SuggestionResult as Outcome } from '../command/command.ts';
import type { Invoker } from '../command/command-context.ts';
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
import { createReaderSuggestions, type SuggestionOutbox } from './suggestions.ts';

export interface AuthorInboxParts {
  readonly openKeyValue: OpenKeyValue;
  readonly platforms: readonly Pick<Platform, 'name' | 'rendered' | 'send'>[];
  /** A letter to the author in these words; `answers` is the author's letter that it answers. */
  write(words: string, answers?: string): DirectMessage;
  /** Whether a relay has taken it; where the signal aborts, no other one is to. */
  deliver(letter: DirectMessage, signal: AbortSignal): Promise<boolean>;
  authorName(): string;
  readonly finish: Presenter['finish'];
  /** In the author's language. */
  readonly texts: Texts;
  readonly clock: Clock;
  random(): number;
  readonly log: Log;
}

/** Between readers and the author: proposals go to the author as letters, the author's letters to the readers as replies. */
export interface AuthorInbox {
  propose(words: string, by: Invoker): Promise<Outcome>;
  /** Takes a letter of the author's; the same one again changes nothing. */
  receive(letter: DirectMessage): Promise<void>;
  /** A letter to the author; nothing where there is or was one of that name. */
  tell(name: string, words: string): Promise<boolean>;
  count: ReturnType<typeof createReaderSuggestions>['count'];
  /** Forgets what a reader proposed; what has not reached the author does not any more. */
  forget(asker: string): Promise<void>;
  /** Works until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** A letter that is a proposal, by its number. */
interface SuggestionRef {
  readonly proposal: number;
}

const nameOf = (number: number): string => `proposal ${number}`;

/** What fits one message on either platform. */
const MAX_REPLY_LENGTH = 3_000;
/** Letters are known longer than they may come again (`relays/dm/dm-inbox`). */
const READ_TTL_MS = 30 * 86_400_000;
/** Two programs that answer each other are to have an end. */
const MIN_HELP_INTERVAL_MS = 600_000;

export async function openAuthorInbox(parts: AuthorInboxParts): Promise<AuthorInbox> {
  const { openKeyValue, texts, clock, log } = parts;
  const says = texts.letters;
  const proposals = createReaderSuggestions(
    openKeyValue,
    await openPseudonyms(openKeyValue('setting')),
    clock.now,
  );
  const outbox = createDurableQueue<DirectMessage | SuggestionRef>({
    ...parts,
    storage: openKeyValue('letter'),
    attempt: async (name, item, _keep, dropped) => {
      const letter = 'proposal' in item ? (await proposals.find(item.proposal))?.letter : item;
      if (!letter) return 'done';
      if (!(await parts.deliver(letter, dropped))) return 'later';
      log.info('dm.sent', { name });
      return 'done';
    },
  });
  const replies = createReplyQueue({
    ...parts,
    find: proposals.find,
    reportToAuthor: async (name, number, what) => {
      const words =
        what === 'in company'
          ? says.inCompany(number)
          : what === 'forgotten'
            ? says.forgotten(number)
            : says.undelivered(number, what.reason);
      await tell(name, words);
    },
  });
  const read = openKeyValue<true>('letter-read');
  let helpedMs = Number.NEGATIVE_INFINITY;

  const tell = (name: string, words: string, answers?: string): Promise<boolean> =>
    outbox.add(name, parts.write(words, answers));

  const post: SuggestionOutbox = {
    write({ number, platform, code, words }) {
      // Every line is marked: a reader's words are not to look like ours.
      const quoted = words.replace(/^/gmu, '> ');
      return parts.write(says.suggestion(number, says.platforms[platform], code, quoted));
    },
    send: (number) => outbox.add(nameOf(number), { proposal: number }),
  };

  async function reply(letter: DirectMessage, words: string, number: number): Promise<void> {
    const proposal = await proposals.find(number);
    const { block, code = proposal?.code } = parseReply(words);
    if (block !== undefined && code !== undefined) return setBlock(letter, code, block);
    if (!proposal) return respond(letter, says.forgotten(number));
    if (words.length > MAX_REPLY_LENGTH) return respond(letter, says.tooLong(MAX_REPLY_LENGTH));
    await replies.add(`reply ${letter.id}`, {
      proposal: number,
      words,
      sinceMs: clock.now(),
      at: 'inbox',
      part: 0,
      isTried: false,
    });
    await proposals.markAnswered(number);
  }

  async function setBlock(letter: DirectMessage, code: string, isBlocked: boolean): Promise<void> {
    const isNew = await proposals.setBlocked(code, isBlocked, letter.created_at);
    log.info('reader.blocked', { code, isBlocked });
    if (isBlocked) return respond(letter, says.blocked(code));
    return respond(letter, isNew ? says.unblocked(code) : says.notBlocked(code));
  }

  const respond = async (letter: DirectMessage, words: string): Promise<void> =>
    void (await tell(`answer ${letter.id}`, words, letter.id));

  async function understand(letter: DirectMessage): Promise<void> {
    const words = redactSecrets(normalizeText(letter.content)).trim();
    if (letter.kind !== 14) return respond(letter, says.file);
    if (words === '') return respond(letter, says.empty);
    const answered = letter.tags.flatMap(([name, id]) => (name === 'e' && id !== undefined ? [id] : []));
    for (const id of answered.toReversed()) {
      const known = await proposals.numberOf(id);
      if (known !== undefined) return reply(letter, words, known);
    }
    const { block, code, number, rest = '' } = parseReply(words);
    if (block !== undefined && code !== undefined) return setBlock(letter, code, block);
    const known = number === undefined ? undefined : await proposals.numberOf(number);
    if (known !== undefined && rest !== '') return reply(letter, rest, known);
    if (clock.steady() - helpedMs < MIN_HELP_INTERVAL_MS) return;
    helpedMs = clock.steady();
    await respond(letter, says.help);
  }

  return {
    propose: (words, by) => proposals.submit(words, by, post),
    async receive(letter) {
      if (await read.get(letter.id)) return;
      await understand(letter);
      await read.set(letter.id, true, READ_TTL_MS);
    },
    tell,
    count: proposals.count,
    async forget(asker) {
      for (const number of await proposals.forget(asker)) await outbox.drop(nameOf(number));
    },
    async run(signal) {
      await Promise.all([outbox.run(signal), replies.run(signal)]);
    },
  };
}
