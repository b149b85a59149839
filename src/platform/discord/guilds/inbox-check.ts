import type { REST } from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import { classifyError } from '../api/classify-error.ts';
import { openDm } from '../api/message-api.ts';
import { recipientOf } from '../destinations.ts';

/**
 * Checks whether a user can receive direct messages (`Platform.inboxObstacle`) by opening the channel for them. That
 * only shows whether the user exists: if they refuse direct messages (50007), Discord says so for the first message.
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
