import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from './clock.ts';
import { isObject } from './rules/rules.ts';
import { intents as bits, KNOWN_INTENTS, PRIVILEGED_INTENTS } from './world/flags.ts';
import type { Change, Guild, User } from './world/model.ts';
import { changePayload, guildPayload, type Payload, receivesChange, userPayload } from './world/payloads.ts';

/** `[id, count]` as in Identify. */
type Shard = readonly [id: number, count: number];

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: Shard;
  /** All dispatches so far, for resuming. */
  readonly sent: Payload[];
  socket: WebSocket | undefined;
}

export interface GatewayOptions {
  /** The valid one. */
  readonly token: () => string;
  readonly clock: Clock;
  /** Identifies allowed per day. */
  readonly sessionStarts: number;
  /** Whoever identifies more often gets a new token, and all sessions end (Gateway, Session Start Limit). */
  readonly resetToken: () => void;
  readonly bot: User;
  readonly guilds: () => Iterable<Guild>;
  readonly url: () => string;
  /** Those enabled in the developer portal. */
  readonly privilegedIntents: number;
  readonly heartbeatMs: number;
  /** A session with more guilds than `most` is closed with 4011. Default: 2,500, and 1,000 recommended. */
  readonly guildsPerShard?: { readonly most: number; readonly recommended: number } | undefined;
  /** How many sessions may identify at once, and after how long the next ones may. Default: one, at any time. Discord: every 5,000 ms. */
  readonly identifies?: { readonly maxConcurrency: number; readonly everyMs: number } | undefined;
  readonly heard: (
    what: 'identify' | 'resume' | 'ready' | 'hasty' | 'ignored' | 'closed',
    session?: { readonly intents: number; readonly shard: readonly [number, number] },
  ) => void;
}

/** The gateway of one app, with faults for tests. */
export interface Gateway {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** To the shard of the data's `guild_id`; without one, to the first shard. */
  dispatch(type: string, data: Payload): void;
  announce(change: Change): void;
  /** Identifies left today, and the milliseconds until that is reset (Session Start Limit). */
  starts(): { readonly remaining: number; readonly resetAfter: number };
  /** The recommended number of shards. */
  recommended(): number;
  readonly maxConcurrency: number;
  /** Makes changes without reporting them, as if the gateway lagged behind. */
  silently(change: () => void): void;
  /** Closes all connections, or one shard's. Sessions can be resumed, unless the code forbids it. */
  close(code: number, reason?: string, shard?: number): void;
  /** Cuts all connections, or one shard's, without a close frame. */
  drop(shard?: number): void;
  /** Stops answering these ops, but still acknowledges heartbeats. Without arguments, answers everything again. */
  ignore(...what: readonly ('identify' | 'resume')[]): void;
  /** Op 7. */
  reconnect(): void;
  /** Op 9. */
  invalidate(resumable: boolean): void;
  stop(): Promise<void>;
}

const op = { dispatch: 0, heartbeat: 1, identify: 2, presence: 3, resume: 6, reconnect: 7 } as const;
const INVALID_SESSION = 9;
const HELLO = 10;
const ACK = 11;
const DAY_MS = 86_400_000;
/** Gateway, Sharding. */
const GUILDS_PER_SHARD = { most: 2_500, recommended: 1_000 };

