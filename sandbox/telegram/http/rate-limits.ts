import type { World } from '../world/world.ts';
import { flagParam, jsonParam, type Params, stringParam } from './params.ts';
import { badRequest, tooManyRequests } from './refusal.ts';

/** `count` messages in `seconds`; all of them may come at once. */
interface Limit {
  readonly count: number;
  readonly seconds: number;
}

export interface RateLimits {
  readonly overall?: Limit;
  readonly perChat?: Limit;
  /** Groups and channels, on top of `perChat`. */
  readonly perGroup?: Limit;
  /** Instead of `overall` for messages that are paid for. */
  readonly paid?: Limit;
}

/** From the broadcasting section of Telegram's FAQ; the real figures aren't published. */
export const TELEGRAM_LIMITS: RateLimits = {
  overall: { count: 30, seconds: 1 },
  perChat: { count: 3, seconds: 3 },
  perGroup: { count: 20, seconds: 60 },
  paid: { count: 1_000, seconds: 1 },
};

/**
 * Counts calls that make or change messages. Throws 429 when a limit is reached; refused calls don't count. Paid messages
 * are counted apart from others, since nothing is documented about how they mix: those beyond the free limit cost a tenth of a
 * Star (Bot API, Paid Broadcasts). A bot that can't pay is refused as by MTProto's `messages.sendMessage`.
 */
export type RateLimiter = (method: string, params: Params) => void;

export function createRateLimiter(
  world: Pick<World, 'now' | 'paidBroadcasts'>,
  limits: RateLimits,
): RateLimiter {
  /** When messages were allowed, in milliseconds, by the limit they count against. */
  const passed = new Map<string, number[]>();

  const waitMs = (key: string, limit: Limit, cost: number): number => {
    const recent = (passed.get(key) ?? []).filter((at) => at > world.now() - limit.seconds * 1000);
    passed.set(key, recent);
    const blocking = recent[recent.length + cost - limit.count - 1];
    if (recent.length === 0 || blocking === undefined) return 0;
    return blocking + limit.seconds * 1000 - world.now();
  };

  return (method, params) => {
    if (!/^(send(?!ChatAction)|editMessage|copyMessage|forwardMessage)/i.test(method)) return;
    const chatId = stringParam(params, 'chat_id');
    const { paidBroadcasts } = world;
    // Edits have no such parameter.
    const isPaid = paidBroadcasts.isOn && !/^edit/i.test(method) && flagParam(params, 'allow_paid_broadcast');
    if (isPaid && paidBroadcasts.tenths < 1) throw badRequest('BALANCE_TOO_LOW');
    const counted = countersOf(limits, chatId, isPaid);
    const cost = costOf(method, params);
    const wait = Math.max(0, ...counted.map(({ key, limit }) => waitMs(key, limit, cost)));
    if (wait > 0) throw tooManyRequests(Math.max(1, Math.ceil(wait / 1000)));
    for (const { key } of counted) {
      const times = passed.get(key) ?? [];
      for (let count = 0; count < cost; count += 1) times.push(world.now());
      passed.set(key, times);
    }
    if (isPaid && limits.overall && (passed.get('paid')?.length ?? 0) > limits.overall.count)
      paidBroadcasts.tenths -= cost;
  };
}

function countersOf(
  limits: RateLimits,
  chatId: string,
  isPaid: boolean,
): readonly { key: string; limit: Limit }[] {
  const isGroup = chatId.startsWith('-') || chatId.startsWith('@');
  const [key, limit] = isPaid ? ['paid', limits.paid] : ['overall', limits.overall];
  return [
    ...(limit ? [{ key, limit }] : []),
    ...(limits.perChat ? [{ key: `chat ${chatId}`, limit: limits.perChat }] : []),
    ...(limits.perGroup && isGroup ? [{ key: `group ${chatId}`, limit: limits.perGroup }] : []),
  ];
}

/** An album counts as its number of items. */
function costOf(method: string, params: Params): number {
  if (method.toLowerCase() !== 'sendmediagroup') return 1;
  const media = jsonParam(params, 'media', 'media');
  return Array.isArray(media) ? Math.max(1, media.length) : 1;
}
