import type { ClientBase } from 'pg';
import { isTransient } from './postgres-errors.ts';
import { together } from './sql.ts';

/** One change: runs its statements on the connection of a transaction. May run twice, so it changes only the database. */
export type Change<Result> = (on: ClientBase) => Promise<Result>;

/**
 * Runs changes on one connection, gathered into transactions, because each commit waits for the disk and most changes
 * arrive together.
 */
export interface WriteQueue {
  /**
   * Runs the change soon. Resolves when it is durable; rejects with what the change or the commit threw, and then none of it
   * happened. Changes about different things (destinations) share a transaction and run at the same time, pipelined;
   * changes about the same thing run in order. Without `about` it runs in a transaction of its own.
   */
  write<Result>(change: Change<Result>, about?: string): Promise<Result>;
  /** As `write`, in a transaction of its own; `onVisible` is called once others see it, before it is durable. */
  writeNow<Result>(change: Change<Result>, onVisible?: () => void): Promise<Result>;
  /** Waits for what was requested so far. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly about: string | undefined;
  readonly change: Change<unknown>;
  readonly onVisible?: (() => void) | undefined;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** A crowd of this size doesn't wait for more. */
const MAX_CROWD = 64;
/** How often a change is repeated that lost against another transaction. */
const MAX_TRIES = 5;

export function createWriteQueue(connection: ClientBase): WriteQueue {
  const waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  function add(one: Waiting): void {
    waiting.push(one);
    running ??= run();
  }

  async function run(): Promise<void> {
    // Whatever is requested in the same turn of the event loop belongs to the same crowd.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const crowd = nextCrowd();
      if (crowd.length === 1 || !(await inOne(crowd))) for (const one of crowd) await alone(one);
    }
    // At once, so that nothing is requested in between and then waits for ever.
    running = undefined;
  }

  /** The next change that needs a transaction of its own, or those before it that don't. */
  function nextCrowd(): readonly Waiting[] {
    const end = waiting.findIndex(({ about }) => about === undefined);
    return waiting.splice(0, end === 0 ? 1 : Math.min(end < 0 ? MAX_CROWD : end, MAX_CROWD));
  }

  /** False if one of them failed: then none of them happened. */
  async function inOne(crowd: readonly Waiting[]): Promise<boolean> {
    const byThing = Map.groupBy(crowd, ({ about }) => about);
    const results = new Map<Waiting, unknown>();
    const begun = connection.query('BEGIN');
    try {
      await together([
        begun,
        ...[...byThing.values()].map(async (changes) => {
          for (const one of changes) results.set(one, await one.change(connection));
        }),
      ]);
      await commit();
    } catch {
      await rollBack();
      return false;
    }
    for (const one of crowd) one.resolve(results.get(one));
    return true;
  }

  async function alone(one: Waiting): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        one.resolve(await (one.onVisible ? visibleFirst(one) : transaction(one.change)));
        return;
      } catch (error) {
        if (!isTransient(error) || tries >= MAX_TRIES) return one.reject(error);
      }
    }
  }

  async function transaction<Result>(change: Change<Result>): Promise<Result> {
    const begun = connection.query('BEGIN');
    try {
      const [, result] = await together([begun, change(connection)]);
      await commit();
      return result;
    } catch (error) {
      await rollBack();
      throw error;
    }
  }

  /** The log is durable up to a point, so the commit that follows makes this one durable too. */
  async function visibleFirst({ change, onVisible }: Waiting): Promise<unknown> {
    const result = await transaction(async (on) => {
      await on.query('SET LOCAL synchronous_commit = off');
      return change(on);
    });
    onVisible?.();
    await transaction((on) => on.query("SELECT pg_logical_emit_message(true, 'postrider', '')"));
    return result;
  }

  async function commit(): Promise<void> {
    const { command } = await connection.query('COMMIT');
    // Postgres answers COMMIT with ROLLBACK if a statement has failed.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back');
  }

  /** On a connection that has ended there is nothing to roll back, and the first error says more. */
  const rollBack = (): Promise<unknown> => connection.query('ROLLBACK').catch(() => undefined);

  const request = <Result>(
    change: Change<Result>,
    about: string | undefined,
    onVisible: (() => void) | undefined,
  ): Promise<Result> =>
    new Promise((resolve, reject) => {
      add({ about, change, onVisible, resolve: (result) => resolve(result as Result), reject });
    });

  return {
    write: (change, about) => request(change, about, undefined),
    writeNow: (change, onVisible) => request(change, undefined, onVisible ?? (() => undefined)),
    idle: async () => running,
  };
}
