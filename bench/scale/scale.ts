import { findPrograms } from '../../test/store/postgres/throw-away-server.ts';
import type { Measurement, Run, Size, Table } from '../measurement.ts';
import { withServer } from '../postgres/server.ts';
import { type Environment, withEnvironment } from '../wire/environment.ts';
import { type Broadcast, broadcast } from './broadcast.ts';
import { type ChatDatabase, postgresChats, sqliteChats } from './chats.ts';
import { MAX_CONCURRENCY, type Start, shardsFor, startWith } from './guilds.ts';
import { type BroadcastTimes, broadcastTimes, type PassingTimes, passingTimes } from './store-times.ts';

interface ScaleSize {
  readonly chats: number;
  readonly servers: number;
  /** Of one broadcast, how many are waited for. */
  readonly messages: number;
  /** How many are recorded without a platform. */
  readonly recorded: number;
}

const SIZES: Readonly<Record<Size, ScaleSize>> = {
  full: { chats: 1_000_000, servers: 100_000, messages: 100_000, recorded: 30_000 },
  quick: { chats: 2_000, servers: 40, messages: 500, recorded: 500 },
};
/** Messages a second on Telegram, for free and paid. */
const RATES = { free: 25, paid: 1_000 };
const HOUR_MS = 3_600_000;

const number = (value: number): string => value.toLocaleString('en');

async function measureServers(data: string, servers: number, database: string | undefined): Promise<Table> {
  const started = (...options: readonly [count: number, roles: readonly string[], url?: string]) =>
    withEnvironment(data, (stage) => startWith(stage, ...options));
  const [empty] = await started(0, ['']);
  const [all] = await started(servers, ['']);
  const total = shardsFor(servers);
  const middle = Math.floor(total / 2);
  const split = [`relay,discord:0-${middle - 1}/${total}`, `discord:${middle}-${total - 1}/${total}`];
  const halves = database === undefined ? [] : await started(servers, split, database);
  const row = (what: string, start: Start | undefined, share: number) =>
    start && empty
      ? [{ what, ...start, perServer: share > 0 ? (start.heapUsed - empty.heapUsed) / share / 1024 : 0 }]
      : [];
  return {
    about: [
      `${number(servers)} Discord servers with 10 channels and 8 roles each, on shards of a thousand: from the start of a process until it knows its servers,`,
      `and what it holds then, after garbage collection. ${MAX_CONCURRENCY} shards at a time log in, every 5 seconds; Discord allows a bot of that size 1, which takes ${MAX_CONCURRENCY} times as long.`,
    ].join(' '),
    columns: {
      what: { head: 'process' },
      ms: { head: 'start', as: 'ms' },
      processorMs: { head: 'processor time', as: 'ms' },
      pauseMs: { head: 'longest pause', as: 'ms' },
      rss: { head: 'resident', as: 'megabytes' },
      peakRss: { head: 'at most', as: 'megabytes' },
      heapUsed: { head: 'heap in use', as: 'megabytes' },
      perServer: { head: 'KB per server', as: 'decimal' },
    },
    rows: [
      ...row('without servers', empty, 0),
      ...row('one for all', all, servers),
      ...halves.flatMap((half, index) => row(`${index + 1} of 2, on PostgreSQL`, half, servers / 2)),
    ],
  };
}

interface ChatFigures extends PassingTimes, BroadcastTimes {
  readonly engine: string;
  readonly sent: Broadcast;
}

async function measureChats(
  stage: Environment,
  database: ChatDatabase,
  { chats, messages, recorded }: ScaleSize,
): Promise<ChatFigures> {
  await database.fill(chats);
  const passing = await database.use(passingTimes);
  await database.settle();
  const broadcasting = await database.use((store) => broadcastTimes(store, recorded));
  await database.settle();
  const sent = await broadcast(stage, database, messages);
  return { engine: database.engine, ...passing, ...broadcasting, sent };
}

function chatTables(
  figures: readonly ChatFigures[],
  { chats, messages, recorded }: ScaleSize,
): readonly Table[] {
  const ms = (head: string) => ({ head, as: 'ms' as const });
  return [
    {
      about: [
        `One note to ${number(chats)} Telegram chats, as fast as it goes: the first ${number(messages)} messages, from the twentieth part of them on.`,
        'All of them is extrapolated. Processor time is that of the program, without the database server.',
      ].join(' '),
      columns: {
        engine: { head: 'engine' },
        perSecond: { head: 'messages per second', as: 'count' },
        free: { head: `vs ${RATES.free} a second`, as: 'times' },
        paid: { head: `vs ${number(RATES.paid)} (paid)`, as: 'times' },
        hours: { head: 'hours for all', as: 'decimal' },
        processorMs: { head: 'processor ms per message', as: 'decimal' },
        rss: { head: 'resident', as: 'megabytes' },
        peakRss: { head: 'at most', as: 'megabytes' },
        heapUsed: { head: 'heap in use', as: 'megabytes' },
      },
      rows: figures.map(({ engine, sent }) => ({
        engine,
        ...sent,
        free: sent.perSecond / RATES.free,
        paid: sent.perSecond / RATES.paid,
        hours: ((chats / sent.perSecond) * 1_000) / HOUR_MS,
      })),
    },
    {
      about: [
        `The store alone, with ${number(chats)} chats that are up to date. A note that half of them don't want: until readers of the store see it, until the first task for it is found,`,
        'until the others have been passed over.',
      ].join(' '),
      columns: {
        engine: { head: 'engine' },
        visible: ms('visible'),
        firstTask: ms('first task'),
        accepted: ms('all passed over'),
        pause: ms('longest pause'),
      },
      rows: figures.map(({ engine, visible, firstTask, accepted, pause }) => ({
        engine,
        visible,
        firstTask,
        accepted,
        pause,
      })),
    },
    {
      about: `A note that all of them want: one query for tasks, at the beginning and after ${number(recorded)} messages were recorded; and the totals of \`/status\` while all of them wait.`,
      columns: {
        engine: { head: 'engine' },
        looks: ms('query for tasks, p50'),
        looksLater: ms('later, p50'),
        looksP99: ms('p99 of all'),
        totals: ms('totals, p50'),
      },
      rows: figures.map(({ engine, looks, looksLater, looksP99, totals }) => ({
        engine,
        looks,
        looksLater,
        looksP99,
        totals,
      })),
    },
  ];
}

async function measure({ size, data, chats, servers }: Run): Promise<readonly Table[]> {
  const sized = SIZES[size];
  const wanted: ScaleSize = {
    ...sized,
    chats: chats ?? sized.chats,
    servers: servers ?? sized.servers,
    messages: Math.min(sized.messages, chats ?? sized.chats),
    recorded: Math.min(sized.recorded, chats ?? sized.chats),
  };
  const programs = findPrograms();
  const onSqlite = await withEnvironment(data, (stage) =>
    measureChats(stage, sqliteChats(stage.folder), wanted),
  );
  const onPostgres =
    programs === undefined
      ? []
      : [
          await withServer(programs, (url) =>
            withEnvironment(data, (stage) => measureChats(stage, postgresChats(url), wanted)),
          ),
        ];
  const onServers =
    programs === undefined
      ? await measureServers(data, wanted.servers, undefined)
      : await withServer(programs, (url) => measureServers(data, wanted.servers, url));
  return [onServers, ...chatTables([onSqlite, ...onPostgres], wanted)];
}

/** The program with very many chats and servers. */
export const scale: Measurement = { name: 'scale', run: measure };
