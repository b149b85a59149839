import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { runCommandLine } from '../../src/cli/cli.ts';
import { startStatusServer } from '../../src/status/server.ts';
import { fakeTerminal } from './terminal.fixture.ts';

async function health(env: Readonly<Record<string, string>>) {
  const { terminal, screen } = fakeTerminal(env, false);
  const code = await runCommandLine(['health'], terminal);
  return { code, ...screen };
}

/** The port of Postrider's status server, on that interface, with these problems. */
async function statusPort(host: string, problems: Readonly<Record<string, string>>): Promise<string> {
  const source = { healthErrors: async () => problems, metrics: async () => '', page: async () => '' };
  const server = await startStatusServer(source, { host, port: 0, steady: () => 0 });
  onTestFinished(server.stop);
  return new URL(server.url).port;
}

/** The port of any other server. */
async function otherPort(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  return String((server.address() as AddressInfo).port);
}

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', 'localhost'],
  ['0.0.0.0', '0.0.0.0'],
  ['::1', '::1'],
  ['::', '::'],
])('a bot that works, listening on %s, is healthy', async (listening, host) => {
  const port = await statusPort(listening, {});
  expect(await health({ HOST: host, PORT: port })).toEqual({ code: 0, stdout: 'healthy\n', stderr: '' });
});

test('one that does not says in a line what fails', async () => {
  const port = await statusPort('127.0.0.1', { store: 'database is\nlocked', relays: 'not connected' });
  expect(await health({ PORT: port })).toEqual({
    code: 1,
    stdout: 'unhealthy: store: database is locked; relays: not connected\n',
    stderr: '',
  });
});

test('where nothing listens, it says so', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  expect(await health({ PORT: String(port) })).toMatchObject({
    code: 1,
    stdout: `unhealthy: Postrider isn't running, or not listening on 127.0.0.1:${port}\n`,
  });
});

test.each<readonly [string, RequestListener, RegExp]>([
  ['a web page', (_, response) => response.end('<p>hello'), /something else than Postrider answers on/u],
  ['other JSON', (_, response) => response.end('null'), /something else than Postrider answers on/u],
  ['no end of an answer', (_, response) => response.end('x'.repeat(1e6)), /can't ask .*too long/u],
  ['nothing', (_, response) => response.destroy(), /can't ask .* \(ECONNRESET\)/u],
])('a server that answers with %s is not healthy', async (_, answer, line) => {
  const { code, stdout } = await health({ PORT: await otherPort(answer) });
  expect([code, stdout]).toEqual([1, expect.stringMatching(line)]);
});

test.each([
  [{ PORT: '0' }, 'PORT: 0 stands for any free port'],
  [{ PORT: 'x', HOST: 'a..b' }, 'PORT: "x" is not a port number'],
])('%j is wrong configuration', async (env, said) => {
  const { code, stderr } = await health(env);
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
});
