import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

/** What a network between two machines may do to their connections. */
export type Condition =
  /** Carries everything. */
  | 'open'
  /** Carries nothing and says nothing, as when packets are dropped. New connections hang as well. */
  | 'silent'
  /** Has reset all connections, and refuses new ones. */
  | 'cut';

/** A path over loopback, to a server of which only this path's address is told. */
export interface NetworkPath {
  readonly port: number;
  condition(): Condition;
  set(condition: Condition): void;
  /** Delays what is carried by so much, in milliseconds, in each direction. */
  delay(ms: number): void;
  /** Called with what the client sends, before it is carried. */
  onSent(listener: (bytes: Buffer) => void): void;
  close(): Promise<void>;
}

interface Carried {
  readonly from: Socket;
  readonly to: Socket;
}

/** Opens a path to a server. */
export async function openPath(to: NetConnectOpts): Promise<NetworkPath> {
  const listeners = new Set<(bytes: Buffer) => void>();
  const open = new Set<Carried>();
  let condition: Condition = 'open';
  let delayMs = 0;

  const apply = ({ from, to: there }: Carried): void => {
    const isOver = from.destroyed || there.destroyed;
    for (const socket of [from, there]) {
      if (condition === 'cut' || (condition === 'open' && isOver)) socket.destroy();
      else if (condition === 'silent') socket.pause();
      else socket.resume();
    }
  };

  function carry(from: Socket, there: Socket): void {
    from.on('data', (bytes) => {
      if (delayMs > 0) setTimeout(() => there.write(bytes), delayMs);
      else there.write(bytes);
    });
    from.on('error', () => undefined);
    // Nobody hears of it while the path is silent.
    from.on('close', () => condition !== 'silent' && there.destroy());
    // The end of one direction comes after what was sent before.
    from.on('end', () => setTimeout(() => there.end(), delayMs));
  }

  const server = createServer({ allowHalfOpen: true }, (from) => {
    const there = connect({ ...to, allowHalfOpen: true });
    from.on('data', (bytes: Buffer) => listeners.forEach((listener) => listener(bytes)));
    carry(from, there);
    carry(there, from);
    const carried = { from, to: there };
    open.add(carried);
    from.on('close', () => open.delete(carried));
    apply(carried);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    condition: () => condition,
    set(next) {
      condition = next;
      for (const carried of open) apply(carried);
    },
    delay(ms) {
      delayMs = ms;
    },
    onSent: (listener) => void listeners.add(listener),
    async close() {
      server.close();
      for (const { from, to: there } of open) {
        from.destroy();
        there.destroy();
      }
      await once(server, 'close');
    },
  };
}

/** Where the server of a database listens: on a Unix socket if its URL names a folder, as libpq has it. */
export function addressOf(url: string): NetConnectOpts {
  const { hostname, port, searchParams } = new URL(url);
  const folder = searchParams.get('host');
  return folder === null
    ? { host: hostname, port: Number(port || 5432) }
    : { path: `${folder}/.s.PGSQL.${port || 5432}` };
}
