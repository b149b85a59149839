import type { Log } from '../../lib/log.ts';
import type { Timeouts } from '../timeouts.ts';
import {
  type NegentropySyncOptions,
  type NegentropySyncResult,
  syncByNegentropy,
} from './negentropy-sync.ts';
import type { NegentropySupport } from './resync-policy.ts';
import type { VerifiedStream } from './verified-stream.ts';

/** Where it is stored whether a relay supports NIP-77. */
export interface NegentropySupportRecord {
  get(): Promise<NegentropySupport>;
  /** For that many milliseconds. */
  set(support: 'yes' | 'no', forMs: number): Promise<void>;
}

/** Negentropy sync with one relay, as long as it is of any use there. */
export interface NegentropySync {
  run(stream: VerifiedStream, options: NegentropySyncOptions): Promise<NegentropySyncResult>;
  /** Not used for now. */
  disable(): Promise<void>;
}

/** How often a relay may hang up on it before it is disabled, once it has worked; before that, once. */
const MAX_LOSSES = 3;

export function createNegentropySync(
  record: NegentropySupportRecord,
  timeouts: Timeouts,
  log: Log,
): NegentropySync {
  let losses = 0;
  const remember = (support: 'yes' | 'no'): Promise<void> => record.set(support, timeouts.supportMs);
  return {
    async run(stream, options) {
      const before = await record.get();
      if (before === 'no') return { status: 'declined', reason: 'known not to support it' };
      const result = await syncByNegentropy(stream, options);
      if (result.status === 'terminated') {
        losses += result.termination.error === 'lost' ? 1 : 0;
        if (losses >= (before === 'yes' ? MAX_LOSSES : 1)) await remember('no');
        return result;
      }
      losses = 0;
      if ('reason' in result) log.info('negentropy.skipped', { reason: result.reason });
      if (result.status === 'unsupported') await remember('no');
      // Silence may mean that the relay is dead.
      else if (result.status !== 'unanswered') await remember('yes');
      return result;
    },
    disable: () => remember('no'),
  };
}
