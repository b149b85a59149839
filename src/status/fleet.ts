import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { PlatformObstacle } from '../platform/platform.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { RelayState } from '../relays/relay-stream.ts';
import { formatRole, parseRole, type Role, type RoleName } from '../roles/role-names.ts';
import type { Database, RoleHolder } from '../store/database.ts';
import type { HealthErrors } from './health.ts';

/** How often the other processes' reports are read. */
const LOOK_EVERY_MS = 3_000;
/** A process that hasn't reported for this long doesn't do its work: three reports missed, and time for a standby. */
const SILENT_AFTER_MS = 12_000;

/** How a role is doing, as the process that has it reports to the others. Stored as JSON. */
export interface RoleReport {
  /** What is wrong, by the names of `/healthz`: `relays`, or a platform's. */
  readonly errors: HealthErrors;
  /** Of the role `relay`. */
  readonly relays?: readonly RelayState[];
  /** Of a platform. */
  readonly obstacle?: PlatformObstacle;
  readonly link?: string;
  /** Milliseconds the clock is ahead, by the server that says so. */
  readonly clockOffsetsMs: Readonly<Record<string, number>>;
}

/** Who does the work of a role, and how it is going. */
export interface RoleState {
  readonly role: Role;
  /** This process does. */
  readonly isOwn: boolean;
  /** Hasn't reported for a while: it has ended, or can't reach the database. */
  readonly isSilent: boolean;
  /** Another process. */
  readonly holder?: Pick<RoleHolder, 'pid' | 'host' | 'sinceMs'>;
  readonly report: RoleReport;
}

/** All processes that share the database, as this one knows them. */
export interface Fleet {
  /** From now on this process does that work, until the signal aborts. */
  join(role: Role, report: () => RoleReport, signal: AbortSignal): void;
  /** The known states of all roles; own ones are always up to date. */
  states(): readonly RoleState[];
  /** Which of `expected` nobody does the work of: those of this process's configuration. */
  missing(): readonly RoleName[];
  /** The relays and their states, as the role `relay` reports them. */
  relays(): readonly RelayState[];
  /** What is wrong with the roles of this process, or with all others. Roles that nobody has are elsewhere, if they can be. */
  errors(where: 'here' | 'elsewhere'): HealthErrors;
  /** Reads the reports of the other processes. Never rejects. */
  look(): Promise<void>;
  /** Does so every few seconds until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

interface FleetParts {
  readonly database: Pick<Database, 'holders' | 'isShared'>;
  /** Roles that there is work for. */
  readonly expected: readonly RoleName[];
  readonly clock: Clock;
  readonly log: Log;
}

const NOBODY = 'no process does this work at the moment';

/** The name of a role's check in `/healthz`. */
export const checkName = (role: RoleName): 'relays' | PlatformName => (role === 'relay' ? 'relays' : role);

export function createFleet({ database, expected, clock, log }: FleetParts): Fleet {
  const own = new Map<string, { readonly role: Role; readonly report: () => RoleReport }>();
  let others = new Map<string, RoleHolder & { readonly seenAtMs: number }>();

  /** Clocks differ, so a report is as old as it has been known here. */
  async function look(): Promise<void> {
    try {
      const holders = await database.holders();
      others = new Map(
        holders.map((holder) => {
          const before = others.get(holder.role);
          const isNew = holder.reportedMs !== before?.reportedMs;
          return [holder.role, { ...holder, seenAtMs: isNew ? clock.steady() : before.seenAtMs }];
        }),
      );
    } catch (error) {
      // The health check of the store says so.
      log.debug('role.unread', { error });
    }
  }

  function stateOf({
    seenAtMs,
    ...holder
  }: RoleHolder & { readonly seenAtMs: number }): readonly RoleState[] {
    const role = parseRole(holder.role);
    if (typeof role === 'string' || own.has(holder.role)) return [];
    const report = parseReport(holder.report);
    const isSilent = !report || clock.steady() - seenAtMs > SILENT_AFTER_MS;
    return [{ role, isOwn: false, isSilent, holder, report: report ?? NOTHING }];
  }

  const states = (): readonly RoleState[] => [
    ...[...own.values()].map(({ role, report }) => ({
      role,
      isOwn: true,
      isSilent: false,
      report: report(),
    })),
    ...[...others.values()].flatMap(stateOf),
  ];
  const missing = (): readonly RoleName[] => {
    const present = new Set(states().flatMap(({ role, isSilent }) => (isSilent ? [] : [role.name])));
    return expected.filter((name) => !present.has(name));
  };
  const errorsOf = (some: readonly RoleState[]): HealthErrors =>
    Object.assign({}, ...some.map(({ report }) => report.errors));

  return {
    join(role, report, signal) {
      const name = formatRole(role);
      own.set(name, { role, report });
      signal.addEventListener('abort', () => own.delete(name), { once: true });
    },
    states,
    missing,
    relays: () => states().find(({ role }) => role.name === 'relay')?.report.relays ?? [],
    errors(where) {
      const isHere = where === 'here';
      const some = states().filter(({ isOwn, isSilent }) => isOwn === isHere && !isSilent);
      const unattended = isHere === database.isShared ? [] : missing();
      return {
        ...errorsOf(some),
        ...Object.fromEntries(unattended.map((name) => [checkName(name), NOBODY])),
      };
    },
    look,
    async run(signal) {
      if (!database.isShared) return;
      while (!signal.aborted) {
        await look();
        await clock.wait(LOOK_EVERY_MS, signal);
      }
    },
  };
}

const NOTHING: RoleReport = { errors: {}, clockOffsetsMs: {} };

/** `undefined` if it isn't one, or not one of this version. */
function parseReport(json: string): RoleReport | undefined {
  try {
    const parsed = JSON.parse(json) as Partial<RoleReport> | null;
    return parsed?.errors && parsed.clockOffsetsMs ? { ...NOTHING, ...parsed } : undefined;
  } catch {
    // A process that has just taken the role hasn't reported yet.
    return undefined;
  }
}
