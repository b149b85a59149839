import { DIGEST_PART, type Receipt } from '../../delivery-task.ts';
import { preferenceColumns } from '../../preference-columns.ts';
import type { WaitingPost } from '../../rules/digest-rules.ts';
import type { EntryState } from '../../rules/entry-filter.ts';
import type { Recipient, TaskFacts } from '../../rules/next-task.ts';
import type { NoteReader } from '../archive/note-reader.ts';
import type { JournalTable } from '../journal-table.ts';
import { createQuestions } from '../questions.ts';
import { type Connection, select } from '../sql.ts';

/** Entries read at once from each position on: some that follow may have to be skipped one by one. */
const RUN = 20;
/** Priority entries considered for one destination at a time. */
const MAX_PRIORITY = 200;

interface ReceiptRow extends Receipt {
  readonly ref: number;
  readonly key: string;
}

const receiptRows = select<ReceiptRow>(
  `SELECT r.destination AS ref, r.key, coalesce(r.note_id, r.key) AS "noteId", r.part, r.receipt
   FROM unnest(:refs::bigint[], :keys::text[]) AS asked (ref, key)
   JOIN receipt AS r ON r.destination = asked.ref AND r.key = asked.key ORDER BY r.destination, r.key, r.part`,
);
const digestNotes = select<{ ref: number; receipt: string; key: string }>(
  `SELECT r.destination AS ref, r.receipt, r.key FROM unnest(:refs::bigint[], :receipts::text[]) AS asked (ref, receipt)
   JOIN receipt AS r ON r.destination = asked.ref AND r.part = ${DIGEST_PART} AND r.receipt = asked.receipt
   JOIN note AS n ON n.key = r.key ORDER BY n.moment DESC`,
);
/** Posts of archived notes that weren't deleted since, newest first. */
const posts = select<WaitingPost & { seq: number; post_type: string }>(
  `SELECT j.seq, j.key, j.post_type, n.id AS "noteId", n.created_at AS "createdAt"
   FROM journal AS j JOIN note AS n ON n.key = j.key
   WHERE j.seq > :position AND j.action = 'post'
     AND NOT EXISTS (SELECT 1 FROM journal AS k WHERE k.key = j.key AND k.seq > j.seq AND k.action = 'delete')
   ORDER BY n.moment DESC`,
);
/** Notes that a destination has, of those that a stretch of the journal is about. */
const delivered = select<{ ref: number; end: number; key: string; changed: boolean }>(
  `SELECT asked.ref, asked.end, j.key, bool_or(j.action <> 'post') AS changed
   FROM unnest(:refs::bigint[], :positions::bigint[], :ends::bigint[]) AS asked (ref, position, "end")
   JOIN journal AS j ON j.seq > asked.position AND j.seq <= asked.end
   WHERE EXISTS (SELECT 1 FROM receipt AS r WHERE r.destination = asked.ref AND r.key = j.key)
   GROUP BY asked.ref, asked.end, j.key ORDER BY min(j.seq)`,
);

interface Stretch {
  readonly recipient: Recipient;
  readonly end: number;
}

type DeliveredNote = Pick<Awaited<ReturnType<typeof delivered.all>>[number], 'key' | 'changed'>;

/** The facts for one look at the destinations of a platform, on the connection of a read-only transaction. */
export function createTaskFacts(journal: JournalTable, reader: NoteReader, head: number) {
  const { question, decideAll } = createQuestions();

  const entryAt = question<number, number, EntryState | undefined>(
    (seq) => seq,
    undefined,
    (on, seqs) => {
      const run = seqs.flatMap((seq) => Array.from({ length: RUN }, (_, n) => seq + n));
      return journal.entriesAt(on, [...new Set(run)]);
    },
  );
  const priorityAfter = question<number, number, readonly EntryState[]>(
    (seq) => seq,
    [],
    (on, seqs) => journal.priorityAfter(on, seqs, MAX_PRIORITY),
  );
  const receipts = question<{ ref: number; key: string }, string, readonly Receipt[]>(
    pairId,
    [],
    async (on, asked) => {
      const rows = await receiptRows.all(on, {
        refs: asked.map(({ ref }) => ref),
        keys: asked.map(({ key }) => key),
      });
      const byPair = Map.groupBy(rows, pairId);
      return new Map(
        [...byPair].map(([id, all]) => [
          id,
          all.map(({ noteId, part, receipt }) => ({ noteId, part, receipt })),
        ]),
      );
    },
  );
  const notesOnDigest = question<{ ref: number; receipt: string }, string, readonly string[]>(
    ({ ref, receipt }) => `${ref} ${receipt}`,
    [],
    async (on, asked) => {
      const rows = await digestNotes.all(on, {
        refs: asked.map(({ ref }) => ref),
        receipts: asked.map(({ receipt }) => receipt),
      });
      const byDigest = Map.groupBy(rows, ({ ref, receipt }) => `${ref} ${receipt}`);
      return new Map([...byDigest].map(([id, all]) => [id, all.map(({ key }) => key)]));
    },
  );
  const noteByKey = question((key: string) => key, undefined, reader.notesByKeys);
  const keyOf = question<string, string, string | undefined>((id) => id, undefined, reader.keysOf);
  /** Of all destinations together, because most that are far behind lack the same posts. */
  const postsAfter = postsQuestion(question);
  const deliveredIn = question<Stretch, string, readonly DeliveredNote[]>(
    stretchId,
    [],
    async (on, asked) => {
      const rows = await delivered.all(on, {
        refs: asked.map(({ recipient }) => recipient.ref),
        positions: asked.map(({ recipient }) => recipient.destination.position),
        ends: asked.map(({ end }) => end),
      });
      const byStretch = Map.groupBy(rows, ({ ref, end }) => `${ref} ${end}`);
      return byStretch;
    },
  );

  const facts: TaskFacts = {
    head: () => head,
    entryAt: (seq) => (seq > head ? undefined : entryAt(seq)),
    priorityAfter,
    receipts: (ref, key) => receipts({ ref, key }),
    notesOnDigest: (ref, receipt) => notesOnDigest({ ref, receipt }),
    keyOf: (id) => keyOf(id) ?? id,
    noteByKey,
    waitingPosts(recipient, end) {
      const { position, preferences } = recipient.destination;
      const { postTypes } = preferenceColumns(preferences);
      const had = new Set(deliveredIn({ recipient, end }).map(({ key }) => key));
      return postsAfter(position)
        .filter(
          ({ seq, key, post_type: type }) =>
            seq > position && seq <= end && postTypes.includes(` ${type} `) && !had.has(key),
        )
        .map(({ key, noteId, createdAt }) => ({ key, noteId, createdAt }));
    },
    changedNotes: (recipient, end) =>
      deliveredIn({ recipient, end }).flatMap(({ key, changed }) => (changed ? key : [])),
  };
  return { facts, decideAll };
}

const pairId = ({ ref, key }: { readonly ref: number; readonly key: string }): string => `${ref} ${key}`;
const stretchId = ({ recipient, end }: Stretch): string => `${recipient.ref} ${end}`;

type PostRow = Awaited<ReturnType<typeof posts.all>>[number];

/** Posts after a position; those after the lowest position that is asked for answer all. */
function postsQuestion(question: ReturnType<typeof createQuestions>['question']) {
  return question<number, number, readonly PostRow[]>(
    (position) => position,
    [],
    async (on: Connection, positions) => {
      const all = await posts.all(on, { position: Math.min(...positions) });
      return new Map(positions.map((position) => [position, all]));
    },
  );
}
