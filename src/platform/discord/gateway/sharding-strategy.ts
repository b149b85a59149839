import {
  type ClientOptions,
  SimpleShardingStrategy,
  WebSocketShardDestroyRecovery,
  WebSocketShardStatus,
} from 'discord.js';
import type { Log } from '../../../lib/log.ts';

/** Total time for all attempts to resume. */
const RESUME_TIMEOUT_MS = 2 * 60_000;
const CHECK_EVERY_MS = 5_000;

type Build = NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>;

export interface ShardingOptions {
  readonly log: Log;
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after the delay, or as soon as the signal aborts. Never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * discord.js's own sharding, except that a shard starts a new session if it can't resume the old one within two
 * minutes. discord.js has no timeout for RESUME: if Discord ignores it but keeps acknowledging heartbeats, the shard
 * would never receive anything again.
 */
export const createShardingStrategy =
  (options: ShardingOptions): Build =>
  (manager) =>
    new WatchedShards(manager, options);

class WatchedShards extends SimpleShardingStrategy {
  readonly #options: ShardingOptions;
  #stopped = new AbortController();
  /** When each shard was first seen not to be ready. */
  readonly #notReadySince = new Map<number, number>();

  constructor(manager: Parameters<Build>[0], options: ShardingOptions) {
    super(manager);
    this.#options = options;
  }

  override async spawn(shardIds: number[]): Promise<void> {
    await super.spawn(shardIds);
    this.#stopped.abort();
    this.#stopped = new AbortController();
    void this.#watch(this.#stopped.signal);
  }

  override async destroy(...options: Parameters<SimpleShardingStrategy['destroy']>): Promise<void> {
    this.#stopped.abort();
    await super.destroy(...options);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#options.wait(CHECK_EVERY_MS, signal);
      if (signal.aborted) return;
      for (const [id, status] of await this.fetchStatus()) this.#check(id, status);
    }
  }

  #check(id: number, status: WebSocketShardStatus): void {
    const { log, now } = this.#options;
    const since = this.#notReadySince.get(id);
    if (status === WebSocketShardStatus.Ready) this.#notReadySince.delete(id);
    else if (since === undefined) this.#notReadySince.set(id, now());
    else if (status === WebSocketShardStatus.Resuming && now() - since >= RESUME_TIMEOUT_MS) {
      this.#notReadySince.delete(id);
      log.warn('gateway.session_restarted', {
        shard: id,
        reason: 'it was not resumed',
        afterMs: now() - since,
      });
      const recover = WebSocketShardDestroyRecovery.Reconnect;
      // `shards` is private in TypeScript only; discord.js has no other access to a single shard.
      void this['shards'].get(id)?.destroy({ reason: 'The session was not resumed', recover });
    }
  }
}
