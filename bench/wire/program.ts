import { monitorEventLoopDelay } from 'node:perf_hooks';
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
  /** Who has subscribed, on SQLite. */
  readonly destinations: readonly string[];
  readonly limited: boolean;
}

const pauses = monitorEventLoopDelay({ resolution: 10 });
pauses.enable();
const heard: string[] = [];
let look = (): void => {};

async function subscribeAll(database: Config['database'], destinations: readonly string[]): Promise<void> {
  if (database.engine !== 'sqlite') throw new Error('They subscribe on SQLite');
  const store = openStore({ path: database.path, log: silentLog, noteFrom: eventToNote });
  const wish = { source: 'command' } as const;
  await Promise.all(destinations.map((id) => store.destinations.subscribe({ id, ...wish })));
  await store.close();
}

const program = {
  async start({ env, destinations, limited }: Start): Promise<void> {
    const config = readConfig(env, false);
    if (destinations.length > 0) await subscribeAll(config.database, destinations);
    await startApp(limited ? config : unlimited(config), {
      commands,
      log: createLog({
        level: config.logLevel,
        format: config.logFormat,
        secrets: [env['DISCORD_TOKEN'] ?? '', env['TELEGRAM_TOKEN'] ?? ''],
        write(line) {
          process.stderr.write(`${line}\n`);
          heard.push(line);
          look();
        },
        now: () => new Date(),
      }),
    });
  },
  /** Resolves with the line of the log that has the event. */
  logged: (event: string): Promise<string> =>
    new Promise((resolve) => {
      look = () => {
        const found = heard.find((line) => line.includes(`"event":"${event}"`));
        if (found !== undefined) resolve(found);
      };
      look();
    }),
  /** Since its start. */
  usage(): Usage {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    return {
      processorMs: (userCPUTime + systemCPUTime) / 1_000,
      peakRss: maxRSS * 1024,
      pauseMs: pauses.max / 1e6,
    };
  },
  /** Its memory after garbage collection. */
  memory(): Memory {
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heapUsed };
  },
};

/** Milliseconds and bytes. */
export interface Usage {
  readonly processorMs: number;
  readonly peakRss: number;
  /** The longest pause of the event loop. */
  readonly pauseMs: number;
}

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
