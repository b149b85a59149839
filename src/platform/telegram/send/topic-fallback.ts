import type { Log } from '../../../lib/log.ts';
import type { DeliveryOptions } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import { isTopicUnavailable } from '../api/errors.ts';
import { type SendTarget, type SentMessages, sendTarget } from '../chat-target.ts';

/** Sends a message to the topic chosen for its kind, or to the destination itself if that topic is closed or deleted. */
export async function withTopicFallback(
  destination: string,
  options: DeliveryOptions = {},
  log: Log,
  send: (where: SendTarget) => Promise<SentMessages>,
): Promise<SentMessages> {
  const { topic, ...withoutTopic } = options;
  try {
    return await send(sendTarget(destination, options));
  } catch (error) {
    const failure = classifyError(error);
    if (topic === undefined || !isTopicUnavailable(failure)) throw error;
    log.warn('topic.closed', { destination, topic, reason: failure.reason });
    return send(sendTarget(destination, withoutTopic));
  }
}
