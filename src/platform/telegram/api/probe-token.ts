import { GrammyError } from 'grammy';
import type { TokenProbe } from '../../platform.ts';
import { inviteLinks, subscribeLink } from '../deep-links.ts';
import { createClient } from './client.ts';

/**
 * Telegram answers 404 to a token that doesn't even look like one (https://core.telegram.org/bots/api#making-
 * requests).
 */
const REFUSED: readonly number[] = [401, 404];

/** Asks Telegram which bot the token belongs to. Changes nothing, and never throws. */
export async function probeTelegramToken(token: string, apiUrl?: string): Promise<TokenProbe> {
  try {
    const { first_name: name, username } = await createClient(token, apiUrl).calls.getMe();
    const { group, channel } = inviteLinks(username);
    const links = {
      'Subscribe yourself': subscribeLink(username),
      'Add to a group': group,
      'Add to a channel': channel,
    };
    return { status: 'valid', name: `${name} (@${username})`, links };
  } catch (error) {
    if (error instanceof GrammyError && REFUSED.includes(error.error_code)) return { status: 'refused' };
    // The error's own message contains the address, and with it the token.
    const reason = error instanceof GrammyError ? error.description : "api.telegram.org can't be reached";
    return { status: 'unanswered', reason };
  }
}
