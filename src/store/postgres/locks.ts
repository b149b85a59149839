import type { ClientBase } from 'pg';
import { LOCK_NAMESPACE } from './migrations/migrate.ts';
import { select } from './sql.ts';

/** A number for a role that every version computes alike (FNV-1a), always odd; the other locks have even ones. */
export function lockKey(role: string): number {
  let hash = 0x81_1c_9d_c5;
  for (const byte of Buffer.from(role)) hash = Math.imul(hash ^ byte, 0x01_00_01_93);
  return hash | 1;
}

/** Key of the lock that every session of a role shares, and that a copy has for itself. */
const USE = 2;
const parameters = { namespace: LOCK_NAMESPACE, key: USE };

const shared = select<{ got: boolean }>(
  'SELECT pg_try_advisory_lock_shared(:namespace::int, :key::int) AS got',
);
const sharedNow = select<{ got: boolean }>(
  'SELECT pg_try_advisory_xact_lock_shared(:namespace::int, :key::int) AS got',
);
const alone = select<{ got: boolean }>('SELECT pg_try_advisory_lock(:namespace::int, :key::int) AS got');
const held = select<{ key: number }>(
  `SELECT objid::bigint AS key FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = :namespace::int::oid
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
);
const known = select<{ name: string; pid: number; host: string }>(
  'SELECT name, pid, host FROM role ORDER BY name',
);

/** Postrider can't be used while its data is copied. */
class BeingCopied extends Error {
  override readonly name = 'BeingCopied';
  constructor() {
    super('it is being copied; start Postrider when `postrider copy` is done');
  }
}

/** Takes part in the use of the database until the session ends. Rejects while it is being copied. */
export async function useDatabase(on: ClientBase): Promise<void> {
  if (!(await shared.get(on, parameters))?.got) throw new BeingCopied();
}

/** Rejects while the database is being copied. */
export async function refuseWhileCopied(on: ClientBase): Promise<void> {
  if (!(await sharedNow.get(on, parameters))?.got) throw new BeingCopied();
}

/** Keeps every program from using the database until the session ends. False if one uses it, or another copy. */
export const useAlone = async (on: ClientBase): Promise<boolean> =>
  (await alone.get(on, parameters))?.got ?? false;

/** The processes that have roles, for people; empty if none is known. */
export async function usersOf(on: ClientBase): Promise<string> {
  const keys = new Set((await held.all(on, { namespace: LOCK_NAMESPACE })).map(({ key }) => key));
  const roles = (await known.all(on)).filter(({ name }) => keys.has(lockKey(name) >>> 0));
  const processes = Map.groupBy(roles, ({ pid, host }) => `pid ${pid} on ${host}`);
  const named = [...processes].map(([name, all]) => `${name}: ${all.map((role) => role.name).join(', ')}`);
  return named.length > 0 ? ` (${named.join('; ')})` : '';
}
