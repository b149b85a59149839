import { stderr, stdin } from 'node:process';
import { createInterface } from 'node:readline';
import { commands } from '../../commands/index.ts';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Database } from '../../src/store/database.ts';
import type { Store } from '../../src/store/store.ts';
import { openConfiguredDatabase } from '../../src/wiring/storage.ts';

// The program with a store that kills it, as SIGKILL would, where standard input says: `before recordIntent telegram`,
// for example, is just before it records its next intent for a Telegram chat.

const log = createLog({
  level: 'debug',
  format: 'json',
  secrets: [],
  write: (line) => stderr.write(`${line}\n`),
  now: () => new Date(),
});

let end = 'never';
createInterface({ input: stdin }).on('line', (line) => {
  end = line;
  log.info('end.chosen', { end });
});

function endAt(moment: string): void {
  if (`${moment}:`.startsWith(`${end}:`) || moment.startsWith(`${end} `))
    process.kill(process.pid, 'SIGKILL');
}

function mortal(store: Store): Store {
  const ports = Object.entries(store).map(([name, part]) => [
    name,
    typeof part === 'object' && name !== 'values' ? mortalPort(part as Port) : (part as unknown),
  ]);
  return Object.fromEntries(ports) as Store;
}

function mortalDatabase(database: Database): Database {
  return {
    ...database,
    store: mortal(database.store),
    async acquire(role) {
      const lease = await database.acquire(role);
      return lease && { ...lease, store: mortal(lease.store) };
    },
  };
}

type Port = Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;

function mortalPort(port: Port): Port {
  const methods = Object.entries(port).map(([name, work]) => {
    const lethal = async (...given: readonly unknown[]): Promise<unknown> => {
      const [platform] = String(given[0]).split(':');
      endAt(`before ${name} ${platform}`);
      const result = await work(...given);
      endAt(`after ${name} ${platform}`);
      return result;
    };
    return [name, lethal] as const;
  });
  return Object.fromEntries(methods);
}

await startApp(readConfig(process.env, false), {
  commands,
  log,
  openDatabase: async (...given) => mortalDatabase(await openConfiguredDatabase(...given)),
});
