import type { Log } from '../../../lib/log.ts';
import type { DeliveryOptions } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import { isTopicUnavailable } from '../api/errors.ts';
import { type SendTarget, type SentMessages, sendTarget } from '../chat-target.ts';

/** Puts a message up in the topic that was chosen for its kind; where that is shut or gone, in the destination itself. */
export async function withTopicFallback(
  destination: string,
  sending: DeliveryOptions = {},
  log: Log,
  put: (where: SendTarget) => Promise<SentMessages>,
): Promise<SentMessages> {
  const { topic, ...elsewhere } = sending;
  try {
    return await put(sendTarget(destination, sending));
  } catch (error) {
    const failure = classifyError(error);
    if (topic === undefined || !isTopicUnavailable(failure)) throw error;
    log.warn('topic.closed', { destination, topic, reason: failure.reason });
    return put(sendTarget(destination, elsewhere));
  }
}
