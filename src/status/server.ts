import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Troubles } from './health.ts';
import { type Metric, metricsText } from './metrics.ts';

export interface StatusSource {
  troubles(): Promise<Troubles>;
  metrics(): Promise<readonly Metric[]>;
}

export interface StatusServer {
  readonly url: string;
  stop(): Promise<void>;
}

type Route = (source: StatusSource, response: ServerResponse) => Promise<void>;

const routes: Readonly<Record<string, Route>> = {
  '/healthz': async (source, response) => {
    const troubles = await source.troubles();
    const isWell = Object.keys(troubles).length === 0;
    respond(
      response,
      isWell ? 200 : 503,
      'application/json',
      JSON.stringify({ status: isWell ? 'ok' : 'failing', failing: troubles }),
    );
  },
  '/metrics': async (source, response) =>
    respond(response, 200, 'text/plain; version=0.0.4; charset=utf-8', metricsText(await source.metrics())),
};

/** Answers `/healthz` and `/metrics` over HTTP. Rejects where the address can't be listened on. */
export async function startStatusServer(
  host: string,
  port: number,
  source: StatusSource,
): Promise<StatusServer> {
  const server = createServer((request, response) => {
    const route =
      request.method === 'GET' || request.method === 'HEAD'
        ? routes[(request.url ?? '').split('?')[0] ?? '']
        : undefined;
    if (!route) return respond(response, 404, 'text/plain', 'Not here. There is /healthz and /metrics.\n');
    return void route(source, response).catch((error: unknown) =>
      respond(response, 500, 'text/plain', `${error instanceof Error ? error.message : 'failed'}\n`),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function respond(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
