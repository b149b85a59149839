import { expect, onTestFinished } from 'vitest';
import { commands } from '../../commands/index.ts';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { createLog, silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { Role } from '../../src/roles/role-names.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { createSharedDatabase } from '../roles/shared-database.fixture.ts';
import { startEnvironment } from './environment.fixture.ts';
import type { LogLine } from './program.fixture.ts';

type World = Awaited<ReturnType<typeof startEnvironment>>;

/** Polls until it is so. */
export async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(isSo, { timeout: 25_000, interval: 50 }).toBe(true);
}

export const numbers = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `Tide ${from + index}.`);

/** Publishes new notes, each dated at least a second after the one before. */
export function publisher({ relay, author }: Pick<World, 'relay' | 'author'>) {
  let createdAt = 0;
  return (texts: readonly string[]): void => {
    for (const text of texts) {
      createdAt = Math.max(Math.floor(Date.now() / 1000), createdAt) + 1;
      relay.publish(author.note(text, { createdAt }));
    }
  };
}

/** Several programs in this process that share one database. */
export async function startFleet(options?: Parameters<typeof startEnvironment>[0]) {
  const world: World = await startEnvironment(options);
  const store = openStore({ path: ':memory:', log: silentLog, noteFrom: eventToNote });
  onTestFinished(store.close);
  const database = createSharedDatabase(store);
  let pid = 0;

  /** A program with these roles, ready as far as it can be. */
  async function start(roles: readonly Role['name'][], env: Readonly<Record<string, string>> = {}) {
    pid += 1;
    const own = database.process(pid);
    const lines: LogLine[] = [];
    const log = createLog({
      level: 'debug',
      format: 'json',
      secrets: [],
      write: (line) => lines.push(JSON.parse(line) as LogLine),
      now: () => new Date(),
    });
    const config = { ...readConfig({ ...world.env, ...env }, false), roles: roles.map((name) => ({ name })) };
    const app = await startApp(config, { commands, log, openDatabase: async () => own });
    app.failed.catch(() => undefined);
    onTestFinished(() => app.stop());
    const has = (event: string, fields: Readonly<Record<string, unknown>> = {}): boolean =>
      lines.some(
        (line) =>
          line.event === event && Object.entries(fields).every(([name, value]) => line[name] === value),
      );
    return {
      ...app,
      pid,
      lines,
      has,
      logged: (event: string, fields?: Readonly<Record<string, unknown>>) =>
        eventually(() => has(event, fields)),
      health: async () => {
        const response = await fetch(`${app.statusUrl}/healthz`);
        return { code: response.status, ...((await response.json()) as Readonly<Record<string, unknown>>) };
      },
      page: async () => (await fetch(app.statusUrl)).text(),
    };
  }
  const publish = publisher(world);
  return { ...world, database, publish, start };
}
