import type { Calls } from './client.ts';
import { faultOf } from './fault.ts';

/** So often `getMe` may get no answer before another method is asked: one may fail by itself. */
const PATIENT = 6;

/** Asks Telegram something that changes nothing: `undefined` where it answers, else what the question met. */
export type Harmless = () => Promise<unknown>;

export function createHarmless(calls: Pick<Calls, 'getMe' | 'getWebhookInfo'>): Harmless {
  let failed = 0;
  return async () => {
    try {
      await calls.getMe();
      failed = 0;
      return undefined;
    } catch (error) {
      failed += 1;
      const { kind } = faultOf(error);
      if (kind !== 'busy' && (kind !== 'no-answer' || failed < PATIENT)) return error;
    }
    try {
      await calls.getWebhookInfo();
      return undefined;
    } catch (error) {
      return error;
    }
  };
}
