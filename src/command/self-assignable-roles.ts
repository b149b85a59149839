import { POST_TYPES, type PostType } from '../note/post-types.ts';
import type { CommandContext } from './command.ts';

/**
 * The roles that are mentioned by posts in a server, by post type: as chosen in the current channel, then as chosen in the
 * others. Members can give themselves these and no others.
 */
export async function selfAssignableRoles({
  chat,
  subscriptions,
}: CommandContext): Promise<ReadonlyMap<PostType, string>> {
  const roles = new Map<PostType, string>();
  for (const destination of [chat.destination, ...(chat.server?.destinations ?? [])]) {
    const { pings = {} } = (await subscriptions.preferencesOf(destination)) ?? {};
    for (const type of POST_TYPES) {
      const role = pings[type];
      if (role !== undefined && !roles.has(type)) roles.set(type, role);
    }
  }
  return roles;
}
