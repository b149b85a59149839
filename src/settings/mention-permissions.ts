import type { MentionRefusal } from '../command/chat.ts';
import type { CommandContext } from '../command/command.ts';
import { UserError } from '../command/user-error.ts';
import { POST_TYPES } from '../note/post-types.ts';
import { hasFeature } from '../platform/platforms.ts';
import type { Preferences } from '../preferences/preferences.ts';

/**
 * Throws `UserError` if settings ping a role that the user may not choose, whether typed, pressed or imported. Roles
 * that were chosen before aren't checked again.
 */
export async function checkMentions(
  { mentionRoles }: Preferences,
  before: Preferences | undefined,
  context: CommandContext,
): Promise<void> {
  const fresh = new Set(
    POST_TYPES.filter((type) => mentionRoles[type] !== before?.mentionRoles[type]).flatMap(
      (type) => mentionRoles[type] ?? [],
    ),
  );
  const problems: string[] = [];
  for (const role of fresh) {
    const reason = await mentionRefusal(role, context);
    if (reason) problems.push(refusalMessage(role, reason, context));
  }
  if (problems.length > 0) throw new UserError([...new Set(problems)].join('\n\n'));
}

/** The settings without roles that the user may not choose in this chat. */
export async function withoutRefusedMentions(
  preferences: Preferences,
  context: CommandContext,
): Promise<Preferences> {
  const kept: [string, string][] = [];
  for (const [type, role] of Object.entries(preferences.mentionRoles))
    if (!(await mentionRefusal(role, context))) kept.push([type, role]);
  return { ...preferences, mentionRoles: Object.fromEntries(kept) };
}

/** Without a server nobody can be pinged, so nothing is refused, unless there is one that the bot can't see. */
async function mentionRefusal(
  role: string,
  { chat, platform }: CommandContext,
): Promise<MentionRefusal | undefined> {
  if (chat.server) return chat.server.mentionRefusal(role);
  return hasFeature(platform, 'roles') && chat.kind !== 'private' ? 'unknown' : undefined;
}

/** Tells the user why they may not choose the role. */
export const refusalMessage = (
  role: string,
  reason: MentionRefusal,
  { chat, texts }: CommandContext,
): string => texts.servers.pings.refusals[reason](chat.server?.role(role)?.name ?? role);
