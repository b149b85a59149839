import { en } from '../../text/en.ts';
import type { SendResult } from '../platform.ts';
import { destinationOf } from './chat.ts';
import { type Fault, faultOf } from './fault.ts';
import type { FaultKind } from './fault-table.ts';

export type Failure = Exclude<SendResult, { readonly status: 'sent' }>;

const rejected = ({ reason }: Fault): Failure => ({ status: 'rejected', reason });
const retry = ({ reason, uncertain = false, afterMs }: Fault): Failure => ({
  status: 'retry',
  scope: 'destination',
  uncertain,
  reason,
  ...(afterMs !== undefined && { afterMs }),
});
const unreachable =
  (gone: boolean) =>
  ({ reason, remedy }: Fault): Failure => ({
    status: 'unreachable',
    gone,
    reason,
    ...(remedy && { remedy: en.telegram.remedy[remedy] }),
  });

const FAILURES: Readonly<Record<FaultKind, (fault: Fault) => Failure>> = {
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
const ONCE_MORE: ReadonlySet<FaultKind> = new Set(['unknown', 'unreadable']);

/** What became of a send that threw. `again`: the same send has failed in such a way before. */
export function failureOf(error: unknown, again = false): Failure {
  const fault = faultOf(error);
  return ONCE_MORE.has(fault.kind) && again ? rejected(fault) : FAILURES[fault.kind](fault);
}
