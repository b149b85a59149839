import type { Proposed } from '../command/command.ts';
import type { Invocation } from '../command/invocation.ts';
import type { Log } from '../log.ts';
import type { Letter } from '../nostr/letter.ts';
import { clean } from '../note/parse/clean.ts';
import { withoutSecrets } from '../note/parse/secrets.ts';
import type { Clock } from '../pipeline/timing.ts';
import type { Platform } from '../platform/platform.ts';
import type { Texts } from '../text/texts.ts';
import { meaningOf } from './meaning.ts';
import { createProposals, type Proposal } from './proposals.ts';
import { createQueue } from './queue.ts';
import { openReaderCodes } from './reader-code.ts';
import { createReplies } from './replies.ts';
import type { Shelves } from './shelf.ts';

export interface DeskParts {
  readonly shelves: Shelves;
  readonly platforms: readonly Pick<Platform, 'name' | 'rendered' | 'send'>[];
  /** A letter to the author in these words; `answers` is the author's letter that it answers. */
  write(words: string, answers?: string): Letter;
  /** Whether a relay has taken it. */
  deliver(letter: Letter): Promise<boolean>;
  authorName(): string;
  /** In the author's language. */
  readonly texts: Texts;
  readonly clock: Clock;
  random(): number;
  readonly log: Log;
}

/** Between readers and the author: proposals go to the author as letters, the author's letters to the readers as replies. */
export interface Desk {
  propose(words: string, by: Invocation): Promise<Proposed>;
  /** Takes a letter of the author's; the same one again changes nothing. */
  receive(letter: Letter): Promise<void>;
  /** A letter to the author; nothing where there is or was one of that name. */
  tell(name: string, words: string): Promise<boolean>;
  count: ReturnType<typeof createProposals>['count'];
  /** Forgets what a reader proposed. */
  forget(asker: string): Promise<void>;
  /** Works until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** What fits one message on either platform. */
const MAX_REPLY = 3_000;
/** Letters are known longer than they may come again (`nostr/letter-box`). */
const READ_KEPT_MS = 30 * 86_400_000;
/** Two programs that answer each other are to have an end. */
const HELP_EVERY_MS = 600_000;

export async function openDesk(parts: DeskParts): Promise<Desk> {
  const { shelves, texts, clock, log } = parts;
  const says = texts.letters;
  const proposals = createProposals(shelves, await openReaderCodes(shelves('setting')), clock.now);
  const outbox = createQueue<Letter>({
    ...parts,
    shelf: shelves('letter'),
    attempt: async (name, letter) => {
      if (!(await parts.deliver(letter))) return 'later';
      log.info('letter.sent', { name });
      return 'done';
    },
  });
  const replies = createReplies({
    ...parts,
    tell: async (name, { number }, what) => {
      const words = what === 'in company' ? says.inCompany(number) : says.undelivered(number, what.reason);
      await tell(name, words);
    },
  });
  const read = shelves<true>('letter-read');
  let helpedMs = Number.NEGATIVE_INFINITY;

  const tell = (name: string, words: string, answers?: string): Promise<boolean> =>
    outbox.add(name, parts.write(words, answers));

  function written(proposal: Proposal) {
    const { number, platform, code, words } = proposal;
    // Every line is marked: a reader's words are not to look like ours.
    const quoted = words.replace(/^/gmu, '> ');
    const letter = parts.write(says.suggestion(number, says.platforms[platform], code, quoted));
    return { id: letter.id, post: () => outbox.add(`proposal ${number}`, letter) };
  }

  async function reply(letter: Letter, words: string, proposal: Proposal): Promise<void> {
    const { block } = meaningOf(words);
    if (block !== undefined) return setBlock(letter, proposal.code, block);
    if (words.length > MAX_REPLY) return respond(letter, says.tooLong(MAX_REPLY));
    await replies.add(`reply ${letter.id}`, {
      proposal,
      words,
      sinceMs: clock.now(),
      at: 'inbox',
      part: 0,
      isTried: false,
    });
    await proposals.answered(proposal);
  }

  async function setBlock(letter: Letter, code: string, isBlocked: boolean): Promise<void> {
    const isNew = await proposals.block(code, isBlocked, letter.created_at);
    log.info('reader.blocked', { code, isBlocked });
    if (isBlocked) return respond(letter, says.blocked(code));
    return respond(letter, isNew ? says.unblocked(code) : says.notBlocked(code));
  }

  const respond = async (letter: Letter, words: string): Promise<void> =>
    void (await tell(`answer ${letter.id}`, words, letter.id));

  async function understand(letter: Letter): Promise<void> {
    const words = withoutSecrets(clean(letter.content)).trim();
    if (letter.kind !== 14) return respond(letter, says.file);
    if (words === '') return respond(letter, says.empty);
    const answered = letter.tags.flatMap(([name, id]) => (name === 'e' && id !== undefined ? [id] : []));
    for (const id of answered.toReversed()) {
      const proposal = await proposals.find(id);
      if (proposal) return reply(letter, words, proposal);
    }
    const { block, code, number, rest = '' } = meaningOf(words);
    if (block !== undefined && code !== undefined) return setBlock(letter, code, block);
    const proposal = number === undefined ? undefined : await proposals.find(number);
    if (proposal && rest !== '') return reply(letter, rest, proposal);
    if (clock.steady() - helpedMs < HELP_EVERY_MS) return;
    helpedMs = clock.steady();
    await respond(letter, says.help);
  }

  return {
    propose: (words, by) => proposals.take(words, by, written),
    async receive(letter) {
      if (await read.get(letter.id)) return;
      await understand(letter);
      await read.set(letter.id, true, READ_KEPT_MS);
    },
    tell,
    count: proposals.count,
    forget: proposals.forget,
    async run(signal) {
      await Promise.all([outbox.run(signal), replies.run(signal)]);
    },
  };
}
