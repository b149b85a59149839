import type { Filter } from 'nostr-tools/filter';
import type { DatedId } from '../recent-ids.ts';
import { classifyReason, reasonPrefix, type Termination } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import { terminationIn } from './page-reader.ts';
import type { VerifiedStream } from './verified-stream.ts';

/** Our side of a comparison of two sets of events (NIP-77). */
interface Reconciliation {
  /** What it begins with. */
  readonly initialMessage: string;
  /**
   * What the relay has and we have not, as far as its answer says so, and what to say next; nothing where that was all.
   * Throws for what is no answer.
   */
  take(answer: string): { readonly needed: readonly string[]; readonly next: string | null };
}

/** How long our messages may be, in bytes. In hex they are twice as long, and strfry takes frames of 131,072. */
const FRAME_LIMIT = 60_000;

async function createReconciliation(ours: readonly DatedId[]): Promise<Reconciliation> {
  // The package has it only together with everything else (24 MB, 50 ms): not before it is needed.
  const { nip77 } = await import('nostr-tools');
  const storage = new nip77.NegentropyStorageVector();
  for (const { id, createdAt } of ours) storage.insert(createdAt, id);
  storage.seal();
  const negentropy = new nip77.Negentropy(storage, FRAME_LIMIT);
  return {
    initialMessage: negentropy.initiate(),
    take(answer) {
      const needed: string[] = [];
      const next = negentropy.reconcile(answer, undefined, (id) => needed.push(id));
      return { needed, next };
    },
  };
}

export interface ReconcileOptions {
  readonly filter: Filter;
  readonly ours: readonly DatedId[];
  readonly unknown: (ids: readonly string[]) => Promise<readonly string[]>;
  readonly timeouts: Timeouts;
}

/** `missing`: what the relay has and we have not; not all of it where the comparison is not `complete`. */
export type ReconcileResult =
  | { readonly status: 'compared'; readonly missing: readonly string[]; readonly complete: boolean }
  | NegentropyUnavailable
  | { readonly status: 'ended'; readonly ending: Termination };

/**
 * `unsupported`: the relay does not take part in NIP-77; `unanswered`: nor does it say so, unless it says nothing at
 * all; `declined`: it does, but not in this.
 */
export interface NegentropyUnavailable {
  readonly status: 'unsupported' | 'unanswered' | 'declined';
  readonly reason: string;
}

/** So many ids are held at once. */
const MAX_MISSING = 5_000;
/** Sets of 50,000 that differ in every second event take some fifty. */
const MAX_ROUNDS = 200;

/** One comparison (NIP-77), each answer with a deadline of its own. */
export async function reconcile(source: VerifiedStream, options: ReconcileOptions): Promise<ReconcileResult> {
  const { filter, unknown, timeouts } = options;
  const comparison = await createReconciliation(options.ours);
  const missing = new Set<string>();
  source.openNegentropy(filter, comparison.initialMessage);
  try {
    for (let rounds = 0; rounds < MAX_ROUNDS; rounds += 1) {
      const answer = await nextAnswer(source, timeouts.pageSilenceMs);
      if (answer.status !== 'answered') return answer;
      const said = tryParse(() => comparison.take(answer.message));
      if (!said) return { status: 'unsupported', reason: 'sends invalid answers' };
      for (const id of await unknown(said.needed)) missing.add(id);
      const complete = said.next === null;
      if (complete || missing.size >= MAX_MISSING)
        return { status: 'compared', missing: [...missing], complete };
      source.sendNegentropy(said.next);
    }
    return { status: 'unsupported', reason: 'never finishes' };
  } finally {
    source.closeNegentropy();
  }
}

type Answer =
  | { readonly status: 'answered'; readonly message: string }
  | Exclude<ReconcileResult, { readonly status: 'compared' }>;

async function nextAnswer(source: VerifiedStream, withinMs: number): Promise<Answer> {
  for (let waitedMs = 0; waitedMs < withinMs; ) {
    const next = await source.next(withinMs - waitedMs);
    waitedMs += next.waitedMs;
    let answer: Answer | undefined;
    for (const one of next.seen) {
      if (one.type === 'compared') answer = { status: 'answered', message: one.message };
      if (one.type === 'refused') answer = refusal(one.reason);
      const ending = terminationIn(one);
      if (ending && !(answer && one.type === 'gone')) return { status: 'ended', ending };
    }
    if (answer) return answer;
  }
  return { status: 'unanswered', reason: 'no answer' };
}

/** What helps with requests of any sort helps here; NIP-77's own prefixes mean that it was too much, or took too long. */
function refusal(reason: string): Answer {
  const ending = classifyReason(reason);
  if (ending.remedy === 'authenticate' || ending.remedy === 'slow-down') return { status: 'ended', ending };
  return {
    status: ['blocked', 'closed'].includes(reasonPrefix(reason)) ? 'declined' : 'unsupported',
    reason,
  };
}

function tryParse<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
