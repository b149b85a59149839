import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { classifyError } from '../../../../src/platform/telegram/api/classify-error.ts';
import { createClient } from '../../../../src/platform/telegram/api/client.ts';
import { toSendResult } from '../../../../src/platform/telegram/api/errors.ts';
import { createFetch } from '../../../../src/platform/telegram/api/fetch.ts';

const TOKEN = '7000000009:AAverySecretTokenForTests_000000001';
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that treats every request the same, and its address. */
async function serving(handle: (response: ServerResponse, url: string) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => handle(response, request.url ?? ''));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address where no server listens. */
async function deserted(): Promise<string> {
  const address = await serving(() => {});
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return address;
}

/** What a call to that address throws. */
async function thrown(apiUrl: string): Promise<unknown> {
  const { calls } = createClient(TOKEN, apiUrl);
  return calls.sendMessage({ chat_id: 1, text: 'a' }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

const echo = (status: number) => (response: ServerResponse, url: string) =>
  response
    .writeHead(status, { 'content-type': 'text/html' })
    .end(`<p>No ${url} here, ${encodeURIComponent(TOKEN)}`);
const told = (code: number, description: string) => (response: ServerResponse, url: string) =>
  response
    .writeHead(code)
    .end(JSON.stringify({ ok: false, error_code: code, description: description + url }));

test.each([
  ['refused', 'nobody listens', { status: 'retry', uncertain: false }],
  ['an invalid address', 'http://[', { status: 'retry', uncertain: false }],
  ['a gateway’s page', echo(502), { status: 'retry', uncertain: true }],
  ['a captive portal', echo(200), { status: 'retry', uncertain: true }],
  ['a proxy that refuses everything', echo(403), { status: 'retry', uncertain: false }],
  ['a missing page', echo(404), { status: 'retry', uncertain: false }],
  ['a request too large for the gateway', echo(413), { status: 'rejected' }],
  [
    'an error that repeats the address',
    told(400, 'Bad Request: odd '),
    { status: 'retry', uncertain: false },
  ],
  ['a reset', (response: ServerResponse) => response.destroy(), { status: 'retry', uncertain: true }],
])('%s is recognized and never reveals the token', async (_, how, expected) => {
  const address = how === 'nobody listens' ? await deserted() : how;
  const error = await thrown(typeof address === 'string' ? address : await serving(address));
  const failure = toSendResult(classifyError(error));
  expect(failure).toMatchObject(expected);
  const everything = `${inspect(error, { depth: 20, showHidden: true })}${JSON.stringify(failure)}`;
  expect(everything).not.toContain('AAverySecret');
});

test('the token is removed from responses', async () => {
  const apiUrl = await serving((response) =>
    response.end(JSON.stringify({ ok: true, result: { text: `is it ${TOKEN}?` } })),
  );
  const message = await createClient(TOKEN, apiUrl).calls.sendMessage({ chat_id: 1, text: 'a' });
  expect(message.text).toBe('is it [secret]?');
});

test('an abort ends the request', async () => {
  const stop = new AbortController();
  const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
  const pending = createFetch(TOKEN)(await serving(() => hear()), { signal: stop.signal });
  await heard;
  stop.abort();
  await expect(pending).rejects.toMatchObject({ code: 'ABORTED', mayHaveArrived: true });
});

test('a TLS handshake that never ends means nothing was sent', async () => {
  const silent = createTcpServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const taken = once(silent, 'connection') as Promise<[Socket]>;
  const { port } = silent.address() as AddressInfo;
  await expect(createFetch(TOKEN, { connectMs: 1 })(`https://127.0.0.1:${port}/`, {})).rejects.toMatchObject({
    code: 'CONNECT_TIMEOUT',
    mayHaveArrived: false,
  });
  const [socket] = await taken;
  socket.destroy();
  silent.close();
});
