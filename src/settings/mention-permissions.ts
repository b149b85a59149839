import type { MentionRefusal } from '../command/chat.ts';
import type { CommandContext } from '../command/command.ts';
import { UserError } from '../command/user-error.ts';
import { POST_TYPES } from '../note/post-types.ts';
import { hasFeature } from '../platform/platforms.ts';
import type { Preferences } from '../preferences/preferences.ts';

/**
 * Throws `UserError` where choices, however they came, have a role pinged that the asker may not choose. What is chosen
 * already stays as it is, whoever changes something else.
 */
export async function checkMentions(
  { pings }: Preferences,
  before: Preferences | undefined,
  context: CommandContext,
): Promise<void> {
  const fresh = new Set(
    POST_TYPES.filter((type) => pings[type] !== before?.pings[type]).flatMap((type) => pings[type] ?? []),
  );
  const problems: string[] = [];
  for (const role of fresh) {
    const reason = await mentionRefusal(role, context);
    if (reason) problems.push(refusalMessage(role, reason, context));
  }
  if (problems.length > 0) throw new UserError([...new Set(problems)].join('\n\n'));
}

/** The choices, but for roles that the asker may not choose in that place. */
export async function withoutRefusedMentions(
  choices: Preferences,
  context: CommandContext,
): Promise<Preferences> {
  const kept: [string, string][] = [];
  for (const [type, role] of Object.entries(choices.pings))
    if (!(await mentionRefusal(role, context))) kept.push([type, role]);
  return { ...choices, pings: Object.fromEntries(kept) };
}

/** Where there is no server nobody can be pinged, so nothing is to be judged; unless it is there and can't be seen. */
async function mentionRefusal(
  role: string,
  { chat, platform }: CommandContext,
): Promise<MentionRefusal | undefined> {
  if (chat.server) return chat.server.mentionRefusal(role);
  return hasFeature(platform, 'roles') && chat.kind !== 'private' ? 'unknown' : undefined;
}

/** Why the asker may not have the role pinged, for them. */
export const refusalMessage = (
  role: string,
  reason: MentionRefusal,
  { chat, texts }: CommandContext,
): string => texts.servers.pings.unchosen[reason](chat.server?.role(role)?.name ?? role);
