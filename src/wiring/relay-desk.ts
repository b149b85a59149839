import type { Invoker } from '../command/command-context.ts';
import type { SuggestionResult } from '../command/suggestions.ts';
import type { Config } from '../config/config.ts';
import type { Errands } from '../roles/errands.ts';
import type { Store } from '../store/store.ts';
import type { WiredAlerts } from './alerts.ts';
import type { WiredInbox } from './inbox.ts';

/** What commands need from the role that talks to the author and the operator, in whatever process it is. */
export interface RelayDesk {
  /** Absent if the bot has no key: then there is no `/suggest`. */
  suggest?(words: string, by: Invoker): Promise<SuggestionResult>;
  /** Deletes what is queued for the author of a user, and drops what is in memory about their destinations. Rejects if that fails. */
  forget(user: string, own: readonly string[]): Promise<void>;
}

type RelayTask =
  | { readonly kind: 'suggest'; readonly words: string; readonly by: Invoker }
  | { readonly kind: 'forget'; readonly user: string; readonly own: readonly string[] };

/** Longer than a standby needs to take over; who asked sees that the bot is busy. */
const WITHIN_MS = 12_000;

export function createRelayDesk(
  { botKey, operators }: Pick<Config, 'botKey' | 'operators'>,
  errands: Errands,
  store: Store,
): RelayDesk {
  const ask = (task: RelayTask) => errands.ask('relay', task, store, WITHIN_MS);
  return {
    ...(botKey !== undefined && {
      async suggest(words, by) {
        const reply = await ask({ kind: 'suggest', words, by });
        return reply.status === 'done' ? (reply.result as SuggestionResult) : 'unavailable';
      },
    }),
    async forget(user, own) {
      // Otherwise it has nothing about anybody.
      if (botKey === undefined && operators.length === 0) return;
      const reply = await ask({ kind: 'forget', user, own });
      if (reply.status !== 'done') throw new Error("The process that reads from the relays didn't answer");
    },
  };
}

/** What serves those desks. */
export const relayTaskHandler =
  (inbox: WiredInbox | undefined, alerts: WiredAlerts | undefined) =>
  async (task: RelayTask): Promise<unknown> => {
    if (task.kind === 'suggest') return (await inbox?.suggest(task.words, task.by)) ?? 'unavailable';
    await inbox?.forget(task.user);
    alerts?.forget(task.own);
    return undefined;
  };
