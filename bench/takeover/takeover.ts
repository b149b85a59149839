import { Client } from 'pg';
import { createThrowAwayServer, findPrograms } from '../../test/store/postgres/throw-away-server.ts';
import type { Measurement, Run, Size, Table } from '../measurement.ts';
import { median } from '../timing.ts';
import { withEnvironment } from '../wire/environment.ts';
import type { FaultName, Rounds, Times } from './round.ts';

const ROUNDS: Readonly<Record<Size, number>> = { full: 5, quick: 1 };
/** At most, in milliseconds. */
const TARGETS: Readonly<Record<FaultName, number>> = {
  SIGTERM: 1_000,
  SIGKILL: 5_000,
  SIGSTOP: 5_000,
  'connections cut': 5_000,
  'network silent': 5_000,
};

/** An empty database on the server. */
async function createDatabase(url: string, name: string): Promise<void> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
}

async function measure({ size, data }: Run): Promise<readonly Table[]> {
  const programs = findPrograms();
  if (programs === undefined)
    return [{ about: 'Not measured: this machine has no PostgreSQL.', columns: {}, rows: [] }];
  const server = createThrowAwayServer(programs, []);
  let databases = 0;

  /** Each in a new database, with new processes. */
  async function round(fault: FaultName): Promise<Times> {
    databases += 1;
    const name = `round_${databases}`;
    await createDatabase(server.url('postgres'), name);
    return withEnvironment(data, ({ start }) =>
      start<Rounds>('../takeover/round.ts').call('takeover', { database: server.url(name), fault }),
    );
  }

  try {
    await server.start();
    const rows: Table['rows'][number][] = [];
    for (const [fault, target] of Object.entries(TARGETS) as [FaultName, number][]) {
      const rounds: Times[] = [];
      for (let n = 0; n < ROUNDS[size]; n += 1) rounds.push(await round(fault));
      rows.push({
        fault,
        discord: median(rounds.map(({ discord }) => discord)),
        telegram: median(rounds.map(({ telegram }) => telegram)),
        longest: Math.max(...rounds.flatMap(({ discord, telegram }) => [discord, telegram])),
        target,
      });
    }
    return [
      {
        about: `Two processes on one PostgreSQL; something happens to the one that sends. From there to the first message of the other, over the wire: medians of ${ROUNDS[size]}.`,
        columns: {
          fault: { head: 'what happens to the owner' },
          discord: { head: 'Discord', as: 'ms' },
          telegram: { head: 'Telegram', as: 'ms' },
          longest: { head: 'longest', as: 'ms' },
          target: { head: 'target, at most', as: 'ms' },
        },
        rows,
      },
    ];
  } finally {
    await server.kill();
    server.remove();
  }
}

/** How long until a standby sends, once the owner can't. */
export const takeover: Measurement = { name: 'takeover', run: measure };
