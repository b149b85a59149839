import type { Database, Topic } from '../database.ts';
import { createTopicListeners } from '../topic-listeners.ts';
import { connect, type DirectConnection } from './connection.ts';
import { CHANNEL } from './notify.ts';
import type { ServerAddress } from './server-address.ts';
import { change } from './sql.ts';

/** How long to wait before connecting again, in milliseconds. */
const RETRY_MS = 1_000;
/** How often the connection is tried, so that a silent end is noticed. */
const PING_MS = 5_000;

/** Hears what other processes changed. */
export interface Watcher extends Pick<Database, 'watch'> {
  close(): Promise<void>;
}

const ping = change('SELECT 1');

/**
 * Listens on a connection of its own, and connects again for as long as it takes. After that everybody is called, because
 * something may have been missed.
 */
export async function openWatcher(address: ServerAddress): Promise<Watcher> {
  const { call, callAll, watch } = createTopicListeners();
  let connection: DirectConnection | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function listen(): Promise<void> {
    const fresh = await connect(address);
    const { client, destroy } = fresh;
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      clearInterval(pings);
      connection = undefined;
      destroy();
      again();
    };
    client.on('error', over);
    client.on('end', over);
    client.on('notification', ({ payload = '' }) => call(payload as Topic));
    let unanswered = 0;
    async function tryConnection(): Promise<void> {
      if (unanswered > 0) return over();
      unanswered += 1;
      try {
        await ping(client);
        unanswered -= 1;
      } catch {
        over();
      }
    }
    const pings = setInterval(() => void tryConnection(), PING_MS);
    await client.query(`LISTEN ${CHANNEL}`);
    connection = fresh;
  }

  function again(): void {
    if (isClosed) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      listen().then(callAll, again);
    }, RETRY_MS);
  }

  await listen();
  return {
    watch,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await connection?.client.end();
    },
  };
}
