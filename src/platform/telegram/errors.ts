import { en } from '../../text/en.ts';
import type { SendResult } from '../platform.ts';
import { destinationOf } from './chat.ts';
import { type ApiError, classifyError } from './fault.ts';
import type { ErrorKind } from './fault-table.ts';

export type SendFailure = Exclude<SendResult, { readonly status: 'sent' }>;

const rejected = ({ reason }: ApiError): SendFailure => ({ status: 'rejected', reason });
const retry = ({ reason, uncertain = false, afterMs }: ApiError): SendFailure => ({
  status: 'retry',
  scope: 'destination',
  uncertain,
  reason,
  ...(afterMs !== undefined && { afterMs }),
});
const unreachable =
  (gone: boolean) =>
  ({ reason, remedy }: ApiError): SendFailure => ({
    status: 'unreachable',
    gone,
    reason,
    ...(remedy && { remedy: en.telegram.remedy[remedy] }),
  });

const SEND_FAILURES: Readonly<Record<ErrorKind, (fault: ApiError) => SendFailure>> = {
  gone: unreachable(true),
  suspended: unreachable(false),
  moved: ({ to = 0, reason }) => ({ status: 'moved', to: destinationOf(to), reason }),
  'media-address': rejected,
  'media-form': rejected,
  'media-right': rejected,
  entities: rejected,
  keyboard: rejected,
  content: rejected,
  unmodified: rejected,
  'message-missing': rejected,
  'message-fixed': rejected,
  'message-wordless': rejected,
  query: rejected,
  rate: retry,
  busy: retry,
  conflict: retry,
  token: ({ reason }) => ({ status: 'halted', reason }),
  'no-answer': retry,
  unreadable: retry,
  unknown: retry,
};

/** Worth one more try and no more, lest one message hold up a chat for ever, or come again and again. */
const RETRIED_ONCE: ReadonlySet<ErrorKind> = new Set(['unknown', 'unreadable']);

/** What became of a send that threw. `again`: the same send has failed in such a way before. */
export function toSendFailure(error: unknown, again = false): SendFailure {
  const fault = classifyError(error);
  return RETRIED_ONCE.has(fault.kind) && again ? rejected(fault) : SEND_FAILURES[fault.kind](fault);
}
