import type { Filter } from 'nostr-tools/filter';
import type { Dated } from './memory.ts';
import { createComparison } from './negentropy.ts';
import { endingIn } from './page.ts';
import type { Source } from './source.ts';
import type { Timers } from './timers.ts';
import { type Ending, endingOf, prefixOf } from './trouble.ts';

export interface CompareOptions {
  readonly filter: Filter;
  readonly ours: readonly Dated[];
  readonly unknown: (ids: readonly string[]) => Promise<readonly string[]>;
  readonly timers: Timers;
}

/** `missing`: what the relay has and we have not; not all of it where the comparison is not `complete`. */
export type Compared =
  | { readonly status: 'compared'; readonly missing: readonly string[]; readonly complete: boolean }
  | Uncompared
  | { readonly status: 'ended'; readonly ending: Ending };

/**
 * `unsupported`: the relay does not take part in NIP-77; `unanswered`: nor does it say so, unless it says nothing at
 * all; `declined`: it does, but not in this.
 */
export interface Uncompared {
  readonly status: 'unsupported' | 'unanswered' | 'declined';
  readonly reason: string;
}

/** So many ids are held at once. */
const MAX_MISSING = 5_000;
/** Sets of 50,000 that differ in every second event take some fifty. */
const MAX_ROUNDS = 200;

/** One comparison (NIP-77), each answer with a deadline of its own. */
export async function compare(source: Source, options: CompareOptions): Promise<Compared> {
  const { filter, unknown, timers } = options;
  const comparison = await createComparison(options.ours);
  const missing = new Set<string>();
  source.compare(filter, comparison.first);
  try {
    for (let rounds = 0; rounds < MAX_ROUNDS; rounds += 1) {
      const answer = await nextAnswer(source, timers.pageSilenceMs);
      if (answer.status !== 'answered') return answer;
      const said = read(() => comparison.take(answer.message));
      if (!said) return { status: 'unsupported', reason: 'sends invalid answers' };
      for (const id of await unknown(said.needed)) missing.add(id);
      const complete = said.next === null;
      if (complete || missing.size >= MAX_MISSING)
        return { status: 'compared', missing: [...missing], complete };
      source.reply(said.next);
    }
    return { status: 'unsupported', reason: 'never finishes' };
  } finally {
    source.endComparison();
  }
}

type Answer =
  | { readonly status: 'answered'; readonly message: string }
  | Exclude<Compared, { readonly status: 'compared' }>;

async function nextAnswer(source: Source, withinMs: number): Promise<Answer> {
  for (let waitedMs = 0; waitedMs < withinMs; ) {
    const next = await source.next(withinMs - waitedMs);
    waitedMs += next.waitedMs;
    let answer: Answer | undefined;
    for (const one of next.seen) {
      if (one.type === 'compared') answer = { status: 'answered', message: one.message };
      if (one.type === 'refused') answer = refusal(one.reason);
      const ending = endingIn(one);
      if (ending && !(answer && one.type === 'gone')) return { status: 'ended', ending };
    }
    if (answer) return answer;
  }
  return { status: 'unanswered', reason: 'no answer' };
}

/** What helps with requests of any sort helps here; NIP-77's own prefixes mean that it was too much, or took too long. */
function refusal(reason: string): Answer {
  const ending = endingOf(reason);
  if (ending.remedy === 'authenticate' || ending.remedy === 'slow-down') return { status: 'ended', ending };
  return { status: ['blocked', 'closed'].includes(prefixOf(reason)) ? 'declined' : 'unsupported', reason };
}

function read<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
