import type { Proposed } from '../command/command.ts';
import type { Invocation } from '../command/invocation.ts';
import { MOST_PROPOSALS } from '../command/proposals.ts';
import type { Shelf, Shelves } from './shelf.ts';

/** What a reader would like to read about, and where an answer finds them. */
export interface Proposal {
  /** Counted from 1: the author's name for it. */
  readonly number: number;
  readonly words: string;
  readonly platform: Invocation['platform'];
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
}

/** The letter that a proposal is: its id, and what sends it off. */
export interface Written {
  readonly id: string;
  post(): Promise<unknown>;
}

export interface Proposals {
  /** Notes it and sends it off, unless the asker is blocked or there were too many. One at a time. */
  take(words: string, by: Invocation, write: (proposal: Proposal) => Written): Promise<Proposed>;
  /** By the id of its letter, or by its number. */
  find(idOrNumber: string): Promise<Proposal | undefined>;
  answered(proposal: Proposal): Promise<void>;
  /** From that moment on (seconds), unless something later was said. False where it was so already. */
  block(code: string, isBlocked: boolean, atS: number): Promise<boolean>;
  /** How many came within these moments, and how many of them are answered. */
  count(fromMs: number, untilMs: number): Promise<{ readonly came: number; readonly answered: number }>;
  /** Forgets who made which proposal. Blocks stay: they don't say of whom. */
  forget(asker: string): Promise<void>;
}

/** An answer finds its reader so long. */
const KEPT_MS = 90 * 86_400_000;
const DAY_MS = 86_400_000;
const UNBLOCKED_KEPT_MS = 60 * DAY_MS;

type Limit = keyof typeof MOST_PROPOSALS;

export function createProposals(
  shelves: Shelves,
  codeOf: (asker: string) => string,
  now: () => number,
): Proposals {
  const proposals = shelves<Proposal>('proposal');
  const ids: Shelf<string> = shelves('proposal-number');
  const last: Shelf<number> = shelves('proposal-last');
  const times: Shelf<readonly number[]> = shelves('proposal-times');
  const blocks: Shelf<{ readonly isBlocked: boolean; readonly atS: number }> = shelves('proposal-block');
  let line: Promise<unknown> = Promise.resolve();

  async function attempt(
    words: string,
    { asker, place, platform }: Invocation,
    write: (proposal: Proposal) => Written,
  ): Promise<Proposed> {
    const code = codeOf(asker.id);
    if (asker.inbox === undefined || (await blocks.get(code))?.isBlocked) return 'blocked';
    const nowMs = now();
    const spent: (readonly [key: string, times: readonly number[]])[] = [];
    for (const [limit, key] of keysOf(asker.id, place.home)) {
      const before = ((await times.get(key)) ?? []).filter((at) => at > nowMs - DAY_MS && at <= nowMs);
      if (before.length >= MOST_PROPOSALS[limit]) return limit;
      spent.push([key, [...before, nowMs]]);
    }
    const number = ((await last.get('number')) ?? 0) + 1;
    await last.set('number', number);
    const { id, language, inbox } = asker;
    const proposal: Proposal = {
      number,
      words,
      platform,
      code,
      asker: id,
      language,
      inbox,
      place: place.destination,
      isAlone: place.kind === 'private',
      atMs: nowMs,
    };
    // Noted before it is on its way: an answer may come at once.
    const letter = write(proposal);
    await keep(letter.id, proposal);
    await letter.post();
    for (const [key, at] of spent) await times.set(key, at, DAY_MS);
    return 'taken';
  }

  async function keep(id: string, proposal: Proposal): Promise<void> {
    await proposals.set(id, proposal, KEPT_MS);
    await ids.set(String(proposal.number), id, KEPT_MS);
  }

  const idOf = async (idOrNumber: string): Promise<string> => (await ids.get(idOrNumber)) ?? idOrNumber;

  return {
    take(words, by, write) {
      const mine = line.then(() => attempt(words, by, write));
      line = mine.catch(() => undefined);
      return mine;
    },
    find: async (idOrNumber) => proposals.get(await idOf(idOrNumber)),
    async answered(proposal) {
      const id = await idOf(String(proposal.number));
      await proposals.set(id, { ...proposal, answered: true }, KEPT_MS);
    },
    async block(code, isBlocked, atS) {
      const known = await blocks.get(code);
      if (known && known.atS > atS) return false;
      await blocks.set(code, { isBlocked, atS }, isBlocked ? undefined : UNBLOCKED_KEPT_MS);
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
    async forget(asker) {
      for await (const [id, proposal] of proposals.iterator()) {
        if (proposal.asker !== asker) continue;
        await proposals.delete(id);
        await ids.delete(String(proposal.number));
      }
      await times.delete(`asker ${asker}`);
    },
  };
}

const keysOf = (asker: string, home: string): readonly (readonly [Limit, string])[] => [
  ['asker', `asker ${asker}`],
  ['home', `home ${home}`],
  ['all', 'all'],
];
