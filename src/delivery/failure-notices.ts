import type { Log } from '../lib/log.ts';
import type { Platform } from '../platform/platform.ts';
import type { Destination } from '../store/destinations.ts';
import { type OwnerStore, ownerOf } from './quota.ts';

interface FailureNoticesParts {
  readonly platform: Pick<Platform, 'name' | 'tell'>;
  /** The destinations whose trouble was told, by the platform's name. */
  readonly storage: {
    get(platform: string): Promise<readonly string[] | undefined>;
    set(platform: string, told: readonly string[]): Promise<unknown>;
  };
  /** Who made which destination (`pipeline/quota`). */
  readonly owners: OwnerStore;
  exists(destination: string): Promise<boolean>;
  languageOf(person: string): Promise<string | undefined>;
  readonly log: Log;
}

/** Tells somebody that posts don't reach a destination of theirs: once, until one has reached it again. */
export interface FailureNotices {
  /** Never rejects. What the operator named is the operator's, and stands in the log. */
  failed(destination: Pick<Destination, 'id' | 'source'>, remedy: string): Promise<void>;
  recovered(destination: string): Promise<void>;
  /** Destinations that are to be remembered no more, and are there no more. */
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
  let told: Promise<ReadonlySet<string>> | undefined;

  const known = (): Promise<ReadonlySet<string>> => {
    told ??= storage.get(platform.name).then((found = []) => new Set(found));
    told.catch(() => (told = undefined));
    return told;
  };
  async function keep(next: ReadonlySet<string>): Promise<void> {
    told = Promise.resolve(next);
    await storage.set(platform.name, [...next]);
  }
  /** Nothing of this is worth a post. */
  async function quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error('notice.failed', { error });
    }
  }

  return {
    failed: ({ id, source }, remedy) =>
      quietly(async () => {
        if (!platform.tell || source === 'config' || (await known()).has(id)) return;
        // It may have been left, and forgotten, while the post was under way.
        if (!(await exists(id))) return;
        await keep(new Set([...(await known()), id]));
        const person = await ownerOf(owners, id);
        const language = person === undefined ? undefined : await languageOf(person);
        const isHeard = await platform.tell({
          destination: id,
          remedy,
          ...(person !== undefined && { person }),
          ...(language !== undefined && { language }),
        });
        log.info(isHeard ? 'notice.sent' : 'notice.undelivered', { destination: id });
      }),
    recovered: (id) =>
      quietly(async () => {
        const before = await known();
        if (before.has(id)) await keep(new Set([...before].filter((one) => one !== id)));
      }),
    async forget(ids) {
      const before = await known();
      if (ids.some((id) => before.has(id)))
        await keep(new Set([...before].filter((one) => !ids.includes(one))));
    },
  };
}
