import { createRoleCycle, type RoleCycle } from '../roles/role-cycle.ts';
import type { Role } from '../roles/role-names.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import type { Context } from './context.ts';
import { preparePlatformRole } from './platform-role.ts';
import { prepareRelayRole } from './relay-role.ts';
import type { SharedParts } from './shared-parts.ts';

/** The roles of this process, those it waits for among them. */
export interface Roles {
  /** `active` or `standby`, by role. */
  states(): Readonly<Record<string, ReturnType<RoleCycle['state']>>>;
  /** Where this process may write, whatever for; `undefined` while it has no role. */
  writable(): Store | undefined;
  /** Takes those that are free, and prepares their work. Throws `ConfigError` for anything only the operator can fix. */
  take(shared: SharedParts): Promise<void>;
  /** Begins the work, or waits for it. */
  start(): void;
}

export function createRoles(
  { roles, database }: { readonly roles: readonly Role[]; readonly database: Database },
  context: Context,
): Roles {
  let cycles: readonly RoleCycle[] = [];
  const cycleOf = (role: Role, shared: SharedParts): RoleCycle =>
    createRoleCycle({
      ...context,
      role,
      database,
      prepare(lease, lifetime) {
        const own: Context = { ...context, lifetime, signal: lifetime.signal };
        return role.name === 'relay'
          ? prepareRelayRole(shared, lease, own)
          : preparePlatformRole(shared, role.name, { role, lease }, own);
      },
    });
  return {
    states: () => Object.fromEntries(cycles.map(({ name, state }) => [name, state()])),
    writable: () =>
      database.isShared ? cycles.flatMap(({ lease }) => lease()?.store ?? [])[0] : database.store,
    async take(shared) {
      cycles = roles.map((role) => cycleOf(role, shared));
      for (const cycle of cycles) await cycle.take();
    },
    start() {
      for (const { run } of cycles) context.lifetime.run(run(context.signal));
    },
  };
}
