import type { SuggestionResult } from '../command/command.ts';
import { SUGGESTION_QUOTAS } from '../command/command.ts';
import type { Invoker } from '../command/command-context.ts';
import type { KeyValue, OpenKeyValue } from '../lib/key-value.ts';
import type { DirectMessage } from '../relays/dm/nip17.ts';

/**
 * What a reader would like to read about, and where an answer finds them. It stands in one place, and everything else refers
 * to it by its number: what is forgotten is then nowhere, and can't be sent on.
 */
export interface ReaderSuggestion {
  /** Counted from 1: the author's name for it. */
  readonly number: number;
  readonly words: string;
  readonly platform: Invoker['platform'];
  /** What the author sees of the reader. */
  readonly code: string;
  readonly asker: string;
  readonly language: string;
  /** The reader's private chat, and where it was asked. */
  readonly inbox: string;
  readonly place: string;
  /** It was asked in the private chat. */
  readonly isAlone: boolean;
  readonly atMs: number;
  readonly answered?: true;
  /** To the author: the same at every try. Absent where an older program sent it. */
  readonly letter?: DirectMessage;
}

/** How a proposal reaches the author. */
export interface SuggestionOutbox {
  write(proposal: Omit<ReaderSuggestion, 'letter'>): DirectMessage;
  send(number: number): Promise<unknown>;
}

export interface ReaderSuggestions {
  /** Notes it and sends it off, unless the asker is blocked or there were too many. One at a time. */
  submit(words: string, by: Invoker, post: SuggestionOutbox): Promise<SuggestionResult>;
  find(number: number): Promise<ReaderSuggestion | undefined>;
  /** The number that this stands for: the id of a proposal's letter, or the number itself; also where it was forgotten since. */
  numberOf(idOrNumber: string): Promise<number | undefined>;
  markAnswered(number: number): Promise<void>;
  /** From that moment on (seconds), unless something later was said. False where it was so already. */
  setBlocked(code: string, isBlocked: boolean, atS: number): Promise<boolean>;
  /** How many came within these moments, and how many of them are answered. */
  count(fromMs: number, untilMs: number): Promise<{ readonly came: number; readonly answered: number }>;
  /** Forgets an asker's proposals; their numbers. Blocks and limits stay: they don't say of whom. */
  forget(asker: string): Promise<readonly number[]>;
}

/** An answer finds its reader so long. */
const SUGGESTION_TTL_MS = 90 * 86_400_000;
const DAY_MS = 86_400_000;
const UNBLOCK_TTL_MS = 60 * DAY_MS;

type Limit = keyof typeof SUGGESTION_QUOTAS;

export function createReaderSuggestions(
  shelves: OpenKeyValue,
  codeOf: (asker: string) => string,
  now: () => number,
): ReaderSuggestions {
  const proposals = shelves<ReaderSuggestion>('proposal');
  /** Of letters by number, and numbers by letter. */
  const ids: KeyValue<string> = shelves('proposal-number');
  const last: KeyValue<number> = shelves('proposal-last');
  const times: KeyValue<readonly number[]> = shelves('proposal-times');
  const blocks: KeyValue<{ readonly isBlocked: boolean; readonly atS: number }> = shelves('proposal-block');
  let line: Promise<unknown> = Promise.resolve();

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
    // Noted before it is on its way: an answer may come at once.
    const letter = write(proposal);
    await proposals.set(letter.id, { ...proposal, letter }, SUGGESTION_TTL_MS);
    await ids.set(String(number), letter.id, SUGGESTION_TTL_MS);
    await ids.set(letter.id, String(number), SUGGESTION_TTL_MS);
    await send(number);
    for (const [key, at] of spent) await times.set(key, at, DAY_MS);
    return 'taken';
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = line.then(work);
    line = mine.catch(() => undefined);
    return mine;
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
      // Those from before numbers were kept by letter can only be looked for.
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
    forget: (asker) =>
      inTurn(async () => {
        const numbers: number[] = [];
        for await (const [id, proposal] of proposals.iterator()) {
          if (proposal.asker !== asker) continue;
          await proposals.delete(id);
          numbers.push(proposal.number);
        }
        return numbers;
      }),
  };
}

/** By code: a limit is not to say of whom it is. */
const limitKeys = (asker: string, home: string): readonly (readonly [Limit, string])[] => [
  ['asker', `asker ${asker}`],
  ['home', `home ${home}`],
  ['all', 'all'],
];
