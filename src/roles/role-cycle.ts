import type { Clock } from '../lib/clock.ts';
import { createLifetime, type Lifetime } from '../lib/lifetime.ts';
import { type Log, silentLog } from '../lib/log.ts';
import { createWakeSignal } from '../lib/wake-signal.ts';
import type { Database, Lease } from '../store/database.ts';
import { formatRole, type Role } from './role-names.ts';

/** How often a standby asks for its role, unless it hears that it was released. */
const ASK_EVERY_MS = 500;
/** How often the holder publishes how it is doing. */
const REPORT_EVERY_MS = 3_000;

/** A role's work, as long as it lasts. */
export interface RoleWork {
  /** Begins it. Called once. */
  start(): void;
  /** How it is doing, for other processes. */
  report(): string;
}

/**
 * Prepares the work of a role. Everything it runs and opens belongs to the lifetime, which ends with the lease. Its
 * writes go through the lease.
 */
export type PrepareRole = (lease: Lease, lifetime: Lifetime) => Promise<RoleWork>;

export interface RoleCycleParts {
  readonly role: Role;
  readonly database: Pick<Database, 'acquire' | 'isShared' | 'watch'>;
  readonly prepare: PrepareRole;
  readonly log: Log;
  readonly clock: Pick<Clock, 'wait'>;
}

/** A role that this process has, or would take over. */
export interface RoleCycle {
  /** As `formatRole` has it. */
  readonly name: string;
  /** `standby`: another process does the work; `active`: this one does. */
  state(): 'standby' | 'active';
  /** The lease, while this process has it. */
  lease(): Lease | undefined;
  /** Takes the role if it's free, and prepares its work. Rejects if that fails. To be called once, before `run`. */
  take(): Promise<void>;
  /**
   * Does the work, or waits until the role is free. When the lease is lost, everything stops at once, and waiting begins
   * again. Once the signal aborts, finishes what is in hand, releases the role and resolves. Rejects if the work fails.
   */
  run(signal: AbortSignal): Promise<void>;
}

interface Held {
  readonly lease: Lease;
  readonly lifetime: Lifetime;
  readonly work: RoleWork;
}

export function createRoleCycle({
  role,
  database,
  prepare,
  log: everything,
  clock,
}: RoleCycleParts): RoleCycle {
  const name = formatRole(role);
  // A process that can't lose its roles has nothing to say about them.
  const log = database.isShared ? everything : silentLog;
  let held: Held | undefined;
  /** Each is logged once until the role is taken. */
  let said: 'nothing' | 'awaited' | 'unavailable' = 'nothing';

  function saySince(what: 'awaited' | 'unavailable', write: () => void): void {
    if (said !== what) write();
    said = what;
  }

  async function ask(): Promise<Lease | undefined> {
    try {
      const lease = await database.acquire(name);
      if (!lease) saySince('awaited', () => log.info('role.awaited', { role: name }));
      return lease;
    } catch (error) {
      saySince('unavailable', () => log.warn('role.unavailable', { role: name, error }));
      return undefined;
    }
  }

  async function take(): Promise<void> {
    const lease = await ask();
    if (!lease) return;
    said = 'nothing';
    log.info('role.taken', { role: name });
    const lifetime = createLifetime();
    // At once, so that nothing else is begun; what is in progress finds that it can't write.
    const stop = lifetime.keep();
    lease.lost.addEventListener('abort', () => void stop().catch(() => undefined), { once: true });
    try {
      held = { lease, lifetime, work: await prepare(lease, lifetime) };
    } catch (error) {
      const isOver = await isLost(lease);
      if (isOver) sayLost(lease, error);
      await letGo(lease, lifetime);
      if (!isOver) throw error;
    }
  }

  /** What fails because the database is gone, fails a moment before the lease does. */
  async function isLost({ lost, store }: Lease): Promise<boolean> {
    if (lost.aborted || !database.isShared) return lost.aborted;
    return store.check().then(
      () => false,
      () => true,
    );
  }

  const sayLost = ({ lost }: Lease, error: unknown): void =>
    log.warn('role.lost', { role: name, reason: reasonOf(lost.aborted ? lost.reason : error) });

  async function publish({ report }: RoleWork, lease: Lease, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // A lease that is about to be lost says so itself.
      await lease
        .report(report())
        .catch((error: unknown) => log.debug('role.unreported', { role: name, error }));
      await clock.wait(REPORT_EVERY_MS, signal);
    }
  }

  /** Ends the work, finishing what can be finished, and the lease. */
  async function letGo(lease: Lease, lifetime: Lifetime): Promise<void> {
    try {
      await lifetime.keep()();
    } catch (error) {
      // Without the lease, closing may fail to write.
      if (!(await isLost(lease))) throw error;
      log.debug('role.unfinished', { role: name, error });
    } finally {
      held = undefined;
      await lease.release();
    }
  }

  function begin({ lease, lifetime, work }: Held): void {
    work.start();
    lifetime.run(publish(work, lease, lifetime.signal));
  }

  /** Resolves when the role is over: the signal aborted, or it was lost. Rejects if its work fails. */
  async function work(one: Held, signal: AbortSignal): Promise<void> {
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    const ending = AbortSignal.any([signal, one.lease.lost]);
    ending.addEventListener('abort', () => end());
    if (ending.aborted) end();
    try {
      if (!ending.aborted) begin(one);
      await Promise.race([over, one.lifetime.failed]);
      if (one.lease.lost.aborted) sayLost(one.lease, undefined);
    } catch (error) {
      // What fails after the loss fails because of it.
      if (!(await isLost(one.lease))) throw error;
      sayLost(one.lease, error);
    } finally {
      await letGo(one.lease, one.lifetime);
    }
  }

  /** Waits until the role may be free. */
  async function standBy(signal: AbortSignal): Promise<void> {
    const wakeSignal = createWakeSignal();
    const unwatch = database.watch('roles', wakeSignal.notify);
    await wakeSignal.waitOr((over) => clock.wait(ASK_EVERY_MS, AbortSignal.any([signal, over])));
    unwatch();
  }

  return {
    name,
    state: () => (held && !held.lease.lost.aborted ? 'active' : 'standby'),
    lease: () => (held?.lease.lost.aborted ? undefined : held?.lease),
    take,
    async run(signal) {
      while (!signal.aborted) {
        if (held) await work(held, signal);
        else await standBy(signal);
        if (!held && !signal.aborted) await take();
      }
      if (held) await letGo(held.lease, held.lifetime);
    },
  };
}

const reasonOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));
