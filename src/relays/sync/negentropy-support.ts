import type { Log } from '../../lib/log.ts';
import type { Timeouts } from '../timeouts.ts';
import {
  type NegentropySyncOptions,
  type NegentropySyncResult,
  syncByNegentropy,
} from './negentropy-sync.ts';
import type { NegentropySupport } from './resync-policy.ts';
import type { VerifiedStream } from './verified-stream.ts';

/** Where it is kept whether a relay takes part in NIP-77. */
export interface NegentropySupportRecord {
  get(): Promise<NegentropySupport>;
  /** For so many milliseconds. */
  set(support: 'yes' | 'no', forMs: number): Promise<void>;
}

/** Comparing with one relay, as far as that is of use there. */
export interface NegentropySync {
  run(source: VerifiedStream, options: NegentropySyncOptions): Promise<NegentropySyncResult>;
  /** It is of no use for now. */
  disable(): Promise<void>;
}

/** One that hangs up when it is compared with would do so again and again: so many times, the first time once. */
const MAX_LOSSES = 3;

export function createNegentropySync(
  record: NegentropySupportRecord,
  timeouts: Timeouts,
  log: Log,
): NegentropySync {
  let losses = 0;
  const remember = (support: 'yes' | 'no'): Promise<void> => record.set(support, timeouts.supportMs);
  return {
    async run(source, options) {
      const before = await record.get();
      if (before === 'no') return { status: 'declined', reason: 'known not to compare' };
      const synced = await syncByNegentropy(source, options);
      if (synced.status === 'ended') {
        losses += synced.ending.error === 'lost' ? 1 : 0;
        if (losses >= (before === 'yes' ? MAX_LOSSES : 1)) await remember('no');
        return synced;
      }
      losses = 0;
      if ('reason' in synced) log.info('negentropy.skipped', { reason: synced.reason });
      if (synced.status === 'unsupported') await remember('no');
      // Silence may mean that the relay is dead.
      else if (synced.status !== 'unanswered') await remember('yes');
      return synced;
    },
    disable: () => remember('no'),
  };
}
