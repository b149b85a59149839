import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { HealthErrors } from './health.ts';
import { ATTEMPTS_WAIT_S, createPageAccess, type PageAccess } from './page/access.ts';
import { noticePage, PAGE_HEADERS } from './page/page.ts';
import type { StatusPage } from './page/status-page.ts';

export interface StatusSource {
  healthErrors(): Promise<HealthErrors>;
  /** Where several processes share the work: what this one does, by role. */
  roles?(): Readonly<Record<string, 'active' | 'standby'>>;
  /** In Prometheus' text format. */
  metrics(): Promise<string>;
  /** For people, at `/`. */
  readonly page: StatusPage;
}

export interface StatusServerOptions {
  readonly host: string;
  readonly port: number;
  /** The password for the page at `/`. Off loopback, there is no page without one. */
  readonly password?: string | undefined;
  /** Milliseconds on a clock that never jumps. */
  steady(): number;
  readonly limits?: StatusLimits;
}

export interface StatusServer {
  readonly url: string;
  /** Whether there is a page at `/`. Off loopback, that takes a password. */
  readonly hasPage: boolean;
  stop(): Promise<void>;
}

/** What clients may use. */
export interface StatusLimits {
  /** For a whole request to arrive, in milliseconds. */
  readonly timeoutMs: number;
  readonly headerBytes: number;
  /** For all clients together. Further connections are refused. */
  readonly connections: number;
  /** Per address. A further connection replaces the oldest idle one. Default: `connections`. */
  readonly perAddress?: number;
}

const LIMITS: StatusLimits = { timeoutMs: 5_000, headerBytes: 8_192, connections: 64, perAddress: 8 };

type Route = (source: StatusSource, response: ServerResponse) => Promise<void>;

const routes: ReadonlyMap<string, Route> = new Map([
  [
    '/healthz',
    async (source, response) => {
      const troubles = await source.healthErrors();
      const isWell = Object.keys(troubles).length === 0;
      const roles = source.roles?.();
      const status = { status: isWell ? 'ok' : 'failing', failing: troubles, ...(roles && { roles }) };
      respond(response, isWell ? 200 : 503, 'application/json', JSON.stringify(status));
    },
  ],
  [
    '/metrics',
    async (source, response) =>
      respond(response, 200, 'text/plain; version=0.0.4; charset=utf-8', await source.metrics()),
  ],
]);

const PAGE = '/';

/** Serves `/`, `/healthz` and `/metrics` over HTTP. Rejects if it can't listen on the address. */
export async function startStatusServer(
  source: StatusSource,
  { host, port, password, steady, limits = LIMITS }: StatusServerOptions,
): Promise<StatusServer> {
  const { timeoutMs, headerBytes, connections, perAddress = connections } = limits;
  const slots = createConnectionSlots(perAddress);
  const accessOf = createPageAccess({ password, steady });
  const server = createServer(
    {
      maxHeaderSize: headerBytes,
      headersTimeout: timeoutMs,
      requestTimeout: timeoutMs,
      keepAliveTimeout: timeoutMs,
      connectionsCheckingInterval: Math.ceil(timeoutMs / 5),
    },
    (request, response) => {
      slots.answering(request.socket, response);
      const path = (request.url ?? '').split('?')[0] ?? '';
      // Browsers send a password only to the host name it was entered for, so DNS rebinding can't use it.
      const isGuarded = path === PAGE && password !== undefined;
      const refused = refusalOf(request, isForThisMachine && !isGuarded);
      if (refused) return respond(response, ...refused);
      // The part that failed logs the cause, which is none of the client's business.
      const fail = (): void => respond(response, 500, 'text/plain', 'failed\n');
      if (path === PAGE) {
        const access = accessOf(request, isForThisMachine);
        if (access !== 'open') return refusePage(response, access);
        const { page } = source;
        return void page(request.headers['accept-language']).then(
          (text) => respond(response, 200, HTML, text, PAGE_HEADERS),
          fail,
        );
      }
      const route = routes.get(path);
      if (!route) return respond(response, 404, 'text/plain', 'Not found. Try /, /healthz or /metrics.\n');
      return void route(source, response).catch(fail);
    },
  );
  server.maxConnections = connections;
  server.on('connection', slots.take);
  let isForThisMachine = true;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  isForThisMachine = isLoopback(address.address);
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    hasPage: isForThisMachine || password !== undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Keeps one address from using up all connections. */
function createConnectionSlots(perAddress: number) {
  const held = new Map<string, Set<Socket>>();
  const answered = new WeakSet<Socket>();
  return {
    take(socket: Socket): void {
      const address = socket.remoteAddress ?? '';
      const own = held.get(address) ?? new Set();
      // A set keeps the order of insertion.
      const idle = own.size < perAddress ? undefined : [...own].find((one) => !answered.has(one));
      if (own.size >= perAddress && !idle) return void socket.destroy();
      if (idle) own.delete(idle);
      idle?.destroy();
      held.set(address, own.add(socket));
      socket.once('close', () => {
        own.delete(socket);
        if (own.size === 0 && held.get(address) === own) held.delete(address);
      });
    },
    answering(socket: Socket, response: ServerResponse): void {
      answered.add(socket);
      response.once('close', () => answered.delete(socket));
    },
  };
}

type Refusal = readonly [status: number, type: string, body: string];

/** Only GET and HEAD. On loopback, only by loopback names, so that no web page can read it (DNS rebinding). */
function refusalOf({ method, headers }: IncomingMessage, isForThisMachine: boolean): Refusal | undefined {
  if (method !== 'GET' && method !== 'HEAD') return [405, 'text/plain', 'Only GET and HEAD are allowed.\n'];
  const name = URL.parse(`http://${headers.host ?? 'localhost'}/`)?.hostname ?? '';
  return isForThisMachine && !isLoopback(name)
    ? [421, 'text/plain', 'Use localhost or 127.0.0.1 as the host name.\n']
    : undefined;
}

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/u.test(host);

const HTML = 'text/html; charset=utf-8';

/** Status, headers, heading and explanation of each refusal. */
const PAGE_REFUSALS: Readonly<
  Record<Exclude<PageAccess, 'open'>, readonly [number, OutgoingHttpHeaders, string, string]>
> = {
  'no-password-set': [
    403,
    {},
    'No status page here',
    'Requests from other machines need a password: set STATUS_PASSWORD and restart. See “Status page” in docs/operating.md.',
  ],
  'password-needed': [
    401,
    { 'www-authenticate': 'Basic realm="Postrider", charset="UTF-8"' },
    'Password needed',
    'Enter the password that is set as STATUS_PASSWORD. The user name can be anything.',
  ],
  'too-many-attempts': [
    429,
    { 'retry-after': String(ATTEMPTS_WAIT_S) },
    'Too many wrong passwords',
    'Wait five minutes, then try again.',
  ],
};

function refusePage(response: ServerResponse, access: Exclude<PageAccess, 'open'>): void {
  const [status, headers, heading, explanation] = PAGE_REFUSALS[access];
  respond(response, status, HTML, noticePage(heading, explanation), { ...PAGE_HEADERS, ...headers });
}

function respond(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers });
  response.end(body);
}
