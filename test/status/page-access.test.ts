import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { startStatusServer } from '../../src/status/server.ts';

const PASSWORD = 'pässwörd: with a colon';

async function stage({
  host = '127.0.0.1',
  password,
  steady = () => 0,
}: {
  host?: string;
  password?: string | undefined;
  steady?: () => number;
}) {
  const source = {
    healthErrors: async () => ({}),
    metrics: async () => 'counts',
    page: async () => '<p>the page',
  };
  const server = await startStatusServer(source, { host, port: 0, password, steady });
  onTestFinished(server.stop);
  const { port } = new URL(server.url);
  return {
    hasPage: server.hasPage,
    async ask(headers: Readonly<Record<string, string>> = {}, path = '/', localAddress = '127.0.0.1') {
      const asked = request({ host: '127.0.0.1', port, path, headers, localAddress, agent: false }).end();
      const [answer] = await once(asked, 'response');
      return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
    },
  };
}

const basic = (password: string, user = 'anybody'): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const LOOPBACK = '127.0.0.1';
const ALL = '0.0.0.0';

test.each<[string, string, string | undefined, Record<string, string>, number]>([
  ['on loopback, nobody needs a password', LOOPBACK, undefined, {}, 200],
  [
    'on loopback, a page of the web gets nothing (DNS rebinding)',
    LOOPBACK,
    undefined,
    { host: 'evil.example' },
    421,
  ],
  [
    'through a proxy, others aren’t on this machine',
    LOOPBACK,
    undefined,
    { 'x-forwarded-for': '192.0.2.1' },
    403,
  ],
  ['the same by the standard’s header', LOOPBACK, undefined, { forwarded: 'for=192.0.2.1' }, 403],
  ['off loopback, there is no page without a password', ALL, undefined, {}, 403],
  ['whatever is given', ALL, undefined, basic(PASSWORD), 403],
  ['off loopback, a password is asked for', ALL, PASSWORD, {}, 401],
  ['on loopback, too, if one is set', LOOPBACK, PASSWORD, {}, 401],
  ['the right one opens', ALL, PASSWORD, basic(PASSWORD), 200],
  ['for any user', ALL, PASSWORD, basic(PASSWORD, ''), 200],
  ['by any name, as behind a proxy', LOOPBACK, PASSWORD, { ...basic(PASSWORD), host: 'status.example' }, 200],
  ['and through one', LOOPBACK, PASSWORD, { ...basic(PASSWORD), 'x-forwarded-for': '192.0.2.1' }, 200],
  [
    'the scheme in lower case',
    ALL,
    PASSWORD,
    { authorization: basic(PASSWORD)['authorization']?.replace('B', 'b') ?? '' },
    200,
  ],
  ['a wrong one', ALL, PASSWORD, basic('pässwörd'), 401],
  ['an empty one', ALL, PASSWORD, basic(''), 401],
  ['one that is too long by a letter', ALL, PASSWORD, basic(`${PASSWORD}x`), 401],
  ['another scheme', ALL, PASSWORD, { authorization: 'Bearer abc' }, 401],
  [
    'no colon',
    ALL,
    PASSWORD,
    { authorization: `Basic ${Buffer.from(PASSWORD.replace(':', '')).toString('base64')}` },
    401,
  ],
  ['no base64', ALL, PASSWORD, { authorization: 'Basic ???' }, 401],
])('%s', async (_, host, password, headers, status) => {
  const { ask } = await stage({ host, password });
  const answer = await ask(headers);
  expect(answer.status).toBe(status);
  expect(answer.body.includes('the page')).toBe(status === 200);
  const asks = status === 401 ? 'Basic realm="Postrider", charset="UTF-8"' : undefined;
  expect(answer.headers['www-authenticate']).toBe(asks);
  expect(answer.headers['content-security-policy'] === undefined).toBe(status === 421);
  expect(answer.body.includes('STATUS_PASSWORD')).toBe(status === 403 || status === 401);
});

test.each([
  [LOOPBACK, undefined, true],
  [LOOPBACK, PASSWORD, true],
  [ALL, PASSWORD, true],
  [ALL, undefined, false],
])('at %s with the password %s, whether there is a page is %s', async (host, password, hasPage) => {
  expect((await stage({ host, password })).hasPage).toBe(hasPage);
});

test('health and metrics are as before, whatever the password is', async () => {
  for (const password of [undefined, PASSWORD]) {
    const { ask } = await stage({ host: ALL, password });
    expect((await ask({}, '/healthz')).status).toBe(200);
    expect((await ask({}, '/metrics')).body).toBe('counts');
    const own = await stage({ password });
    expect((await own.ask({ host: 'evil.example' }, '/metrics')).status).toBe(421);
  }
});

test('who tries many passwords is refused for a while, even with the right one; others are not', async () => {
  let nowMs = 0;
  const { ask } = await stage({ host: ALL, password: PASSWORD, steady: () => nowMs });
  // Asking without a password is how every browser begins.
  for (let n = 0; n < 30; n += 1) expect((await ask()).status).toBe(401);
  for (let n = 0; n < 10; n += 1) expect((await ask(basic(`guess ${n}`))).status).toBe(401);
  const refused = await ask(basic(PASSWORD));
  expect(refused.status).toBe(429);
  expect(refused.headers['retry-after']).toBe('300');
  expect((await ask(basic(PASSWORD), '/', '127.0.0.2')).status).toBe(200);
  nowMs += 300_001;
  expect((await ask(basic(PASSWORD))).status).toBe(200);
});

test('a right password is no attempt', async () => {
  const { ask } = await stage({ host: ALL, password: PASSWORD });
  for (let n = 0; n < 30; n += 1) expect((await ask(basic(PASSWORD))).status).toBe(200);
});
