import type { Database, RoleHolder } from './database.ts';
import type { Store } from './store.ts';
import { watchedStore } from './watched-store.ts';

/** The process, as `Database.holders` names it, and its clock. */
export interface SoleProcess {
  readonly pid: number;
  readonly host: string;
  /** Milliseconds since 1970. */
  now(): number;
}

/** A store that no other process uses: this one has every role it asks for, until it ends. */
export function soleDatabase(only: Store, { pid, host, now }: SoleProcess): Database {
  const { store, watch } = watchedStore(only);
  const holders = new Map<string, RoleHolder>();
  const never = new AbortController().signal;
  return {
    isShared: false,
    store,
    watch,
    acquire: async (role) => {
      const holder = { role, pid, host, sinceMs: now() };
      return {
        store,
        lost: never,
        isFresh: () => true,
        report: async (report) => void holders.set(role, { ...holder, reportedMs: now(), report }),
        release: async () => void holders.delete(role),
      };
    },
    holders: async () => [...holders.values()],
    close: store.close,
  };
}
