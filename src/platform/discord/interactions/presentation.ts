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
 * Where only the user has installed the app, at most five messages may follow the first response (JSON code 40094), which
 * may be no more than a deferral.
 */
const MAX_FOLLOW_UPS = 5;

/** How the answer to an interaction is shown. */
export interface Presentation {
  /** In place of the message whose button was pressed. */
  readonly replace: boolean;
  /** Only the user sees what is shown meanwhile: the pressed message, or the deferral. */
  readonly hidden: boolean;
  /** Whether others read the chat, so that answers to the user alone are hidden from them. */
  readonly others: boolean;
  readonly maxMessages?: number;
}

/**
 * Only the user who asked turns the pages of an answer; anybody else gets a hidden copy. What follows from a hidden answer
 * stays hidden. Who may not write in the channel can still press a button there, but makes the bot write to nobody else.
 */
export function presentationOf(
  asked: UserInteraction,
  { replace, to }: Pick<ResponseMode, 'replace' | 'to'>,
): Presentation {
  const others = !isPrivate(asked);
  const isAlone = (to === 'user' || !canWrite(asked)) && others;
  const shared = {
    others,
    ...(others && !isInstalledHere(asked) && { maxMessages: MAX_FOLLOW_UPS }),
  };
  if (!asked.isMessageComponent()) return { replace: false, hidden: isAlone, ...shared };
  const { askedBy, hidden } = pressedMessage(asked);
  if (!replace) return { replace, hidden: hidden || isAlone, ...shared };
  const isOwn = !others || askedBy === asked.user.id;
  return { replace: isOwn, hidden: isOwn ? hidden : true, ...shared };
}

/** Whom the pressed message answered, and whether only they see it. */
function pressedMessage({ message }: ComponentInteraction): {
  readonly askedBy?: string;
  readonly hidden: boolean;
} {
  // Where the channel isn't cached, discord.js passes the message on as raw data.
  if (message instanceof Message) {
    const askedBy = message.interactionMetadata?.user.id;
    return { hidden: message.flags.has(MessageFlags.Ephemeral), ...(askedBy ? { askedBy } : {}) };
  }
  const raw = message as { flags?: number; interaction_metadata?: { user?: { id: string } } };
  const askedBy = raw.interaction_metadata?.user?.id;
  return { hidden: ((raw.flags ?? 0) & MessageFlags.Ephemeral) !== 0, ...(askedBy ? { askedBy } : {}) };
}
