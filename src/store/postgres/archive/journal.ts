import type { Pool } from 'pg';
import type { Log } from '../../../lib/log.ts';
import type { Journal } from '../../journal.ts';
import type { EntrySkipper } from '../delivery/skip-unwanted.ts';
import type { WriteQueue } from '../write-queue.ts';
import type { ArchiveWriter, WriteResult } from './archive-writer.ts';

interface Parts {
  readonly readers: Pool;
  readonly queue: WriteQueue;
  readonly writer: ArchiveWriter;
  readonly skipper: EntrySkipper;
  readonly log: Log;
}

export function createJournal({ readers, queue, writer, skipper, log }: Parts): Journal {
  /** Moves the remaining positions past new entries that aren't wanted, in batches, so that other writes don't wait. */
  async function afterSkipping<Result>({ result, unskipped }: WriteResult<Result>): Promise<Result> {
    for (let from = unskipped; from; ) {
      const cursor = from;
      from = await queue.write((on) => skipper.skipNew(on, cursor));
    }
    return result;
  }

  return {
    accept: async (notes, onVisible) =>
      afterSkipping(await queue.writeNow((on) => writer.accept(on, notes), onVisible)),
    delete: async (deletion) => afterSkipping(await queue.write((on) => writer.delete(on, deletion))),
    async deleteExpired(nowMs) {
      let count = 0;
      for (let all = false; !all; ) {
        const now = Math.floor(nowMs / 1000);
        const some = await afterSkipping(await queue.write((on) => writer.deleteExpired(on, now)));
        count += some;
        all = some === 0;
      }
      if (count > 0) log.info('note.expired', { count });
      return count;
    },
    nextExpiryMs: () => writer.nextExpiryMs(readers),
  };
}
