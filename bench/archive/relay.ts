import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { eventOf, readLines } from './signed-notes.ts';

/**
 * The cheapest possible relay, in its own process: sends the lines of a file, newest first, up to the requested limit.
 * Reports its address, and ends with the process that started it.
 */
const [path = ''] = process.argv.slice(2);
const lines = await readLines(path);
const dates = lines.map((line) => eventOf(line).created_at);
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

interface Asked {
  readonly until?: number;
  readonly since?: number;
  readonly limit?: number;
}

server.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const [type, id, asked = {}] = JSON.parse(data.toString()) as [string, string, Asked | undefined];
    if (type !== 'REQ') return;
    const { until = Number.POSITIVE_INFINITY, since = 0, limit = lines.length } = asked;
    const first = dates.findIndex((date) => date <= until);
    for (let at = first; at >= 0 && at < Math.min(lines.length, first + limit); at += 1) {
      if ((dates[at] ?? 0) < since) break;
      socket.send(`["EVENT",${JSON.stringify(id)},${lines[at]}]`);
    }
    socket.send(JSON.stringify(['EOSE', id]));
  });
});
await once(server, 'listening');
process.send?.(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
process.once('disconnect', () => process.exit());