export function createGateway(options: GatewayOptions): Gateway {
  const { guildsPerShard = GUILDS_PER_SHARD, identifies = { maxConcurrency: 1, everyMs: 0 } } = options;
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const identified = new Map<number, number>();
  let ignored: readonly ('identify' | 'resume')[] = [];
  let made = 0;
  let isSilent = false;
  let day = { begins: options.clock.now(), starts: 0 };
  const today = () => {
    const now = options.clock.now();
    if (now >= day.begins + DAY_MS) day = { begins: now, starts: 0 };
    return day;
  };

  const send = (socket: WebSocket, payload: Payload) => socket.send(JSON.stringify(payload));
  const deliver = (session: Session, t: string, d: Payload) => {
    const frame = { op: op.dispatch, t, d, s: session.sent.length + 1 };
    session.sent.push(frame);
    if (session.socket?.readyState === session.socket?.OPEN && session.socket) send(session.socket, frame);
  };

  const installed = () => [...options.guilds()].filter((guild) => guild.installed);
  const guildsOf = (shard: Shard) => installed().filter(({ id }) => isOnShard(shard, id));
  const isTooMuch = (shard: Shard) => guildsOf(shard).length > guildsPerShard.most;
  /** Shards with the same remainder identify one after the other (Gateway, Sharding, Max Concurrency). */
  const isTooSoon = ([id]: Shard): boolean => {
    const { maxConcurrency, everyMs } = identifies;
    const key = id % maxConcurrency;
    const now = options.clock.now();
    if (now < (identified.get(key) ?? -Infinity) + everyMs) return true;
    identified.set(key, now);
    return false;
  };
  const sockets = (shard: number | undefined) =>
    shard === undefined
      ? [...server.clients]
      : [...sessions.values()].flatMap(({ socket, shard: [id] }) => (socket && id === shard ? [socket] : []));

  function identify(socket: WebSocket, d: Payload): Session | undefined {
    const wanted = d['intents'];
    const shard = parseShard(d['shard']);
    if (d['token'] !== options.token()) socket.close(4004, 'Authentication failed.');
    else if (typeof wanted !== 'number' || wanted & ~KNOWN_INTENTS) socket.close(4013, 'Invalid intent(s).');
    else if (wanted & PRIVILEGED_INTENTS & ~options.privilegedIntents)
      socket.close(4014, 'Disallowed intent(s).');
    else if (!shard) socket.close(4010, 'Invalid shard.');
    else if (isTooSoon(shard)) {
      options.heard('hasty');
      send(socket, { op: INVALID_SESSION, d: false });
    } else if (today().starts >= options.sessionStarts) options.resetToken();
    else if (isTooMuch(shard)) {
      today().starts += 1;
      socket.close(4011, 'Sharding required.');
    } else {
      made += 1;
      today().starts += 1;
      const session: Session = { id: `session-${made}`, intents: wanted, shard, sent: [], socket };
      sessions.set(session.id, session);
      options.heard('identify', session);
      welcome(session);
      return session;
    }
    return undefined;
  }

  function welcome(session: Session): void {
    const guilds = guildsOf(session.shard);
    deliver(session, 'READY', {
      v: 10,
      user: { ...userPayload(options.bot), verified: true, mfa_enabled: true, email: null },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: options.url(),
      shard: session.shard,
      application: { id: options.bot.id, flags: 0 },
    });
    if (session.intents & bits.guilds)
      for (const guild of guilds)
        if (!guild.unavailable) deliver(session, 'GUILD_CREATE', guildPayload(guild, options.bot));
    options.heard('ready', session);
  }

  function resume(socket: WebSocket, d: Payload): Session | undefined {
    const session = sessions.get(String(d['session_id']));
    if (d['token'] !== options.token()) {
      socket.close(4004, 'Authentication failed.');
      return undefined;
    }
    if (!session) {
      send(socket, { op: INVALID_SESSION, d: false });
      return undefined;
    }
    const seen = Number(d['seq']);
    if (!Number.isInteger(seen) || seen > session.sent.length) {
      socket.close(4007, 'Invalid seq.');
      return undefined;
    }
    if (isTooMuch(session.shard)) {
      socket.close(4011, 'Sharding required.');
      return undefined;
    }
    session.socket = socket;
    for (const frame of session.sent.slice(seen)) send(socket, frame);
    options.heard('resume', session);
    deliver(session, 'RESUMED', {});
    return session;
  }

  server.on('connection', (socket) => {
    let session: Session | undefined;
    send(socket, { op: HELLO, d: { heartbeat_interval: options.heartbeatMs } });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = undefined;
      options.heard('closed', session);
    });
    socket.on('message', (data: Buffer) => {
      let frame: unknown;
      try {
        frame = JSON.parse(data.toString());
      } catch {
        return socket.close(4002, 'Error while decoding payload.');
      }
      if (!isObject(frame)) return socket.close(4002, 'Error while decoding payload.');
      const d = isObject(frame['d']) ? frame['d'] : {};
      if (frame['op'] === op.heartbeat) return send(socket, { op: ACK });
      if (frame['op'] === op.identify || frame['op'] === op.resume) {
        if (session) return socket.close(4005, 'Already authenticated.');
        if (ignored.includes(frame['op'] === op.identify ? 'identify' : 'resume')) {
          options.heard('ignored');
          return;
        }
        session = frame['op'] === op.identify ? identify(socket, d) : resume(socket, d);
        return;
      }
      if (!session) return socket.close(4003, 'Not authenticated.');
      if (frame['op'] !== op.presence) socket.close(4001, 'Unknown opcode.');
    });
  });

  return {
    upgrade(request, socket, head) {
      server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
    },
    starts() {
      const { begins, starts } = today();
      const remaining = Math.max(0, options.sessionStarts - starts);
      return { remaining, resetAfter: begins + DAY_MS - options.clock.now() };
    },
    recommended: () => Math.max(1, Math.ceil(installed().length / guildsPerShard.recommended)),
    maxConcurrency: identifies.maxConcurrency,
    silently(change) {
      isSilent = true;
      try {
        change();
      } finally {
        isSilent = false;
      }
    },
    dispatch(type, data) {
      const guild = data['guild_id'];
      for (const session of sessions.values())
        if (typeof guild === 'string' ? isOnShard(session.shard, guild) : session.shard[0] === 0)
          deliver(session, type, data);
    },
    announce(change) {
      if (isSilent || !change.guild.installed) return;
      for (const session of sessions.values())
        if (isOnShard(session.shard, change.guild.id) && receivesChange(change, session.intents, options.bot))
          deliver(session, change.type, changePayload(change, options.bot));
    },
    close(code, reason = '', shard) {
      for (const socket of sockets(shard)) socket.close(code, reason);
    },
    drop(shard) {
      for (const socket of sockets(shard)) socket.terminate();
    },
    ignore(...what) {
      ignored = what;
    },
    reconnect() {
      for (const socket of server.clients) send(socket, { op: op.reconnect, d: null });
    },
    invalidate(resumable) {
      if (!resumable) sessions.clear();
      for (const socket of server.clients) send(socket, { op: INVALID_SESSION, d: resumable });
    },
    stop() {
      for (const socket of server.clients) socket.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A guild's events go to one shard, direct messages to the first (Gateway, Sharding). */
const isOnShard = ([id, count]: Shard, guild: string): boolean =>
  Number((BigInt(guild) >> 22n) % BigInt(count)) === id;

/** The `shard` of Identify: one shard by default, undefined if invalid. */
function parseShard(said: unknown): Shard | undefined {
  if (said === undefined || said === null) return [0, 1];
  if (!Array.isArray(said) || said.length !== 2) return undefined;
  const [id, count] = said as readonly unknown[];
  if (typeof id !== 'number' || typeof count !== 'number') return undefined;
  return Number.isInteger(id) && Number.isInteger(count) && id >= 0 && id < count ? [id, count] : undefined;
}
