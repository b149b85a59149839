import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { toSendResult } from '../api/errors.ts';
import { parseDestination } from '../chat-target.ts';

/**
 * Whether the bot may write to somebody who perhaps never pressed Start, or has blocked it (`Platform.inboxObstacle`): asked
 * by showing "typing" for a few seconds, which needs the same permission.
 */
export const createInboxCheck =
  (calls: Pick<Calls, 'sendChatAction'>) =>
  async (inbox: string): Promise<string | undefined> => {
    try {
      await calls.sendChatAction({ chat_id: parseDestination(inbox).chat_id, action: 'typing' });
      return undefined;
    } catch (error) {
      const result = toSendResult(classifyError(error));
      return result.status === 'unreachable' ? (result.fix ?? result.reason) : undefined;
    }
  };
