import type { DatedId } from './memory.ts';

/** Our side of a comparison of two sets of events (NIP-77). */
export interface Reconciliation {
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

export async function createReconciliation(ours: readonly DatedId[]): Promise<Reconciliation> {
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
