import type { KeyValue } from '../lib/key-value.ts';
import type { Log } from '../lib/log.ts';
import type { Platform } from '../platform/platform.ts';
import type { Destination } from '../store/destinations.ts';
import { type OwnerStore, ownerOf } from './quota.ts';

interface FailureNoticesParts {
  readonly platform: Pick<Platform, 'name' | 'notifyOwner'>;
  /** The destinations whose owners have been told, by platform. */
  readonly storage: Pick<KeyValue<readonly string[]>, 'get' | 'set'>;
  readonly owners: OwnerStore;
  exists(destination: string): Promise<boolean>;
  languageOf(person: string): Promise<string | undefined>;
  readonly log: Log;
}

/** Tells the user who subscribed a destination that posts no longer reach it: once, until a post reaches it again. */
export interface FailureNotices {
  /** Never rejects. Nobody is told about a destination from the configuration: the operator has the log. */
  failed(destination: Pick<Destination, 'id' | 'source'>, fix: string): Promise<void>;
  recovered(destination: string): Promise<void>;
  /** Deletes what is stored about destinations that no longer exist. */
  forget(destinations: readonly string[]): Promise<void>;
}

export function createFailureNotices({
  platform,
  storage,
  owners,
  exists,
  languageOf,
  log,
}: FailureNoticesParts): FailureNotices {
  let loaded: Promise<ReadonlySet<string>> | undefined;

  const load = (): Promise<ReadonlySet<string>> => {
    loaded ??= storage.get(platform.name).then((stored = []) => new Set(stored));
    loaded.catch(() => (loaded = undefined));
    return loaded;
  };
  async function save(next: ReadonlySet<string>): Promise<void> {
    loaded = Promise.resolve(next);
    await storage.set(platform.name, [...next]);
  }
  /** A failed notice must not fail the delivery. */
  async function ignoringErrors(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error('notice.failed', { error });
    }
  }

  return {
    failed: ({ id, source }, fix) =>
      ignoringErrors(async () => {
        if (!platform.notifyOwner || source === 'config' || (await load()).has(id)) return;
        // The destination may have been removed and its data deleted while the post was on its way.
        if (!(await exists(id))) return;
        await save(new Set([...(await load()), id]));
        const user = await ownerOf(owners, id);
        const language = user === undefined ? undefined : await languageOf(user);
        const isDelivered = await platform.notifyOwner({
          destination: id,
          fix,
          ...(user !== undefined && { user }),
          ...(language !== undefined && { language }),
        });
        log.info(isDelivered ? 'notice.sent' : 'notice.undelivered', { destination: id });
      }),
    recovered: (id) =>
      ignoringErrors(async () => {
        const before = await load();
        if (before.has(id)) await save(new Set([...before].filter((one) => one !== id)));
      }),
    async forget(ids) {
      const before = await load();
      if (ids.some((id) => before.has(id)))
        await save(new Set([...before].filter((one) => !ids.includes(one))));
    },
  };
}
