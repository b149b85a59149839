import { classifyError } from './classify-error.ts';
import type { Calls } from './client.ts';

/** So often `getMe` may get no answer before another method is asked: one may fail by itself. */
const MAX_UNANSWERED = 6;

/** Asks Telegram something that changes nothing: `undefined` where it answers, else what the question met. */
export type Probe = () => Promise<unknown>;

export function createProbe(calls: Pick<Calls, 'getMe' | 'getWebhookInfo'>): Probe {
  let failed = 0;
  return async () => {
    try {
      await calls.getMe();
      failed = 0;
      return undefined;
    } catch (error) {
      failed += 1;
      const { kind } = classifyError(error);
      if (kind !== 'server-error' && (kind !== 'no-response' || failed < MAX_UNANSWERED)) return error;
    }
    try {
      await calls.getWebhookInfo();
      return undefined;
    } catch (error) {
      return error;
    }
  };
}
