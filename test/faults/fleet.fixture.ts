import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { startEnvironment, type TestEnvironment } from '../e2e/environment.fixture.ts';
import type { Program } from '../e2e/program.fixture.ts';
import type { TestServer } from '../store/postgres/server.fixture.ts';
import { addressOf, type NetworkPath, openPath } from './network-path.ts';

const ROLES = ['relay', 'discord', 'telegram'] as const;

/** A request that makes, changes or removes a message, as the network saw it. */
const CHANGES_MESSAGES =
  /^POST \S*\/(?:send|edit|delete)[A-Z]\w* |^(?:POST|PATCH|DELETE) \S*\/channels\/\d+\/messages\S* /gmu;

/** One process, with networks of its own. */
export interface Member extends Program {
  /** To the database. */
  readonly path: NetworkPath;
  /** The requests that change messages, as they left it. */
  readonly requests: readonly string[];
  /** It has all roles, and they work. */
  leads(): Promise<void>;
  /** It waits for all roles, as it says in this line of its log or later. */
  standsBy(from?: number): Promise<void>;
}

/** Several processes on one PostgreSQL, and the platforms and the relay around them. */
export interface Fleet extends TestEnvironment {
  readonly server: TestServer;
  /** All that were started. */
  readonly members: readonly Member[];
  launch(options?: LaunchOptions): Promise<Member>;
  /** All rows of the first column. */
  ask<T>(sql: string): Promise<readonly T[]>;
  /** The database of all, past every path. */
  readonly databaseUrl: string;
}

interface LaunchOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
}

export async function startFleet(server: TestServer): Promise<Fleet> {
  const world = await startEnvironment();
  const databaseUrl = await server.createDatabase();
  const members: Member[] = [];

  async function pathTo(to: Parameters<typeof openPath>[0]): Promise<NetworkPath> {
    const path = await openPath(to);
    onTestFinished(path.close);
    return path;
  }

  /** The API over a path of its own, which notes what passes. */
  async function watched(apiUrl: string, requests: string[]): Promise<string> {
    const url = new URL(apiUrl);
    const path = await pathTo({ host: url.hostname, port: Number(url.port) });
    path.onSent((bytes) => requests.push(...(bytes.toString('latin1').match(CHANGES_MESSAGES) ?? [])));
    url.port = String(path.port);
    return url.href.replace(/\/$/u, '');
  }

  return {
    ...world,
    server,
    databaseUrl,
    members,
    async launch({ env = {}, command } = {}) {
      const requests: string[] = [];
      const path = await pathTo(addressOf(databaseUrl));
      const url = new URL(databaseUrl);
      url.searchParams.delete('host');
      url.searchParams.set('sslmode', 'disable');
      url.host = `127.0.0.1:${path.port}`;
      const program = world.start(
        {
          DATABASE_URL: url.href,
          DISCORD_API_URL: await watched(world.env.DISCORD_API_URL, requests),
          TELEGRAM_API_URL: await watched(world.env.TELEGRAM_API_URL, requests),
          CATCH_UP_AFTER: '0',
          ...env,
        },
        command,
      );
      const all = (event: string, from = 0): Promise<unknown> =>
        Promise.all(
          ROLES.map((name) =>
            program.logged(event, (line) => line['role'] === name && program.lines.indexOf(line) >= from),
          ),
        );
      const member: Member = {
        ...program,
        path,
        requests,
        leads: async () => {
          await all('role.taken');
          await program.ready();
        },
        standsBy: async (from) => void (await all('role.awaited', from)),
      };
      members.push(member);
      return member;
    },
    async ask<T>(sql: string) {
      const client = new Client({ connectionString: databaseUrl });
      client.on('error', () => undefined);
      await client.connect();
      try {
        const { rows } = await client.query<Record<string, T>>(sql);
        return rows.map((row) => Object.values(row)[0] as T);
      } finally {
        await client.end();
      }
    },
  };
}

/** Ends all sessions of the program, as an operator would. */
export const endSessions = async ({ ask }: Fleet): Promise<void> =>
  void (await ask(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'postrider' AND datname = current_database()",
  ));
