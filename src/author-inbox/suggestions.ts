import type { Invoker } from '../command/command-context.ts';
import type { SuggestionResult } from '../command/suggestions.ts';
import { SUGGESTION_QUOTAS } from '../command/suggestions.ts';
import type { KeyValue, OpenKeyValue } from '../lib/key-value.ts';
import { createSerialQueue } from '../lib/keyed-queue.ts';
import type { DirectMessage } from '../relays/dm/nip17.ts';

/**
 * What a reader would like to read about, and how to reach them with an answer. Stored once and referred to by its number
 * everywhere else, so that deleting it deletes it everywhere. Stored as it is.
 */
export interface ReaderSuggestion {
  /** From 1; the author refers to it by this. */
  readonly number: number;
  readonly words: string;
  readonly platform: Invoker['platform'];
  /** The pseudonym under which the author sees the reader. */
  readonly code: string;
  readonly asker: string;
  readonly language: string;
  /** The reader's private chat, and the chat where it was suggested. */
  readonly inbox: string;
  readonly place: string;
  /** The two are the same. */
  readonly isAlone: boolean;
  readonly atMs: number;
  readonly answered?: true;
  /** The message to the author, the same for every attempt. Absent if an older version sent it. */
  readonly letter?: DirectMessage;
}

/** How a suggestion reaches the author. */
export interface SuggestionOutbox {
  write(proposal: Omit<ReaderSuggestion, 'letter'>): DirectMessage;
  send(number: number): Promise<unknown>;
}

export interface ReaderSuggestions {
  /** Stores it and queues it for the author, unless the reader is blocked or a limit is reached. One at a time. */
  submit(words: string, by: Invoker, post: SuggestionOutbox): Promise<SuggestionResult>;
  find(number: number): Promise<ReaderSuggestion | undefined>;
  /** The number of a suggestion by the id of its message or the number itself, even if it has been deleted since. */
  numberOf(idOrNumber: string): Promise<number | undefined>;
  markAnswered(number: number): Promise<void>;
  /** Blocks or unblocks a reader, unless a command dated later than `atS` (seconds) said otherwise. False if nothing changes. */
  setBlocked(code: string, isBlocked: boolean, atS: number): Promise<boolean>;
  /** How many came from `fromMs` until before `untilMs`, and how many of those have been answered. */
  count(fromMs: number, untilMs: number): Promise<{ readonly came: number; readonly answered: number }>;
  /** Deletes a reader's suggestions and returns their numbers. Blocks and limits stay: they are kept under a pseudonym. */
  forget(user: string): Promise<readonly number[]>;
}

/** How long an answer can still reach the reader. */
const SUGGESTION_TTL_MS = 90 * 86_400_000;
const DAY_MS = 86_400_000;
const UNBLOCK_TTL_MS = 60 * DAY_MS;

type Limit = keyof typeof SUGGESTION_QUOTAS;

export function createReaderSuggestions(
  shelves: OpenKeyValue,
  codeOf: (user: string) => string,
  now: () => number,
): ReaderSuggestions {
  const proposals = shelves<ReaderSuggestion>('proposal');
  /** Message ids by number, and numbers by message id. */
  const ids: KeyValue<string> = shelves('proposal-number');
  const last: KeyValue<number> = shelves('proposal-last');
  const times: KeyValue<readonly number[]> = shelves('proposal-times');
  const blocks: KeyValue<{ readonly isBlocked: boolean; readonly atS: number }> = shelves('proposal-block');
  const inTurn = createSerialQueue();

  async function attempt(
    words: string,
    { user, chat, platform }: Invoker,
    { write, send }: SuggestionOutbox,
  ): Promise<SuggestionResult> {
    const code = codeOf(user.id);
    if (user.inbox === undefined || (await blocks.get(code))?.isBlocked) return 'blocked';
    const nowMs = now();
    const spent: (readonly [key: string, times: readonly number[]])[] = [];
    for (const [limit, key] of limitKeys(code, codeOf(chat.home))) {
      const before = ((await times.get(key)) ?? []).filter((at) => at > nowMs - DAY_MS && at <= nowMs);
      if (before.length >= SUGGESTION_QUOTAS[limit]) return limit;
      spent.push([key, [...before, nowMs]]);
    }
    const number = ((await last.get('number')) ?? 0) + 1;
    await last.set('number', number);
    const { id, language, inbox } = user;
    const proposal: Omit<ReaderSuggestion, 'letter'> = {
      number,
      words,
      platform,
      code,
      asker: id,
      language,
      inbox,
      place: chat.destination,
      isAlone: chat.kind === 'private',
      atMs: nowMs,
    };
    // Stored before it is sent, since the answer may come at once.
    const letter = write(proposal);
    await proposals.set(letter.id, { ...proposal, letter }, SUGGESTION_TTL_MS);
    await ids.set(String(number), letter.id, SUGGESTION_TTL_MS);
    await ids.set(letter.id, String(number), SUGGESTION_TTL_MS);
    await send(number);
    for (const [key, at] of spent) await times.set(key, at, DAY_MS);
    return 'taken';
  }

  async function find(number: number): Promise<ReaderSuggestion | undefined> {
    const id = await ids.get(String(number));
    return id === undefined ? undefined : proposals.get(id);
  }

  return {
    submit: (words, by, post) => inTurn(() => attempt(words, by, post)),
    find,
    async numberOf(idOrNumber) {
      const other = await ids.get(idOrNumber);
      if (/^\d{1,15}$/u.test(idOrNumber)) return other === undefined ? undefined : Number(idOrNumber);
      // Older versions didn't store numbers by message id.
      return other === undefined ? (await proposals.get(idOrNumber))?.number : Number(other);
    },
    markAnswered: (number) =>
      inTurn(async () => {
        const id = await ids.get(String(number));
        const proposal = id === undefined ? undefined : await proposals.get(id);
        if (id !== undefined && proposal)
          await proposals.set(id, { ...proposal, answered: true }, SUGGESTION_TTL_MS);
      }),
    async setBlocked(code, isBlocked, atS) {
      const known = await blocks.get(code);
      if (known && known.atS > atS) return false;
      await blocks.set(code, { isBlocked, atS }, isBlocked ? undefined : UNBLOCK_TTL_MS);
      return (known?.isBlocked ?? false) !== isBlocked;
    },
    async count(fromMs, untilMs) {
      let [came, answered] = [0, 0];
      for await (const [, proposal] of proposals.iterator()) {
        if (proposal.atMs < fromMs || proposal.atMs >= untilMs) continue;
        came += 1;
        if (proposal.answered) answered += 1;
      }
      return { came, answered };
    },
    forget: (user) =>
      inTurn(async () => {
        const numbers: number[] = [];
        for await (const [id, proposal] of proposals.iterator()) {
          if (proposal.asker !== user) continue;
          await proposals.delete(id);
          numbers.push(proposal.number);
        }
        return numbers;
      }),
  };
}

/** By pseudonym, so that a limit doesn't say whose it is. */
const limitKeys = (user: string, home: string): readonly (readonly [Limit, string])[] => [
  ['user', `asker ${user}`],
  ['home', `home ${home}`],
  ['all', 'all'],
];
