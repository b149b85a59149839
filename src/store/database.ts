import type { Store } from './store.ts';

/** A process that owns a role. */
export interface RoleHolder {
  /** `relay`, the name of a platform, such a name with a range of shards (`discord:0-15/64`), or `setup`. */
  readonly role: string;
  readonly pid: number;
  readonly host: string;
  /** When it took the role, in milliseconds since 1970. */
  readonly sinceMs: number;
  /** When it last reported, in milliseconds since 1970 by the database's clock. */
  readonly reportedMs: number;
  /** What it reported with `Lease.report`, as JSON. */
  readonly report: string;
}

/** The right to do a role's work, until it is lost or released. At most one process has the lease of a role. */
export interface Lease {
  /** Its writes succeed only while the lease is held: once another process has the role, all of them reject. */
  readonly store: Store;
  /** Aborts when the lease is lost, with the reason: the connection ended, or the database hasn't answered for 3 seconds. */
  readonly lost: AbortSignal;
  /** Whether the database answered within the last 3 seconds. To be asked right before each message is sent. */
  isFresh(): boolean;
  /** Publishes the state of the role for `Database.holders`. */
  report(report: string): Promise<void>;
  /** Lets the role go, so that a standby takes it at once. May be called again. */
  release(): Promise<void>;
}

/** What changed: the journal, the values of a namespace, or who has which role, as far as a holder let it go. */
export type Topic = 'journal' | 'roles' | `values ${string}`;

/**
 * A database that one or several processes use. Work is split by role; whoever has a role's lease does its work and its
 * writes. Reads need no lease.
 */
export interface Database {
  /** Whether several processes may use it at a time. If not, this process gets every role it asks for, and never loses one. */
  readonly isShared: boolean;
  /** For reading, by a process whatever roles it has. Its writes reject on an engine that several processes share. */
  readonly store: Store;
  /**
   * Takes the role, unless another process has it: then `undefined`; ask again soon. Any name will do (see
   * `RoleHolder.role`). Two processes never hold `setup` at a time either, which a process takes for what has to be done
   * once, such as remembering the first start. Rejects if the database can't be reached.
   */
  acquire(role: string): Promise<Lease | undefined>;
  /** Calls the listener soon after a change was committed by another process, or by this one. Returns how to stop that. */
  watch(topic: Topic, listener: () => void): () => void;
  /** The processes that have roles now, or had them last. */
  holders(): Promise<readonly RoleHolder[]>;
  close(): Promise<void>;
}
