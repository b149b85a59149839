import type { Clock } from '../lib/clock.ts';
import type { KeyValue } from '../lib/key-value.ts';
import type { Document } from '../note/document.ts';
import type { PostType } from '../note/post-types.ts';
import type { Presenter, Reader } from '../note/present/finish.ts';
import type { LongNoteFallback } from '../note/present/long-note-fallback.ts';
import type { ChangeResult, DeliveryOptions, Platform, SendResult } from '../platform/platform.ts';
import { languageOf, type Preferences } from '../preferences/preferences.ts';
import { isSilentAt } from '../preferences/schedule.ts';
import { routingFor } from './routing.ts';

interface TestPost<Name extends string> {
  readonly name: Name;
  readonly postType: PostType;
  readonly document: Document;
  readonly fallback?: LongNoteFallback;
}

interface TestPostResult<Name extends string> {
  readonly name: Name;
  readonly outcome: 'posted' | 'plainer' | 'refused';
  readonly reason?: string;
}

interface TestPostsParts {
  readonly platforms: readonly Platform[];
  /** Receipts of what was posted, by destination. */
  readonly storage: Pick<KeyValue<readonly string[]>, 'get' | 'set' | 'delete'>;
  readonly finish: Presenter['finish'];
  readonly clock: Clock;
}

/** A user is waiting, so there is a limit to how often and how long we wait for rate limits. */
const MAX_TRIES = 5;
const MAX_WAIT_MS = 10_000;

/** Posts samples the way deliveries do, but without the journal, and deletes them again. */
export function createTestPosts({ platforms, storage, finish, clock }: TestPostsParts) {
  const platformOf = (destination: string): Platform => {
    const found = platforms.find(({ name }) => destination.startsWith(`${name}:`));
    if (!found) throw new RangeError(`Cannot post to "${destination}": no platform has such destinations`);
    return found;
  };

  async function callWithRetries<R extends ChangeResult>(call: () => Promise<R>): Promise<R> {
    for (let tries = 1; ; tries++) {
      const result = await call();
      if (result.status !== 'retry' || result.uncertain || tries === MAX_TRIES) return result;
      await clock.wait(Math.min(result.afterMs ?? 1_000, MAX_WAIT_MS), new AbortController().signal);
    }
  }

  async function postOne<Name extends string>(
    destination: string,
    sample: TestPost<Name>,
    preferences: Preferences,
    keep: (receipt: string) => Promise<unknown>,
  ): Promise<TestPostResult<Name>> {
    const { name, postType } = sample;
    const platform = platformOf(destination);
    const startedMs = clock.now();
    let first: string | undefined;
    let plainer: string | undefined;
    const reader: Reader = { language: languageOf(preferences), timeZone: preferences.timeZone };
    const document = finish(sample.document, reader, sample.fallback);
    const bodies = await platform.renderAsync(document, preferences.style);
    for (const [part, body] of bodies.entries()) {
      const options: DeliveryOptions = {
        silent: isSilentAt(preferences, clock.now()),
        ...routingFor({ postType, hashtags: [] }, preferences, part),
        ...(first !== undefined && { first }),
      };
      const key = `trial|${startedMs}|${name}|${part}`;
      const result = await callWithRetries(() => platform.send(destination, body, key, options));
      if (result.status !== 'sent') return { name, outcome: 'refused', reason: reasonOf(result) };
      first ??= result.receipt;
      plainer ??= result.simplified;
      await keep(result.receipt);
    }
    return plainer === undefined
      ? { name, outcome: 'posted' }
      : { name, outcome: 'plainer', reason: plainer };
  }

  return {
    async post<Name extends string>(
      destination: string,
      samples: readonly TestPost<Name>[],
      preferences: Preferences,
    ): Promise<readonly TestPostResult<Name>[]> {
      const receipts = [...((await storage.get(destination)) ?? [])];
      const keep = (receipt: string): Promise<unknown> => {
        receipts.push(receipt);
        return storage.set(destination, receipts);
      };
      const results: TestPostResult<Name>[] = [];
      for (const sample of samples) results.push(await postOne(destination, sample, preferences, keep));
      return results;
    },

    async deleteAll(destination: string, preferences?: Preferences): Promise<boolean> {
      const language = preferences && languageOf(preferences);
      const platform = platformOf(destination);
      const left: string[] = [];
      for (const receipt of [...((await storage.get(destination)) ?? [])].reverse()) {
        const { status } = await callWithRetries(() => platform.remove(destination, receipt, language));
        if (status !== 'sent') left.unshift(receipt);
      }
      await (left.length > 0 ? storage.set(destination, left) : storage.delete(destination));
      return left.length === 0;
    },
  };
}

const reasonOf = (result: Exclude<SendResult, { status: 'sent' }>): string =>
  ('fix' in result ? result.fix : undefined) ?? result.reason;
