import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type StatusLimits, type StatusSource, startStatusServer } from '../../src/status/server.ts';

const WELL: StatusSource = {
  healthErrors: async () => ({}),
  metrics: async () => '',
  page: async (language) => `<p>the page in ${language}</p>`,
};

async function stage({
  host = '127.0.0.1',
  source = WELL,
  limits,
  password,
  steady = () => 0,
}: {
  host?: string;
  source?: StatusSource;
  limits?: StatusLimits;
  password?: string;
  steady?: () => number;
}) {
  const options = { host, port: 0, password, steady };
  const server = await startStatusServer(source, { ...options, ...(limits && { limits }) });
  onTestFinished(server.stop);
  const port = Number(new URL(server.url).port);
  /** The response to these bytes, until the server closes the connection. */
  function raw(bytes: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    socket.write(bytes);
    return text(socket);
  }
  return {
    raw,
    hasPage: server.hasPage,
    ask: (target: string, { method = 'GET', name = `127.0.0.1:${port}`, headers = '' } = {}) =>
      raw(`${method} ${target} HTTP/1.1\r\nHost: ${name}\r\n${headers}Connection: close\r\n\r\n`),
    /** An idle connection from a local address. */
    async idle(localAddress = '127.0.0.1') {
      const socket = connect({ port, host: '127.0.0.1', localAddress });
      // So that closing can be told from half-closing.
      socket.on('error', () => undefined).resume();
      onTestFinished(() => void socket.destroy());
      await once(socket, 'connect');
      return socket;
    },
  };
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /u.exec(answer)?.[1]);

describe('what is asked', () => {
  test.each([
    ['GET', '/healthz', 200],
    ['HEAD', '/healthz', 200],
    ['GET', '/healthz?verbose=1', 200],
    ['GET', '/metrics', 200],
    ['GET', '/', 200],
    ['GET', '/?', 200],
    ['HEAD', '/', 200],
    ['POST', '/', 405],
    ['GET', '/index.html', 404],
    ['GET', '/../healthz', 404],
    ['GET', '/healthz/', 404],
    ['POST', '/healthz', 405],
    ['DELETE', '/metrics', 405],
    ['OPTIONS', '/metrics', 405],
    ['TRACE', '/metrics', 405],
  ])('%s %s is answered with %i', async (method, target, status) => {
    const { ask } = await stage({});
    expect(statusOf(await ask(target, { method }))).toBe(status);
  });

  test.each(['constructor', 'http:', '*', '__proto__', '/\0'])('for %j breaks nothing', async (target) => {
    const { ask } = await stage({});
    expect(statusOf(await ask(target))).toBeGreaterThanOrEqual(400);
    expect(statusOf(await ask('/healthz'))).toBe(200);
  });

  test('that fails doesn’t say why', async () => {
    const source = { ...WELL, metrics: () => Promise.reject(new Error('/bot123:token')) };
    const { ask } = await stage({ source });
    const answer = await ask('/metrics');
    expect(statusOf(answer)).toBe(500);
    expect(answer).toContain('failed\n');
    expect(answer).not.toContain('token');
  });
});

describe('on the loopback', () => {
  test.each(['localhost', 'localhost:8787', '127.0.0.1', '127.1.2.3:80', '[::1]:8787'])(
    '%s is a name of this machine',
    async (name) => {
      const { ask } = await stage({});
      expect(statusOf(await ask('/healthz', { name }))).toBe(200);
    },
  );

  test.each([
    'evil.example',
    'evil.example:8787',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '10.0.0.1',
    '',
  ])('a web page that reaches the server as “%s” reads nothing', async (name) => {
    const { ask } = await stage({});
    const answer = await ask('/metrics', { name });
    expect(statusOf(answer)).toBe(421);
    expect(answer).not.toContain('postrider');
  });
});

test('bound to all interfaces, it answers to any host name', async () => {
  const { ask } = await stage({ host: '0.0.0.0' });
  expect(statusOf(await ask('/healthz', { name: 'postrider.monitoring.svc:8787' }))).toBe(200);
});

describe('a client that means to keep it busy', () => {
  const limits = { timeoutMs: 200, headerBytes: 1_024, connections: 3 };

  test.each([
    ['a request that never ends', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: ', 408],
    ['a body that never comes', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n', 200],
    ['a line without end', `GET /${'a'.repeat(5_000)}`, 431],
    ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\n${'X-A: b\r\n'.repeat(500)}`, 431],
  ])('with %s is cut off', async (_, bytes, status) => {
    const { raw, ask } = await stage({ limits });
    expect(statusOf(await raw(bytes))).toBe(status);
    expect(statusOf(await ask('/healthz'))).toBe(200);
  });

  test('with many connections gets only a few', async () => {
    const { idle, raw } = await stage({ limits: { ...limits, timeoutMs: 60_000 } });
    const held = [await idle(), await idle(), await idle()];
    expect(await raw('')).toBe('');
    expect(held.every(({ readable }) => readable)).toBe(true);
  });

  describe('from one address', () => {
    const few = { timeoutMs: 60_000, headerBytes: 1_024, connections: 6, perAddress: 2 };

    test('with many connections keeps the newest, still gets answers, and leaves room for others', async () => {
      const { idle, ask } = await stage({ limits: few });
      const other = await idle('127.0.0.2');
      const first = [await idle(), await idle()];
      const gone = first.map((socket) => once(socket, 'close'));
      const last = [await idle(), await idle()];
      await Promise.all(gone);
      expect([...last, other].map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
      for (let n = 0; n < 5; n += 1) expect(statusOf(await ask('/healthz'))).toBe(200);
      expect(other.destroyed).toBe(false);
    });

    test('doesn’t displace requests in progress', async () => {
      const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
      const asked: (() => void)[] = [];
      const source = { ...WELL, healthErrors: () => (asked.shift()?.(), allowed.then(() => ({}))) };
      const { ask, raw } = await stage({ limits: few, source });
      const arrived = Array.from({ length: 2 }, () => new Promise<void>((resolve) => asked.push(resolve)));
      const answers = [ask('/healthz'), ask('/healthz')];
      await Promise.all(arrived);
      expect(await raw('').catch(() => '')).toBe('');
      allow();
      expect((await Promise.all(answers)).map(statusOf)).toEqual([200, 200]);
      expect(statusOf(await ask('/healthz'))).toBe(200);
    });
  });

  test('that sends nothing is closed', async () => {
    const { idle } = await stage({ limits });
    const socket = await idle();
    await once(socket, 'close');
    expect(socket.destroyed).toBe(true);
  });
});
