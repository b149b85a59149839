import {
  type ClientOptions,
  SimpleShardingStrategy,
  WebSocketShardDestroyRecovery,
  WebSocketShardStatus,
} from 'discord.js';
import type { Log } from '../../../lib/log.ts';

/** For all attempts together. */
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
 * discord.js's own sharding, except that a shard starts a new session if it can't resume the old one within two minutes.
 * discord.js has no timeout for RESUME: if Discord leaves it unanswered but goes on acknowledging heartbeats, the shard would
 * never receive anything again.
 */
export const createShardingStrategy =
  (parts: ShardingOptions): Build =>
  (manager) =>
    new WatchedShards(manager, parts);

class WatchedShards extends SimpleShardingStrategy {
  readonly #parts: ShardingOptions;
  #over = new AbortController();
  /** When each shard that is not ready was first seen so. */
  readonly #waiting = new Map<number, number>();

  constructor(manager: Parameters<Build>[0], parts: ShardingOptions) {
    super(manager);
    this.#parts = parts;
  }

  override async spawn(shardIds: number[]): Promise<void> {
    await super.spawn(shardIds);
    this.#over.abort();
    this.#over = new AbortController();
    void this.#attend(this.#over.signal);
  }

  override async destroy(...given: Parameters<SimpleShardingStrategy['destroy']>): Promise<void> {
    this.#over.abort();
    await super.destroy(...given);
  }

  async #attend(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#parts.wait(CHECK_EVERY_MS, signal);
      if (signal.aborted) return;
      for (const [id, status] of await this.fetchStatus()) this.#look(id, status);
    }
  }

  #look(id: number, status: WebSocketShardStatus): void {
    const { log, now } = this.#parts;
    const since = this.#waiting.get(id);
    if (status === WebSocketShardStatus.Ready) this.#waiting.delete(id);
    else if (since === undefined) this.#waiting.set(id, now());
    else if (status === WebSocketShardStatus.Resuming && now() - since >= RESUME_TIMEOUT_MS) {
      this.#waiting.delete(id);
      log.warn('gateway.session_restarted', {
        shard: id,
        reason: 'it was not resumed',
        afterMs: now() - since,
      });
      const recover = WebSocketShardDestroyRecovery.Reconnect;
      // Private in TypeScript only; discord.js offers no other way to reach a single shard.
      void this['shards'].get(id)?.destroy({ reason: 'The session was not resumed', recover });
    }
  }
}
