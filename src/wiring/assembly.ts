import { hostname } from 'node:os';
import type { InstallLinks, SamplePoster } from '../command/command.ts';
import type { Dispatch } from '../command/dispatch.ts';
import { createGreeting } from '../command/views/greeting.ts';
import { createSharedNotes } from '../command/views/shared-notes.ts';
import { type Config, ConfigError } from '../config/config.ts';
import type { Subscriptions } from '../delivery/subscriptions.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { quoteIfSafe } from '../lib/secret-patterns.ts';
import { createMediaFetch } from '../media/media-fetch.ts';
import { type EventToNote, eventToNote } from '../note/event-to-note.ts';
import type { Author } from '../note/note.ts';
import { createDiscord } from '../platform/discord/discord.ts';
import type { Host, Platform, PlatformName } from '../platform/platform.ts';
import type { Prompt } from '../platform/telegram/commands/prompts.ts';
import type { SetupMessage } from '../platform/telegram/commands/setup-cleanup.ts';
import type { StoredFile } from '../platform/telegram/send/file-id-cache.ts';
import { createTelegram } from '../platform/telegram/telegram.ts';
import type { RelayPool } from '../relays/relay-pool.ts';
import type { HealthCheck } from '../status/health.ts';
import { isConnected } from '../status/report.ts';
import { type StatusServer, type StatusSource, startStatusServer } from '../status/server.ts';
import { type Hold, holdDatabase } from '../store/sqlite/lock.ts';
import { openStore } from '../store/sqlite/open-store.ts';
import type { Stats } from '../store/stats.ts';
import type { Store } from '../store/store.ts';
import type { StoreRetry } from '../store/store-retry.ts';
import type { Values } from '../store/values.ts';
import { hostWithWebClient, platformWithWebClient } from './web-client.ts';

/** How long a start waits for another Postrider to end: rolling updates start the new one before they stop the old one. */
const HELD_MS = 10_000;
const HELD_LOOK_MS = 250;

/** Takes the database for this process; returns what gives it back. Another one that has it is named and waited for. */
async function acquireDatabase({ databasePath: path }: Config, log: Log, clock: Clock, signal: AbortSignal) {
  if (path === ':memory:') return () => undefined;
  const me = { pid: process.pid, host: hostname(), since: new Date(clock.now()).toISOString() };
  const look = (): Hold => asConfigured(() => holdDatabase(path, me));
  const giveUpMs = clock.steady() + HELD_MS;
  let hold = look();
  if (hold.status === 'occupied') log.warn('store.occupied', { path, ...hold.by, waitingMs: HELD_MS });
  while (hold.status === 'occupied' && clock.steady() < giveUpMs && !signal.aborted) {
    await clock.wait(HELD_LOOK_MS, signal);
    hold = look();
  }
  if (hold.status === 'held') return hold.release;
  const by = hold.by ? ` (pid ${hold.by.pid} on ${hold.by.host}, since ${hold.by.since})` : '';
  throw new ConfigError([
    `DATABASE_URL: "${path}" is in use by another Postrider${by}. Stop it or use another database`,
  ]);
}

