import type { Log } from '../log.ts';
import type { Support } from './audits.ts';
import type { Source } from './source.ts';
import { type Synced, type SyncOptions, sync } from './sync.ts';
import type { Timers } from './timers.ts';

/** Where it is kept whether a relay takes part in NIP-77. */
export interface SupportRecord {
  get(): Promise<Support>;
  /** For so many milliseconds. */
  set(support: 'yes' | 'no', forMs: number): Promise<void>;
}

/** Comparing with one relay, as far as that is of use there. */
export interface Comparing {
  compare(source: Source, options: SyncOptions): Promise<Synced>;
  /** It is of no use for now. */
  giveUp(): Promise<void>;
}

/** One that hangs up when it is compared with would do so again and again: so many times, the first time once. */
const MAX_LOSSES = 3;

export function createComparing(record: SupportRecord, timers: Timers, log: Log): Comparing {
  let losses = 0;
  const remember = (support: 'yes' | 'no'): Promise<void> => record.set(support, timers.supportMs);
  return {
    async compare(source, options) {
      const before = await record.get();
      if (before === 'no') return { status: 'declined', reason: 'known not to compare' };
      const synced = await sync(source, options);
      if (synced.status === 'ended') {
        losses += synced.ending.trouble === 'lost' ? 1 : 0;
        if (losses >= (before === 'yes' ? MAX_LOSSES : 1)) await remember('no');
        return synced;
      }
      losses = 0;
      if ('reason' in synced) log.info('relay.uncompared', { reason: synced.reason });
      if (synced.status === 'unsupported') await remember('no');
      // Silence may mean that the relay is dead.
      else if (synced.status !== 'unanswered') await remember('yes');
      return synced;
    },
    giveUp: () => remember('no'),
  };
}
