import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Method } from '../methods/method.ts';
import type { World } from '../world/world.ts';
import type { CallGate } from './call-gate.ts';
import type { Params } from './params.ts';
import { readParams } from './read-params.ts';
import { Refusal } from './refusal.ts';

export interface BotApiServer {
  readonly apiUrl: string;
  stop(): Promise<void>;
}

/** Serves the Bot API's addresses on the loopback interface: `/bot<token>/<method>`, `/file/bot<token>/<path>`. */
export async function startServer(
  world: World,
  methods: ReadonlyMap<string, Method>,
  gate: CallGate,
  port: number,
): Promise<BotApiServer> {
  const server = createServer((request, response) => {
    void serve(world, methods, gate, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${address.port}`,
    async stop() {
      world.updates.interrupt();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(
  world: World,
  methods: ReadonlyMap<string, Method>,
  gate: CallGate,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, file, token = '', rest = ''] = /^\/(file\/)?bot([^/]*)\/(.*)$/.exec(url.pathname) ?? [];
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  let params: Params = { fields: {}, files: new Map() };
  const log = (status: number, description?: string): void => {
    const said = description === undefined ? {} : { description };
    const payload = describe(params);
    world.events.emit('call', { method: rest, payload, at: world.now(), status, ...said });
  };
  try {
    checkToken(world, decodeURIComponent(token));
    if (file) return sendFile(world, response, rest);
    params = await readParams(request, url.searchParams);
    const verdict = await gate.before(rest, params);
    if (verdict.kind === 'answer') {
      log(verdict.status, verdict.body);
      response.writeHead(verdict.status, { 'content-type': verdict.type }).end(verdict.body);
      return;
    }
    if (verdict.kind === 'break-off') {
      await call(methods, rest, world, verdict.part, gone.signal);
      throw verdict.refusal;
    }
    const result =
      verdict.kind === 'reset' ? undefined : await call(methods, rest, world, params, gone.signal);
    log(verdict.kind === 'pass' || verdict.kind === 'garble' ? 200 : 0);
    if (verdict.kind === 'pass') sendJson(response, 200, { ok: true, result });
    else if (verdict.kind === 'garble')
      response.writeHead(200, { 'content-type': 'application/json' }).end(verdict.body);
    else response.destroy();
  } catch (error) {
    const refusal =
      error instanceof Refusal ? error : new Refusal(500, `Internal Server Error: ${String(error)}`);
    log(refusal.code, refusal.message);
    refuse(response, refusal);
  }
}

function checkToken(world: World, token: string): void {
  if (token === world.token && !world.revoked) return;
  throw /^[1-9]\d*:[\w-]{24,}$/.test(token)
    ? new Refusal(401, 'Unauthorized')
    : new Refusal(404, 'Not Found');
}

async function call(
  methods: ReadonlyMap<string, Method>,
  name: string,
  world: World,
  params: Params,
  gone: AbortSignal,
): Promise<unknown> {
  const method = methods.get(name.toLowerCase());
  if (!method) throw new Refusal(404, 'Not Found: method not found');
  return method(world, params, { gone });
}

function refuse(response: ServerResponse, { code, message, parameters }: Refusal): void {
  if (parameters?.retry_after !== undefined) response.setHeader('retry-after', parameters.retry_after);
  sendJson(response, code, {
    ok: false,
    error_code: code,
    description: message,
    ...(parameters && { parameters }),
  });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function sendFile(world: World, response: ServerResponse, path: string): void {
  const bytes = world.files.read(path);
  if (!bytes) throw new Refusal(404, 'Not Found');
  response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
}

/** The arguments as the caller had them before they became strings. */
function describe({ fields, files }: Params): Readonly<Record<string, unknown>> {
  const decoded = Object.entries(fields).map(([name, value]) => [name, decode(value)]);
  const uploads = [...files].map(([name, upload]) => [
    name,
    { name: upload.name, bytes: upload.bytes.length },
  ]);
  return Object.fromEntries([...decoded, ...uploads]);
}

function decode(value: string): unknown {
  if (!/^([[{]|-?\d+$|true$|false$)/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
