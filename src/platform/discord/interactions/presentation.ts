import { Message, MessageFlags } from 'discord.js';
import type { ResponseMode } from '../../../command/request.ts';
import {
  type ComponentInteraction,
  canWrite,
  isInstalledHere,
  isPrivate,
  type UserInteraction,
} from './interaction-context.ts';

/**
 * Where only the user has installed the app, at most five messages may follow the first response (JSON code 40094),
 * even if that is just a deferral.
 */
const MAX_FOLLOW_UPS = 5;

/** How the response to an interaction is shown. */
export interface Presentation {
  /** It replaces the message whose button was pressed. */
  readonly replace: boolean;
  /** Only the user sees the pressed message or the deferral. */
  readonly hidden: boolean;
  /** Others can read the chat, so responses to the user alone must be ephemeral. */
  readonly others: boolean;
  readonly maxMessages?: number;
}

/**
 * Only the user who made the request can turn the pages of its response; anybody else gets an ephemeral copy. Buttons
 * on an ephemeral response lead to ephemeral ones. Users who can't write in the channel can still press its buttons,
 * but only they see the response.
 */
export function presentationOf(
  interaction: UserInteraction,
  { replace, to }: Pick<ResponseMode, 'replace' | 'to'>,
): Presentation {
  const others = !isPrivate(interaction);
  const isForUserOnly = (to === 'user' || !canWrite(interaction)) && others;
  const shared = {
    others,
    ...(others && !isInstalledHere(interaction) && { maxMessages: MAX_FOLLOW_UPS }),
  };
  if (!interaction.isMessageComponent()) return { replace: false, hidden: isForUserOnly, ...shared };
  const { requestedBy, hidden } = pressedMessage(interaction);
  if (!replace) return { replace, hidden: hidden || isForUserOnly, ...shared };
  const isOwn = !others || requestedBy === interaction.user.id;
  return { replace: isOwn, hidden: isOwn ? hidden : true, ...shared };
}

/** Which user the pressed message responded to, and whether only they see it. */
function pressedMessage({ message }: ComponentInteraction): {
  readonly requestedBy?: string;
  readonly hidden: boolean;
} {
  // If the channel isn't cached, discord.js passes the message on as raw data.
  if (message instanceof Message) {
    const requestedBy = message.interactionMetadata?.user.id;
    return { hidden: message.flags.has(MessageFlags.Ephemeral), ...(requestedBy ? { requestedBy } : {}) };
  }
  const raw = message as { flags?: number; interaction_metadata?: { user?: { id: string } } };
  const requestedBy = raw.interaction_metadata?.user?.id;
  return {
    hidden: ((raw.flags ?? 0) & MessageFlags.Ephemeral) !== 0,
    ...(requestedBy ? { requestedBy } : {}),
  };
}
