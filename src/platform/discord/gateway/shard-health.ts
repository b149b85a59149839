import { type Client, Events, Status } from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { isFatalClose } from './client.ts';

/** The state of a client's gateway connections (shards). */
export interface ShardHealth {
  /** What is currently wrong, and with which shards if there are several; `undefined` if nothing is. */
  error(): string | undefined;
  /** Whether Discord closed a connection for good because of the token or the bot's settings. */
  isRefused(): boolean;
}

interface WatchOptions {
  readonly texts: Texts;
  /** What a close code means. */
  closeText(code: number): string;
  readonly log: Log;
  /** The client is being replaced or stopped, so losses are expected. */
  isOver(): boolean;
}

/** Logs lost connections. */
export function watchShards(client: Client, { texts, closeText, log, isOver }: WatchOptions): ShardHealth {
  const { errors } = texts.discord;
  const everReady = new Set<number>();
  const closed = new Map<number, number>();

  client.on(Events.ShardReady, (shard) => {
    everReady.add(shard);
    closed.delete(shard);
  });
  client.on(Events.ShardReconnecting, (shard) => {
    if (!isOver()) log.warn('gateway.reconnecting', { shard });
  });
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    closed.set(shard, code);
    log.error('gateway.closed', { code, shard, reason: closeText(code) });
  });
  // Without a listener, an `error` event ends the process.
  client.on(Events.ShardError, ({ message }, shard) =>
    log.warn('gateway.failed', { shard, reason: message }),
  );
  client.on(Events.Error, ({ message }) => log.error('client.failed', { reason: message }));

  function errorOf(shard: number, status: Status): string | undefined {
    const code = closed.get(shard);
    if (code !== undefined) return closeText(code);
    if (status === Status.Ready) return undefined;
    return everReady.has(shard) ? errors.lost : errors.waiting;
  }

  function error(): string | undefined {
    const { shards } = client.ws;
    if (shards.size === 0) return errors.waiting;
    // Other processes may have the others.
    const total = client.options.shardCount ?? shards.size;
    const shardsByError = Map.groupBy(shards.keys(), (id) =>
      errorOf(id, shards.get(id)?.status ?? Status.Idle),
    );
    const sentences = [...shardsByError].flatMap(([shardError, ids]) => {
      if (shardError === undefined) return [];
      return total === 1 ? [shardError] : [errors.shards(ids, total, shardError)];
    });
    return sentences.length > 0 ? sentences.join(' ') : undefined;
  }

  return { error, isRefused: () => closed.values().some(isFatalClose) };
}
