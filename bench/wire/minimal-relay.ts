import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { NostrEvent } from '../../src/note/note.ts';

export interface MinimalRelay {
  readonly url: string;
  /** Sends the event to every open subscription. */
  publish(event: NostrEvent): void;
  /** How many subscriptions are open. */
  subscriptions(): number;
}

/** A relay that stores nothing: it answers every request with EOSE, and pushes whatever is published after that. */
export async function startMinimalRelay(): Promise<MinimalRelay> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  const subscriptions = new Map<WebSocket, Set<string>>();
  server.on('connection', (socket) => {
    const ours = new Set<string>();
    subscriptions.set(socket, ours);
    socket.on('close', () => subscriptions.delete(socket));
    socket.on('message', (data: Buffer) => {
      const [type, id] = JSON.parse(data.toString()) as [string, string];
      if (type === 'CLOSE') ours.delete(id);
      if (type !== 'REQ') return;
      ours.add(id);
      socket.send(JSON.stringify(['EOSE', id]));
    });
  });
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    publish(event) {
      for (const [socket, ids] of subscriptions)
        for (const id of ids) socket.send(JSON.stringify(['EVENT', id, event]));
    },
    subscriptions: () => [...subscriptions.values()].reduce((sum, { size }) => sum + size, 0),
  };
}
