import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { NostrEvent } from '../../src/note/note.ts';
import { type Acceptance, createEventStore } from './event-store.ts';
import { createFaultScript, type FaultScript } from './faults.ts';
import type { RelayRules } from './rules.ts';
import { type ClientSession, serveClient } from './session.ts';

/** A parsed message of a client: `['REQ', 'sub:1', {…}]`. */
type ClientFrame = readonly unknown[];

/** A Nostr relay on this machine, with the faults that its fault script sets. */
export interface SandboxRelay {
  /** `ws://127.0.0.1:<port>/` */
  readonly url: string;
  readonly faults: FaultScript;
  /** Every message received, in order, on all connections. */
  readonly frames: readonly ClientFrame[];
  /** Settles once `count` matching messages have been received, including those before the call. */
  received(matching: (frame: ClientFrame) => boolean, count?: number): Promise<void>;
  /** Stores events and pushes them to matching subscriptions. Nothing is verified, so forgeries are possible. */
  publish(...events: readonly NostrEvent[]): Acceptance;
  /** Everything it keeps, newest first. */
  events(): readonly NostrEvent[];
  /** How many clients are connected. */
  connections(): number;
  /** Settles once that many clients are connected. */
  connected(count: number): Promise<void>;
  /** Cuts every connection, without a closing handshake. */
  drop(): void;
  /** Closes everything; settles once the port is free. */
  stop(): Promise<void>;
}

/** `maxLimit` is 500 by default, as with many relays. */
export interface SandboxRelayOptions extends Partial<RelayRules> {
  /** 0, the default, picks any free port. */
  readonly port?: number;
  readonly now?: () => number;
}

/** Starts a relay on 127.0.0.1. */
export async function startRelay(options: SandboxRelayOptions = {}): Promise<SandboxRelay> {
  const { port = 0, now = Date.now, ...granted } = options;
  const rules: RelayRules = { maxLimit: 500, ...granted };
  const store = createEventStore(now);
  const sessions = new Map<WebSocket, ClientSession>();
  const unanswered = new Set<Socket>();
  const frames: ClientFrame[] = [];
  const watchers = new Set<() => void>();
  const faults = createFaultScript(applyBlackHole);
  const http = createServer((request, response) => describe(request, response, rules));
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });

  function publish(...events: readonly NostrEvent[]): Acceptance {
    let last: Acceptance = { accepted: true, message: '' };
    for (const event of events) {
      last = store.add(event);
      if (!last.accepted || last.message.startsWith('duplicate:')) continue;
      for (const session of sessions.values()) session.push(event);
    }
    return last;
  }
  const url = (): string => `ws://127.0.0.1:${(http.address() as AddressInfo).port}/`;
  function changed(): void {
    for (const watcher of watchers) watcher();
  }
  /** Settles once the condition holds. */
  function until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watcher = (): void => {
        if (!holds()) return;
        watchers.delete(watcher);
        resolve();
      };
      watchers.add(watcher);
      watcher();
    });
  }
  function applyBlackHole(): void {
    for (const socket of sessions.keys())
      if (faults.current.blackHole) socket.pause();
      else socket.resume();
  }
  function welcome(socket: WebSocket): void {
    const received = (frame: ClientFrame): void => {
      frames.push(frame);
      changed();
    };
    const session = serveClient({ socket, url: url(), store, faults, rules, received, publish, now });
    sessions.set(socket, session);
    socket.on('error', () => {});
    socket.on('close', () => {
      sessions.delete(socket);
      changed();
    });
    applyBlackHole();
    changed();
  }
  function drop(): void {
    for (const socket of sessions.keys()) socket.terminate();
    for (const socket of unanswered) socket.destroy();
    unanswered.clear();
  }

  http.on('connection', (socket) => {
    if (faults.current.connect === 'refuse') socket.resetAndDestroy();
  });
  http.on('upgrade', (request, stream, head) => {
    const socket = stream as Socket;
    if (faults.current.connect === 'accept') return server.handleUpgrade(request, socket, head, welcome);
    socket.on('error', () => {});
    unanswered.add(socket);
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');

  return {
    url: url(),
    faults,
    frames,
    received: (matching, count = 1) => until(() => frames.filter(matching).length >= count),
    publish,
    events: () => store.all(),
    connections: () => sessions.size,
    connected: (count) => until(() => sessions.size === count),
    drop,
    async stop() {
      drop();
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };
}

/** NIP-11 */
function describe(
  request: IncomingMessage,
  response: ServerResponse,
  { maxLimit, admission, negentropy }: RelayRules,
): void {
  if (!request.headers.accept?.includes('application/nostr+json')) {
    response.writeHead(426).end('This is a Nostr relay: connect to it with a WebSocket.\n');
    return;
  }
  const about = {
    name: 'Sandbox relay',
    description: 'Keeps everything in memory, for trials',
    supported_nips: [1, 9, 11, 40, 42, ...(negentropy ? [77] : [])],
    limitation: { max_limit: maxLimit, auth_required: admission !== undefined },
  };
  response.writeHead(200, { 'content-type': 'application/nostr+json', 'access-control-allow-origin': '*' });
  response.end(JSON.stringify(about));
}
