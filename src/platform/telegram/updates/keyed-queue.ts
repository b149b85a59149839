import type { Update } from 'grammy/types';

/** Work in lanes: one task after the other in each, the lanes side by side. */
export interface KeyedQueue {
  /** Begins the task now, or when those before it in the same lane are done. */
  add(lane: string, task: () => Promise<void>): void;
  /** How many tasks are not done. */
  readonly size: number;
  /** Settles when fewer than `limit` tasks are left; with 1, when all are done. */
  whenBelow(limit: number): Promise<void>;
}

/** `onFailure` is told what a task threw; the next one in the lane begins all the same. */
export function createKeyedQueue(onFailure: (error: unknown) => void): KeyedQueue {
  const tails = new Map<string, Promise<void>>();
  const waiting = new Set<{ readonly limit: number; readonly go: () => void }>();
  let size = 0;

  const finish = (): void => {
    size -= 1;
    for (const waiter of waiting) {
      if (size >= waiter.limit) continue;
      waiting.delete(waiter);
      waiter.go();
    }
  };

  return {
    add(lane, task) {
      size += 1;
      const before = tails.get(lane) ?? Promise.resolve();
      const mine = before
        .then(task)
        .catch(onFailure)
        .finally(() => {
          if (tails.get(lane) === mine) tails.delete(lane);
          finish();
        });
      tails.set(lane, mine);
    },
    get size() {
      return size;
    },
    whenBelow(limit) {
      if (size < limit) return Promise.resolve();
      return new Promise((go) => waiting.add({ limit, go }));
    },
  };
}

/**
 * Updates of one lane are handled one after the other. Everybody in a chat has a lane, so that nobody waits for what
 * is being answered to somebody else; what is told of the chat itself has another.
 */
export function queueKey(update: Update): string {
  const { my_chat_member, callback_query, inline_query, message, channel_post } = update;
  const chat = (my_chat_member ?? callback_query?.message ?? message ?? channel_post)?.chat.id ?? '';
  return `${chat} ${(callback_query ?? message ?? inline_query)?.from?.id ?? ''}`;
}
