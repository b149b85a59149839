import type { Database, Lease, RoleHolder } from '../../src/store/database.ts';
import type { Store } from '../../src/store/store.ts';
import { watchedStore } from '../../src/store/watched-store.ts';

const WRITES: ReadonlySet<string> = new Set(
  `accept delete deleteExpired recordSighting subscribe setPreferences unsubscribe suspend resume move
   clampPostponed recordIntent recordReceipt recordRemoval recordDigest recordDigestEdit skip postpone
   add forget maintain check set setMany deleteMany clear`.split(/\s+/u),
);
/** They move positions past what isn't wanted, which fencing has to keep a former owner from, too. */
const READS_THAT_WRITE: ReadonlySet<string> = new Set(['nextTasks']);

type Method = (...given: readonly unknown[]) => unknown;

/** `target` with `mayWrite` called before every write. */
function fenced<T extends object>(target: T, mayWrite: () => void): T {
  const keyvs = new Map<unknown, unknown>();
  return new Proxy(target, {
    get(own, name) {
      const member = Reflect.get(own, name, own) as unknown;
      if (typeof member === 'object' && member !== null) return fenced(member, mayWrite);
      if (typeof member !== 'function') return member;
      const method = member.bind(own) as Method;
      if (name === 'keyv')
        return (namespace: unknown) => {
          const keyv = keyvs.get(namespace) ?? fenced(method(namespace) as object, mayWrite);
          keyvs.set(namespace, keyv);
          return keyv;
        };
      if (!WRITES.has(String(name)) && !READS_THAT_WRITE.has(String(name))) return method;
      return async (...given: readonly unknown[]) => {
        mayWrite();
        return method(...given);
      };
    },
  });
}

interface Held {
  readonly by: number;
  readonly holder: RoleHolder;
  lose(reason: string): void;
}

/** One store for several processes, with leases; what an engine that is shared promises, without one. */
export function createSharedDatabase(only: Store, now: () => number = Date.now) {
  const { store, watch } = watchedStore(only);
  const held = new Map<string, Held>();
  const reported = new Map<string, RoleHolder>();
  /** Writes by processes without the lease. */
  const refused: string[] = [];
  let isReachable = true;

  function acquire(role: string, pid: number): Lease | undefined {
    if (!isReachable) throw new Error('The database is away');
    if (held.has(role)) return undefined;
    const lost = new AbortController();
    const holder = { role, pid, host: 'here', sinceMs: now(), reportedMs: now(), report: '' };
    const one: Held = {
      by: pid,
      holder,
      lose(reason) {
        if (held.get(role) === one) held.delete(role);
        lost.abort(new Error(reason));
      },
    };
    held.set(role, one);
    reported.set(role, holder);
    const isHeld = (): boolean => held.get(role) === one;
    return {
      store: fenced(store, () => {
        if (isHeld()) return;
        refused.push(`${role} of ${pid}`);
        throw new Error(`${role} is another process's`);
      }),
      lost: lost.signal,
      isFresh: isHeld,
      async report(report) {
        if (isHeld()) reported.set(role, { ...holder, report, reportedMs: now() });
      },
      async release() {
        if (isHeld()) held.delete(role);
      },
    };
  }

  return {
    refused,
    /** The database as a process sees it. */
    process: (pid: number): Database => ({
      isShared: true,
      store: fenced(store, () => {
        refused.push(`nothing of ${pid}`);
        throw new Error('This process has no role');
      }),
      watch,
      acquire: async (role) => acquire(role, pid),
      holders: async () => [...reported.values()],
      close: async () => {
        for (const [role, { by }] of held) if (by === pid) held.delete(role);
      },
    }),
    holderOf: (role: string) => held.get(role)?.by,
    /** The holder is told that it lost the role. */
    lose: (role: string, reason = 'the connection ended') => held.get(role)?.lose(reason),
    /** The role is free, and its holder doesn't know yet. */
    steal: (role: string) => held.delete(role),
    setReachable: (isIt: boolean) => void (isReachable = isIt),
  };
}
