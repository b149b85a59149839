import { LRUCache } from 'lru-cache';
import type { Calls } from '../api/client.ts';

/** Short enough for somebody who was just made an administrator. */
const TTL_MS = 30_000;
const MAX_ENTRIES = 1_000;

/** Whether a user manages a chat (Bot API, `getChatMember`: creator or administrator). */
export type IsAdmin = (chatId: number, userId: number) => Promise<boolean>;

export function createAdminCheck(calls: Pick<Calls, 'getChatMember'>, now: () => number): IsAdmin {
  const cache = new LRUCache<string, { readonly isAdmin: boolean; readonly untilMs: number }>({
    max: MAX_ENTRIES,
  });
  return async (chat_id, user_id) => {
    const key = `${chat_id} ${user_id}`;
    const known = cache.get(key);
    if (known && now() < known.untilMs) return known.isAdmin;
    const { status } = await calls.getChatMember({ chat_id, user_id });
    const isAdmin = status === 'creator' || status === 'administrator';
    cache.set(key, { isAdmin, untilMs: now() + TTL_MS });
    return isAdmin;
  };
}
