import { type Client, Events, Status } from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { closeCodeText, isFatalClose } from './client.ts';

/** How a client's connections (shards) are. */
export interface ShardHealth {
  /** What is wrong at the moment, and with which shards if there are several; `undefined` if nothing is. */
  trouble(): string | undefined;
  /** Whether Discord closed one for good, because of the token or the bot's settings. */
  isRefused(): boolean;
}

/** Logs when the client loses shards. `isOver`: the client is being replaced or stopped, so losses are expected. */
export function watchShards(client: Client, texts: Texts, log: Log, isOver: () => boolean): ShardHealth {
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
    log.error('gateway.closed', { code, shard, reason: closeCodeText(code, texts) });
  });
  // Node ends the process on an `error` event without a listener.
  client.on(Events.ShardError, ({ message }, shard) =>
    log.warn('gateway.failed', { shard, reason: message }),
  );
  client.on(Events.Error, ({ message }) => log.error('client.failed', { reason: message }));

  function troubleOf(shard: number, status: Status): string | undefined {
    const code = closed.get(shard);
    if (code !== undefined) return closeCodeText(code, texts);
    if (status === Status.Ready) return undefined;
    return everReady.has(shard) ? errors.lost : errors.waiting;
  }

  function trouble(): string | undefined {
    const { shards } = client.ws;
    if (shards.size === 0) return errors.waiting;
    const by = Map.groupBy(shards.keys(), (id) => troubleOf(id, shards.get(id)?.status ?? Status.Idle));
    const said = [...by].flatMap(([trouble, ids]) => {
      if (trouble === undefined) return [];
      return shards.size === 1 ? [trouble] : [errors.shards(ids, shards.size, trouble)];
    });
    return said.length > 0 ? said.join(' ') : undefined;
  }

  return { trouble, isRefused: () => closed.values().some(isFatalClose) };
}
