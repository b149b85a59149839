import { join } from 'node:path';
import type { Environment } from '../wire/environment.ts';
import { settingsFor, startServers } from '../wire/environment.ts';
import type { Memory, Program, Usage } from '../wire/program.ts';

/** What Discord recommends (Gateway, Sharding). */
const SERVERS_PER_SHARD = 1_000;
/** Discord gives 1 to a bot of that size, and 16 to the largest (Gateway, Sharding, Max Concurrency). */
export const MAX_CONCURRENCY = 4;
const IDENTIFY_EVERY_MS = 5_000;

export interface Start extends Memory, Usage {
  /** From the start of the process until all servers are known. */
  readonly ms: number;
}

export const shardsFor = (servers: number): number => Math.max(2, Math.ceil(servers / SERVERS_PER_SHARD));

/** Starts one process for each list of roles, all at once, with so many servers between them; without `database` on SQLite. */
export async function startWith(
  stage: Environment,
  servers: number,
  roles: readonly string[],
  database = `sqlite:${join(stage.folder, `servers-${servers}.db`)}`,
): Promise<readonly Start[]> {
  const { servers: platforms, at } = await startServers(stage, {
    channels: 0,
    limited: false,
    guilds: {
      count: servers,
      identifies: { maxConcurrency: MAX_CONCURRENCY, everyMs: IDENTIFY_EVERY_MS },
    },
  });
  const { TELEGRAM_TOKEN: _, TELEGRAM_API_URL: __, ...env } = settingsFor(at, '');
  const starts = await Promise.all(
    roles.map(async (some) => {
      const began = performance.now();
      const program = stage.start<Program>('./program.ts');
      await program.call('start', {
        env: { ...env, DATABASE_URL: database, ...(some && { ROLES: some }) },
        destinations: [],
        limited: true,
      });
      const { guilds } = JSON.parse(await program.call('logged', 'gateway.ready')) as {
        readonly guilds: number;
      };
      const ms = performance.now() - began;
      return {
        program,
        ms,
        guilds,
        usage: await program.call('usage'),
        memory: await program.call('memory'),
      };
    }),
  );
  await Promise.all([...starts.map(({ program }) => program.stop()), platforms.stop()]);
  const known = starts.reduce((sum, { guilds }) => sum + guilds, 0);
  if (known !== servers) throw new Error(`Of ${servers} servers, ${known} were known at the end`);
  return starts.map(({ ms, usage, memory }) => ({ ms, ...usage, ...memory }));
}
