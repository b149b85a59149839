import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { toSendResult } from '../api/errors.ts';
import { parseDestination } from '../chat-target.ts';

/**
 * Checks whether the bot may write to a user, who may have blocked it or never pressed Start
 * (`Platform.inboxObstacle`). Shows "typing" for a few seconds, which needs the same permission.
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
