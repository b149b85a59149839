import type { REST } from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import { classifyError } from '../api/classify-error.ts';
import { openDm } from '../api/message-api.ts';
import { recipientOf } from '../destinations.ts';

/**
 * Whether somebody can be written to (`Platform.inboxObstacle`), by opening the channel of direct messages with them. Discord
 * tells only whether there is such a user: that they refuse direct messages (50007) shows with the first message.
 */
export const createInboxCheck =
  (rest: REST, { discord: { fixes } }: Texts) =>
  async (inbox: string): Promise<string | undefined> => {
    try {
      await openDm(rest, recipientOf(inbox) ?? '');
      return undefined;
    } catch (error) {
      const { kind } = classifyError(error);
      return kind === 'transient' || kind === 'token' ? undefined : fixes.noUser;
    }
  };
