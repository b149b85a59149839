import { openPseudonyms } from '../author-inbox/pseudonym.ts';
import type { Config } from '../config/config.ts';
import type { Lease } from '../store/database.ts';
import { type FollowedAuthor, openAuthor } from './author.ts';
import type { Context } from './context.ts';
import { type NewsDates, newsDates } from './news.ts';
import type { SharedStorage } from './storage.ts';

/** What is decided at the very first start, and the same for all processes from then on. */
export interface SetUp {
  readonly author: FollowedAuthor;
  readonly news: NewsDates;
  /** The name under which the author sees a reader. */
  pseudonymOf(user: string): string;
}

/** How soon to ask again while another process sets up. */
const POLL_MS = 250;

/** Sets up the database, or reads what was set up before: one process at a time. Throws `ConfigError`, see `openAuthor`. */
export async function setUp(
  config: Config,
  storage: SharedStorage,
  nowMs: number,
  context: Context,
  fetchUrl?: typeof fetch,
): Promise<SetUp> {
  const { database } = storage;
  const lease = await onlyOne(storage, context);
  try {
    const { values } = lease.store;
    const author = await openAuthor(config, { values, kept: database.store.values }, context, fetchUrl);
    const { log, lifetime } = context;
    const reload = (): void =>
      void author.metadata.reload().catch((error: unknown) => log.debug('author.unread', { error }));
    lifetime.onShutdown(database.watch('values event', reload));
    return {
      author,
      news: await newsDates(values, nowMs),
      pseudonymOf: await openPseudonyms(values.keyv('setting')),
    };
  } finally {
    await lease.release();
  }
}

async function onlyOne({ database }: SharedStorage, { clock, signal }: Context): Promise<Lease> {
  for (;;) {
    const lease = await database.acquire('setup');
    if (lease) return lease;
    await clock.wait(POLL_MS, signal);
    signal.throwIfAborted();
  }
}
