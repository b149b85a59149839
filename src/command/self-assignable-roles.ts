import { POST_TYPES, type PostType } from '../note/post-types.ts';
import type { CommandContext } from './command.ts';

/**
 * The roles that posts mention in a server, by post type. The current channel's choices come before those of other
 * channels. Members can give themselves only these roles.
 */
export async function selfAssignableRoles({
  chat,
  subscriptions,
}: CommandContext): Promise<ReadonlyMap<PostType, string>> {
  const roles = new Map<PostType, string>();
  for (const destination of [chat.destination, ...(chat.server?.destinations ?? [])]) {
    const { mentionRoles = {} } = (await subscriptions.preferencesOf(destination)) ?? {};
    for (const type of POST_TYPES) {
      const role = mentionRoles[type];
      if (role !== undefined && !roles.has(type)) roles.set(type, role);
    }
  }
  return roles;
}
