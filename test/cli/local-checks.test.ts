import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { checkClock, checkStatusPort } from '../../src/cli/check/local-checks.ts';
import type { Config } from '../../src/config/config.ts';
import { startStatusServer } from '../../src/status/server.ts';

/** A web server, with its address. */
async function serve(headers: Readonly<Record<string, string>> = {}): Promise<URL> {
  const server = createServer((_request, response) => response.writeHead(200, headers).end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

const NOON = Date.UTC(2026, 2, 1, 12);
const serverAt = (ms: number) => serve({ date: new Date(ms).toUTCString(), connection: 'close' });

test.each([
  [0, 'ok', 'right'],
  [-3 * 60_000, 'warning', /^1(?:79|80) s fast$/u],
  [3_600_000, 'failed', /^360[01] s slow$/u],
])('a clock that is %d ms from the servers’', async (offMs, status, message) => {
  const urls = await Promise.all([NOON + offMs, NOON + offMs, NOON + 86_400_000].map(serverAt));
  const tools = { fetch, now: () => NOON };
  const [finding] = await checkClock(urls.map(String), tools);
  expect(finding?.status).toBe(status);
  expect(finding?.message).toMatch(message);
});

test('nobody tells the time', async () => {
  expect(await checkClock(['http://127.0.0.1:1/'], { fetch, now: () => NOON })).toMatchObject([
    { status: 'warning' },
  ]);
});

const at = ({ port }: URL) => ({ host: '127.0.0.1', port: Number(port) }) as Config;

test('a port that is free, that a Postrider has, and that another program has', async () => {
  expect(await checkStatusPort({ host: '127.0.0.1', port: 0 } as Config, fetch)).toMatchObject([
    { status: 'ok' },
  ]);
  const source = { healthErrors: async () => ({}), metrics: async () => '' };
  const ours = await startStatusServer('127.0.0.1', 0, source);
  onTestFinished(ours.stop);
  expect(await checkStatusPort(at(new URL(ours.url)), fetch)).toMatchObject([
    { status: 'ok', message: expect.stringContaining('Postrider that is running') },
  ]);
  expect(await checkStatusPort(at(await serve()), fetch)).toMatchObject([
    { status: 'failed', fix: expect.stringContaining('PORT') },
  ]);
});
