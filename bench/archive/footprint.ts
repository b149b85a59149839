import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measurement, Run, Size, Table } from '../measurement.ts';
import { median } from '../timing.ts';
import { type Environment, settingsFor, startServers, withEnvironment } from '../wire/environment.ts';
import type { Memory, Program } from '../wire/program.ts';
import { prepareArchive } from './prepared-archive.ts';
import { type Started, startOnce } from './start-once.ts';
import { channelsOf, type ExpectedMessages, subscribe, wantAll } from './subscribers.ts';

interface FootprintSize {
  readonly notes: number;
  readonly destinations: number;
  /** Destinations that get each of the `broadcasts`: what the platforms allow in about ten seconds. */
  readonly few: number;
  readonly broadcasts: number;
  readonly starts: number;
}

const SIZES: Readonly<Record<Size, FootprintSize>> = {
  full: { notes: 1_000_000, destinations: 100_000, few: 300, broadcasts: 10, starts: 7 },
  quick: { notes: 1_000, destinations: 40, few: 20, broadcasts: 2, starts: 1 },
};
const WANTED = 1.5;

type Env = Readonly<Record<string, string>>;
type Servers = Awaited<ReturnType<typeof startServers>>['servers'];

/** Memory of the program at rest, and after each broadcast. */
async function heldAfter(
  stage: Environment,
  servers: Servers,
  { env, expected, broadcasts, limited }: Broadcasting,
): Promise<readonly Memory[]> {
  const program = stage.start<Program>('./program.ts');
  await program.call('start', { env, destinations: [], limited });
  await servers.call('followed');
  const held = [await program.call('memory')];
  for (let broadcast = 0; broadcast < broadcasts; broadcast += 1) {
    await servers.call('forget');
    await servers.call('publish', { count: 1 });
    await servers.call('gathered', expected);
    held.push(await program.call('memory'));
  }
  await program.stop();
  return held;
}

interface Broadcasting {
  readonly env: Env;
  readonly expected: ExpectedMessages;
  readonly broadcasts: number;
  readonly limited: boolean;
}

async function measureStart(
  starts: number,
  start: (which: 'empty' | 'full') => Promise<Started>,
): Promise<Table['rows'][number]> {
  const ms = { empty: [] as number[], full: [] as number[] };
  // The first start of each is not counted, because it migrates and caches.
  for (let n = 0; n <= starts; n += 1)
    for (const which of ['empty', 'full'] as const) {
      const { ms: took } = await start(which);
      if (n > 0) ms[which].push(took);
    }
  const [full, empty] = [median(ms.full), median(ms.empty)];
  return { what: 'to healthy', full, empty, times: full / empty, wanted: WANTED };
}

async function measure(stage: Environment, { size, data }: Run): Promise<readonly Table[]> {
  const { notes, destinations, few, broadcasts, starts } = SIZES[size];
  const { servers, at } = await startServers(stage, { channels: channelsOf(destinations), limited: false });
  const [empty, full] = [join(stage.folder, 'empty.db'), join(stage.folder, 'full.db')];
  copyFileSync((await prepareArchive(data, notes)).path, full);
  const expected = await subscribe(full, at.channels, destinations, few);
  const env = { empty: settingsFor(at, empty), full: settingsFor(at, full) };

  const start = await measureStart(starts, (which) => startOnce(env[which], stage.folder));
  const nobody = { discord: 0, telegram: 0 };
  const atRest = await heldAfter(stage, servers, {
    env: env.empty,
    expected: nobody,
    broadcasts: 0,
    limited: true,
  });
  const toFew = await heldAfter(stage, servers, { env: env.full, expected, broadcasts, limited: true });
  wantAll(full);
  const everybody = { discord: at.channels.length, telegram: destinations - at.channels.length };
  const toAll = await heldAfter(stage, servers, {
    env: env.full,
    expected: everybody,
    broadcasts: 1,
    limited: false,
  });

  const [least] = atRest;
  const row = (what: string, memory: Memory | undefined) =>
    memory && least
      ? [{ what, ...memory, rssTimes: memory.rss / least.rss, heapTimes: memory.heapUsed / least.heapUsed }]
      : [];
  const [many, everyone] = [notes.toLocaleString('en'), destinations.toLocaleString('en')];
  return [
    {
      about: `With ${many} notes and ${everyone} destinations, from the start of the process until /healthz answers 200: medians of ${starts} starts.`,
      columns: {
        what: { head: 'start' },
        full: { head: 'full', as: 'ms' },
        empty: { head: 'empty', as: 'ms' },
        times: { head: 'vs empty', as: 'times' },
        wanted: { head: 'target, at most', as: 'times' },
      },
      rows: [start],
    },
    {
      about: `What the program holds then, and after each broadcast to ${few} of them, as fast as the platforms allow; after one to all of them, as fast as it goes.`,
      columns: {
        what: { head: 'memory' },
        rss: { head: 'resident', as: 'megabytes' },
        rssTimes: { head: 'vs empty', as: 'times' },
        heapUsed: { head: 'heap in use', as: 'megabytes' },
        heapTimes: { head: 'vs empty', as: 'times' },
      },
      rows: [
        ...row('empty', least),
        ...toFew.flatMap((memory, index) => row(index === 0 ? 'full' : `after broadcast ${index}`, memory)),
        ...row('after one to all', toAll[1]),
      ],
    },
  ];
}

/** Start-up time and memory with a large archive and many destinations. */
export const footprint: Measurement = {
  name: 'footprint',
  run: (run) => withEnvironment(run.data, (stage) => measure(stage, run)),
};
