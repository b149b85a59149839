import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import type { Measurement, Size, Table } from '../measurement.ts';
import { startChild } from './child-process.ts';
import type { Follower } from './follower.ts';

const RELAYS = 8;
const SECONDS: Readonly<Record<Size, number>> = { full: 6, quick: 0.5 };
const author = authorNamed('alice');

/** What a hostile relay keeps sending in response to a request. */
interface Attack {
  readonly name: string;
  /** Sends one more. `id` is the request's. */
  send(socket: WebSocket, id: string): void;
}

const frame = (id: string, event: string): string => `["EVENT","${id}",${event}]`;
const nested = (depth: number, open: string, close: string): string =>
  open.repeat(depth) + close.repeat(depth);
const note = JSON.stringify(author.note('x'.repeat(60_000)));
const withTags = (tags: string): string => note.replace('"tags":[]', `"tags":${tags}`);
const repeated = (unit: string, bytes: number): string =>
  Array.from({ length: Math.floor(bytes / (unit.length + 1)) }, () => unit).join(',');

const text = (name: string, event: string): Attack => ({
  name,
  send: (socket, id) => socket.send(frame(id, event)),
});

const attacks: readonly Attack[] = [
  text('an event 450,000 deep', nested(450_000, '[', ']')),
  text('tags 300,000 deep', withTags(nested(300_000, '[', ']'))),
  text('objects 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  text('a megabyte of empty tags', withTags(`[${repeated('[]', 980_000)}]`)),
  text('as many values as are accepted', withTags(`[${repeated('[]', 29_000)}]`)),
  text('the largest note, again and again', note),
  text('notes too long to be accepted', note.replace('xxx', 'x'.repeat(900_000))),
  text('frames of 15 megabytes', `"${'x'.repeat(15_000_000)}"`),
  {
    name: 'a megabyte in fragments of a byte',
    send(socket, id) {
      for (const character of frame(id, note)) socket.send(character, { fin: false });
    },
  },
  {
    name: 'pings, by one that does not read',
    send(socket) {
      (socket as unknown as { readonly _socket: Socket })._socket.pause();
      for (let count = 0; count < 1_000; count += 1) socket.ping('x'.repeat(125));
    },
  },
];

async function hostileRelay(attack: Attack | undefined) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data) => {
      const [type, id] = JSON.parse((data as Buffer).toString()) as [string, string];
      if (type !== 'REQ') return;
      if (!attack) return socket.send(JSON.stringify(['EOSE', id]));
      const more = (): void => {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount < 4_000_000) attack.send(socket, id);
        setTimeout(more, 1);
      };
      more();
    });
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/`,
    stop() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

/** Peak memory of a process that follows eight such relays, in bytes. */
async function peakWith(
  attack: Attack | undefined,
  insists: boolean,
  seconds: number,
  output: string,
): Promise<number> {
  const relays = await Promise.all(Array.from({ length: RELAYS }, () => hostileRelay(attack)));
  const follower = startChild<Follower>('follower.ts', output);
  await follower.call('follow', { author: author.pubkey, urls: relays.map(({ url }) => url), insists });
  await wait(seconds * 1000);
  const peak = await follower.call('peak');
  await follower.stop();
  for (const relay of relays) relay.stop();
  return peak;
}

async function measure(seconds: number, output: string): Promise<Table> {
  const calm = await peakWith(undefined, false, seconds, output);
  const rows: Record<'attack' | 'more' | 'insisting', string | number>[] = [];
  for (const attack of attacks) {
    const more = (await peakWith(attack, false, seconds, output)) - calm;
    const insisting = (await peakWith(attack, true, seconds, output)) - calm;
    rows.push({ attack: attack.name, more, insisting });
  }
  return {
    about: `Peak memory of a process that follows ${RELAYS} hostile relays at the same time, compared with ${RELAYS} that send nothing.`,
    columns: {
      attack: { head: 'each sends' },
      more: { head: 'more than with none', as: 'megabytes' },
      insisting: { head: 'if they are asked again at once', as: 'megabytes' },
    },
    rows,
  };
}

/** How much memory malicious relays can take. */
export const hostileRelays: Measurement = {
  name: 'hostile-relays',
  run: async ({ size, data }) => [await measure(SECONDS[size], join(data, 'hostile-relays.log'))],
};
