import type { Filter } from 'nostr-tools/filter';
import { classifyReason, reasonPrefix, type Termination } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import { terminationIn } from './page-reader.ts';
import type { VerifiedStream } from './verified-stream.ts';
import type { DatedId } from './verify-and-dedupe.ts';

export interface ReconcileOptions {
  readonly filter: Filter;
  readonly localIds: readonly DatedId[];
  readonly unknown: (ids: readonly string[]) => Promise<readonly string[]>;
  readonly timeouts: Timeouts;
}

/** `missing`: events that the relay has and we don't; only some of them unless `complete`. */
export type ReconcileResult =
  | { readonly status: 'reconciled'; readonly missing: readonly string[]; readonly complete: boolean }
  | NegentropyUnavailable
  | { readonly status: 'terminated'; readonly termination: Termination };

/**
 * `unsupported`: the relay doesn't speak NIP-77; `unanswered`: it doesn't say, or says nothing at all; `declined`: it
 * does, but not for this request.
 */
export interface NegentropyUnavailable {
  readonly status: 'unsupported' | 'unanswered' | 'declined';
  readonly reason: string;
}

/** How many ids are held at once. */
const MAX_MISSING = 5_000;
/** Sets of 50,000 that differ in every second event take about fifty. */
const MAX_ROUNDS = 200;
/** Of our messages, in bytes. Hex doubles that, and strfry accepts frames of 131,072 characters. */
const FRAME_LIMIT = 60_000;

/** One negotiation (NIP-77). Every answer has a deadline of its own. */
export async function reconcile(stream: VerifiedStream, options: ReconcileOptions): Promise<ReconcileResult> {
  const { unknown, timeouts } = options;
  const negentropy = await loadNegentropy(options.localIds);
  const missing = new Set<string>();
  stream.openNegentropy(options.filter, negentropy.initiate());
  try {
    for (let rounds = 0; rounds < MAX_ROUNDS; rounds += 1) {
      const answer = await nextAnswer(stream, timeouts.pageSilenceMs);
      if (answer.status !== 'answered') return answer;
      const needed: string[] = [];
      let reply: string | null;
      try {
        reply = negentropy.reconcile(answer.message, undefined, (id) => needed.push(id));
      } catch {
        return { status: 'unsupported', reason: 'sends invalid answers' };
      }
      for (const id of await unknown(needed)) missing.add(id);
      const complete = reply === null;
      if (reply === null || missing.size >= MAX_MISSING)
        return { status: 'reconciled', missing: [...missing], complete };
      stream.sendNegentropy(reply);
    }
    return { status: 'unsupported', reason: 'never finishes' };
  } finally {
    stream.closeNegentropy();
  }
}

async function loadNegentropy(localIds: readonly DatedId[]) {
  // The package exports it only together with everything else (24 MB, 50 ms), so it is loaded when first needed.
  const { nip77 } = await import('nostr-tools');
  const storage = new nip77.NegentropyStorageVector();
  for (const { id, createdAt } of localIds) storage.insert(createdAt, id);
  storage.seal();
  return new nip77.Negentropy(storage, FRAME_LIMIT);
}

type Answer =
  | { readonly status: 'answered'; readonly message: string }
  | Exclude<ReconcileResult, { readonly status: 'reconciled' }>;

async function nextAnswer(stream: VerifiedStream, withinMs: number): Promise<Answer> {
  for (let waitedMs = 0; waitedMs < withinMs; ) {
    const next = await stream.next(withinMs - waitedMs);
    waitedMs += next.waitedMs;
    let answer: Answer | undefined;
    for (const frame of next.frames) {
      if (frame.type === 'negentropy') answer = { status: 'answered', message: frame.message };
      if (frame.type === 'negentropy-refused') answer = refusal(frame.reason);
      const termination = terminationIn(frame);
      if (termination) return { status: 'terminated', termination };
    }
    if (answer) return answer;
  }
  return { status: 'unanswered', reason: 'no answer' };
}

/** Refusals that any request may get are handled alike. NIP-77's own prefixes mean that it was too much or too slow. */
function refusal(reason: string): Answer {
  const termination = classifyReason(reason);
  if (termination.recovery === 'authenticate' || termination.recovery === 'slow-down')
    return { status: 'terminated', termination };
  const isDeclined = ['blocked', 'closed'].includes(reasonPrefix(reason));
  return { status: isDeclined ? 'declined' : 'unsupported', reason };
}
