import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { commands } from '../../commands/index.ts';
import { startApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config/config.ts';
import { createLog, silentLog } from '../../src/lib/log.ts';
import type { Rate } from '../../src/lib/rate-limiter.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { serve } from './child-process.ts';

/** The program in its own process, optionally without its rate limits. */

const UNLIMITED: Rate = { count: 1_000_000_000, perMs: 1 };

interface Start {
  readonly env: Readonly<Record<string, string>>;
  /** Who has subscribed. */
  readonly destinations: readonly string[];
  readonly limited: boolean;
}

const program = {
  async start({ env, destinations, limited }: Start): Promise<void> {
    const config = readConfig(env, false);
    const { database } = config;
    if (database.engine !== 'sqlite') throw new Error('This program runs on SQLite');
    const store = openStore({ path: database.path, log: silentLog, noteFrom: eventToNote });
    const wish = { source: 'command' } as const;
    await Promise.all(destinations.map((id) => store.destinations.subscribe({ id, ...wish })));
    await store.close();
    await startApp(limited ? config : unlimited(config), {
      commands,
      log: createLog({
        level: config.logLevel,
        format: config.logFormat,
        secrets: [env['DISCORD_TOKEN'] ?? '', env['TELEGRAM_TOKEN'] ?? ''],
        write: (line) => process.stderr.write(`${line}\n`),
        now: () => new Date(),
      }),
    });
  },
  /** Its memory after garbage collection. */
  memory(): Memory {
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heapUsed };
  },
};

/** Bytes. */
export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function unlimited({ discord, telegram, ...config }: Config): Config {
  const pace = { global: UNLIMITED, destination: () => UNLIMITED };
  return {
    ...config,
    ...(discord && { discord: { ...discord, pace } }),
    ...(telegram && { telegram: { ...telegram, pace } }),
  };
}

export type Program = typeof program;

serve(program);
