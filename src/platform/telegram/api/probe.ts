import { classifyError } from './classify-error.ts';
import type { Calls } from './client.ts';

/** After this many failures of `getMe` without a response, another method is tried: `getMe` alone may be broken. */
const MAX_UNANSWERED = 6;

/** Makes a call that changes nothing. Returns `undefined` if Telegram answers, otherwise the error. */
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