/** The store that the configuration names, for this process alone. Throws `ConfigError` where it can't be had. */
export async function openConfiguredStore(
  config: Config,
  log: Log,
  clock: Clock,
  signal: AbortSignal,
  readNote: EventToNote,
): Promise<Store> {
  const release = await acquireDatabase(config, log, clock, signal);
  try {
    const options = { path: config.databasePath, noteFrom: eventToNote, readNote, log, now: clock.now };
    const store = asConfigured(() => openStore(options));
    return {
      ...store,
      async close() {
        await store.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** Whatever keeps the database from being used is the operator's to mend. */
function asConfigured<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw new ConfigError([`DATABASE_URL: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

/** The status server where the configuration puts it. Throws `ConfigError` where it can't listen there. */
export async function openStatusServer({ host, port }: Config, source: StatusSource): Promise<StatusServer> {
  try {
    return await startStatusServer(host, port, source);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError([
      `HOST, PORT: can't listen on ${quoteIfSafe(host) ?? 'that host'}, port ${port} (${code})`,
    ]);
  }
}

/** The platforms that have a token. What Telegram has of ours is remembered in the store. */
export function configuredPlatforms(
  { discord, telegram, longNotes, viewer }: Config,
  values: Values,
  log: Log,
): readonly Platform[] {
  const partsFor = <T extends { readonly style: string }>(platform: PlatformName, settings: T) => ({
    ...settings,
    variant: `${settings.style}/${longNotes}`,
    log: log.with({ platform }),
  });
  const media = createMediaFetch({ log });
  const files = values.keyv<StoredFile>('telegram-file');
  const questions = values.keyv<Prompt>('telegram-question');
  const setup = values.keyv<readonly SetupMessage[]>('telegram-setup');
  const platforms = [
    ...(discord ? [createDiscord({ ...partsFor('discord', discord), media })] : []),
    ...(telegram
      ? [createTelegram({ ...partsFor('telegram', telegram), media, files, questions, setup })]
      : []),
  ];
  return platforms.map((platform) => platformWithWebClient(platform, viewer));
}

/** Where anybody gets the bot, on the platforms that have told. */
export function installLinks(platforms: readonly Pick<Platform, 'name' | 'link'>[]): InstallLinks {
  return Object.fromEntries(
    platforms.flatMap(({ name, link }) => {
      const url = link?.();
      return url === undefined ? [] : [[name, url]];
    }),
  );
}

/** The program as the platforms see it. */
export function createHost(
  { viewer }: Config,
  dispatch: Dispatch,
  subscriptions: Pick<Subscriptions, 'left' | 'returned' | 'moved' | 'absent' | 'choices'>,
  { archive, values }: Pick<Store, 'archive' | 'values'>,
  author: () => Author,
  trial: Pick<SamplePoster, 'takeAway'>,
): Host {
  const welcome = createGreeting({ archive, subscriptions, author, shelf: values.keyv('greeted') });
  const tidied = async (destination: string): Promise<void> => {
    await trial.takeAway(destination, await subscriptions.choices(destination));
  };
  return hostWithWebClient(
    { ...dispatch, ...subscriptions, welcome, tidied, share: createSharedNotes(archive, author) },
    viewer,
  );
}

/** The destinations that the operator names. */
export function configuredDestinations(config: Config): readonly string[] {
  return [
    ...(config.discord?.channels ?? []).map((id) => `discord:${id}`),
    ...(config.telegram?.chats ?? []).map((id) => `telegram:${id}`),
  ];
}

/** When this archive was begun, in seconds since 1970: what is dated later is news. Remembered from the first start. */
export async function firstStart(values: Values, nowMs: number): Promise<number> {
  const kept = values.keyv<number>('setting');
  const known = await kept.get('began-at');
  if (known !== undefined) return known;
  const beganAt = Math.floor(nowMs / 1000);
  await kept.set('began-at', beganAt);
  return beganAt;
}

/** What an operator wants to know once every platform is connected, and where it is to nobody, how that changes. */
export async function readiness(stats: Pick<Stats, 'totals'>) {
  const { destinations, notes } = await stats.totals();
  const hint = 'nobody is subscribed yet: run /subscribe in the channel or chat that should get posts';
  return { destinations: destinations.active, notes, ...(destinations.active === 0 && { hint }) };
}

/** What of ours must work, beside the platforms. */
export function coreHealthChecks(
  store: Pick<Store, 'check'>,
  patience: StoreRetry,
  relays: RelayPool,
): readonly HealthCheck[] {
  return [
    { name: 'store', error: () => patience.error() ?? store.check().then(() => undefined) },
    {
      name: 'relays',
      error: () =>
        relays.states().some(isConnected) ? undefined : 'not connected to any relay that shows the posts',
    },
  ];
}

/** The platforms, each with what delivers to it. */
export function platformHealthChecks(
  platforms: readonly Pick<Platform, 'name' | 'trouble'>[],
  deliveries: readonly { error(): string | undefined }[],
): readonly HealthCheck[] {
  return platforms.map((platform, index) => ({
    name: platform.name,
    error: () => deliveries[index]?.error() ?? platform.trouble(),
  }));
}
