import type { Log } from '../../log.ts';
import type { Sending } from '../platform.ts';
import { type Standing, type Where, whereIn } from './chat.ts';
import { faultOf } from './fault.ts';

/** Puts a message up in the topic that was chosen for its kind; where that is shut or gone, in the destination itself. */
export async function withTopic(
  destination: string,
  sending: Sending = {},
  log: Log,
  put: (where: Where) => Promise<Standing>,
): Promise<Standing> {
  const { topic, ...elsewhere } = sending;
  try {
    return await put(whereIn(destination, sending));
  } catch (error) {
    const { remedy, reason } = faultOf(error);
    const isShut = remedy === 'topicClosed' || remedy === 'topicGone';
    if (topic === undefined || !isShut) throw error;
    log.warn('topic.shut', { destination, topic, reason });
    return put(whereIn(destination, elsewhere));
  }
}
