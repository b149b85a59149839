import type { Calls } from '../api/client.ts';

/** How long somebody counts as what he was: short enough for somebody who was just promoted. */
const KEPT_MS = 30_000;
const MAX_KEPT = 1_000;

/** Whether somebody manages a chat (Bot API, `getChatMember`: creator or administrator). */
export type IsAdmin = (chatId: number, userId: number) => Promise<boolean>;

export function createAdminCheck(calls: Pick<Calls, 'getChatMember'>, now: () => number): IsAdmin {
  const kept = new Map<string, { readonly manages: boolean; readonly untilMs: number }>();
  return async (chat_id, user_id) => {
    const key = `${chat_id} ${user_id}`;
    const known = kept.get(key);
    if (known && now() < known.untilMs) return known.manages;
    const { status } = await calls.getChatMember({ chat_id, user_id });
    const manages = status === 'creator' || status === 'administrator';
    kept.delete(key);
    kept.set(key, { manages, untilMs: now() + KEPT_MS });
    const oldest = kept.keys().next().value;
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    return manages;
  };
}
