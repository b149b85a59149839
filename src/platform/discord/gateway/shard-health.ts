import { type Client, Events, Status } from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { closeCodeText } from './client.ts';

/**
 * Watches the client's connections (shards): the log hears of each that is lost, and what is given back says what is the
 * matter now, and with which of them where there are several; `undefined` while all is well.
 */
export function watchShards(
  client: Client,
  texts: Texts,
  log: Log,
  isOver: () => boolean,
): () => string | undefined {
  const { troubles } = texts.discord;
  const begun = new Set<number>();
  const closed = new Map<number, number>();

  client.on(Events.ShardReady, (shard) => {
    begun.add(shard);
    closed.delete(shard);
  });
  client.on(Events.ShardReconnecting, (shard) => {
    if (!isOver()) log.warn('gateway.reconnecting', { shard });
  });
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    closed.set(shard, code);
    log.error('gateway.closed', { code, shard, reason: closeCodeText(code, texts) });
  });
  // Without a listener these would end the process.
  client.on(Events.ShardError, ({ message }, shard) =>
    log.warn('gateway.failed', { shard, reason: message }),
  );
  client.on(Events.Error, ({ message }) => log.error('client.failed', { reason: message }));

  function troubleOf(shard: number, status: Status): string | undefined {
    const code = closed.get(shard);
    if (code !== undefined) return closeCodeText(code, texts);
    if (status === Status.Ready) return undefined;
    return begun.has(shard) ? troubles.lost : troubles.waiting;
  }

  return () => {
    const { shards } = client.ws;
    if (shards.size === 0) return troubles.waiting;
    const by = Map.groupBy(shards.keys(), (id) => troubleOf(id, shards.get(id)?.status ?? Status.Idle));
    const said = [...by].flatMap(([trouble, ids]) => {
      if (trouble === undefined) return [];
      return shards.size === 1 ? [trouble] : [troubles.shards(ids, shards.size, trouble)];
    });
    return said.length > 0 ? said.join(' ') : undefined;
  };
}
