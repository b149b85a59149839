import { Bot } from 'grammy';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { TELEGRAM_LIMITS } from '../../../sandbox/telegram/http/rate-limits.ts';
import { type FakeTelegram, startTelegram } from '../../../sandbox/telegram/telegram.ts';
import type { User } from '../../../sandbox/telegram/world/api-types.ts';
import { call, result } from './call.fixture.ts';

let telegram: FakeTelegram;
let wren: User;
let nowMs = 1_700_000_000_000;

beforeEach(async () => {
  telegram = await startTelegram({ now: () => nowMs, limits: TELEGRAM_LIMITS });
  wren = telegram.person({ firstName: 'Wren' });
});
afterEach(() => telegram.stop());

const get = (path: string, init: RequestInit = {}) => fetch(`${telegram.apiUrl}${path}`, init);
const updateIds = async (payload: object = {}) =>
  (await result<{ update_id: number }[]>(telegram, 'getUpdates', payload)).map(({ update_id }) => update_id);

test.each([
  ['/bot7000000001:AAanotherTokenOfTheSandboxServer_99/getMe', 401, 'Unauthorized'],
  ['/botnonsense/getMe', 404, 'Not Found'],
  ['/elsewhere', 404, 'Not Found'],
])('%s is refused', async (path, status, description) => {
  const response = await get(path);
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ ok: false, error_code: status, description });
});

test('an unknown method is refused and recorded', async () => {
  expect(await call(telegram, 'sendPigeon')).toEqual({
    ok: false,
    error_code: 404,
    description: 'Not Found: method not found',
  });
  expect(telegram.calls.at(-1)).toMatchObject({ method: 'sendPigeon', status: 404 });
  expect(JSON.stringify(telegram.calls)).not.toContain(telegram.token);
});

test.each<[string, RequestInit, string]>([
  ['the query', {}, '?chat_id=CHAT&text=a+%26+b'],
  ['a form', { method: 'POST', body: new URLSearchParams({ text: 'a & b' }) }, '?chat_id=CHAT'],
])('arguments are taken from %s, in any case of the method', async (_, init, query) => {
  const response = await get(
    `/bot${telegram.token}/SENDMESSAGE${query.replace('CHAT', String(wren.id))}`,
    init,
  );
  expect(await response.json()).toMatchObject({ ok: true, result: { text: 'a & b' } });
});

test('arguments are taken from a multipart body, JSON in strings included', async () => {
  const body = new FormData();
  body.set('chat_id', String(wren.id));
  body.set('text', 'a\r\nb');
  body.set('entities', '[{"type":"bold","offset":"0","length":1}]');
  const response = await get(`/bot${telegram.token}/sendMessage`, { method: 'POST', body });
  expect(await response.json()).toMatchObject({
    result: { text: 'a\nb', entities: [{ type: 'bold', length: 1 }] },
  });
});

test('updates come again until they are confirmed', async () => {
  for (const text of ['a', 'b', 'c']) telegram.say({ chat: wren, user: wren, text });
  const ids = await updateIds();
  expect(ids).toHaveLength(3);
  expect(await updateIds({ limit: 2 })).toEqual(ids.slice(0, 2));
  expect(await updateIds({ offset: (ids[0] ?? 0) + 1 })).toEqual(ids.slice(1));
  expect(await updateIds({ offset: -1 })).toEqual(ids.slice(2));
  expect(await updateIds()).toEqual(ids.slice(2));
});

test('a waiting request gets the update as it comes', async () => {
  const waiting = updateIds({ timeout: 30 });
  await telegram.until(() => telegram.polling);
  telegram.say({ chat: wren, user: wren, text: 'a' });
  expect(await waiting).toHaveLength(1);
});

test('a client that goes away leaves no waiting request behind', async () => {
  const control = new AbortController();
  const waiting = get(`/bot${telegram.token}/getUpdates?timeout=30`, { signal: control.signal });
  await telegram.until(() => telegram.polling);
  control.abort();
  await expect(waiting).rejects.toThrow('aborted');
  await telegram.until(() => !telegram.polling);
  telegram.say({ chat: wren, user: wren, text: 'a' });
  expect(await updateIds({ timeout: 30 })).toHaveLength(1);
});

test('a second poller ends the first', async () => {
  const first = call(telegram, 'getUpdates', { timeout: 30 });
  await telegram.until(() => telegram.polling);
  const second = updateIds({ timeout: 30 });
  expect(await first).toEqual({
    ok: false,
    error_code: 409,
    description:
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  });
  telegram.say({ chat: wren, user: wren, text: 'a' });
  expect(await second).toHaveLength(1);
});

test('a request for updates whose time is over gets nothing', async () => {
  const waiting = updateIds({ timeout: 30 });
  await telegram.until(() => telegram.polling);
  telegram.endPoll();
  expect(await waiting).toEqual([]);
});

test('a token that was revoked is refused, and ends the waiting request', async () => {
  const waiting = call(telegram, 'getUpdates', { timeout: 30 });
  await telegram.until(() => telegram.polling);
  telegram.revoke();
  const refusal = { ok: false, error_code: 401, description: 'Unauthorized' };
  expect(await waiting).toEqual(refusal);
  expect(await call(telegram, 'getMe')).toEqual(refusal);
});

test('a webhook shuts polling out until it is deleted', async () => {
  await result(telegram, 'setWebhook', { url: 'https://bird.example/hook' });
  expect(await call(telegram, 'getUpdates')).toMatchObject({
    error_code: 409,
    description:
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  });
  expect(await result(telegram, 'getWebhookInfo')).toMatchObject({ url: 'https://bird.example/hook' });
  await result(telegram, 'deleteWebhook');
  expect(await updateIds()).toEqual([]);
});

test('menus are kept per scope and language, and writes are counted', async () => {
  const commands = [{ command: 'latest', description: 'The newest notes' }];
  await result(telegram, 'setMyCommands', {
    commands,
    scope: { type: 'all_private_chats' },
    language_code: 'fr',
  });
  expect(await result(telegram, 'getMyCommands')).toEqual([]);
  expect(
    await result(telegram, 'getMyCommands', { scope: { type: 'all_private_chats' }, language_code: 'fr' }),
  ).toEqual(commands);
  expect(telegram.commands.menu('all_private_chats', 'fr')).toEqual(commands);
  await result(telegram, 'deleteMyCommands', { scope: { type: 'all_private_chats' }, language_code: 'fr' });
  expect([telegram.commands.menu('all_private_chats', 'fr'), telegram.commands.writes]).toEqual([[], 2]);
});

test('an app shows the menu of the narrowest scope, in its own language before that for everybody', async () => {
  const set = (description: string, type: string, language_code = '') =>
    result(telegram, 'setMyCommands', {
      commands: [{ command: 'latest', description }],
      scope: { type },
      language_code,
    });
  const shown = (scopes: readonly string[], language?: string) =>
    telegram.commands.shown(scopes, language).map(({ description }) => description);
  expect(shown(['all_group_chats'])).toEqual([]);
  await set('Everywhere', 'default');
  await set('到处', 'default', 'zh');
  await set('In groups', 'all_group_chats');
  await set('群组里', 'all_group_chats', 'zh');
  expect(shown(['all_group_chats'], 'zh-hans')).toEqual(['群组里']);
  expect(shown(['all_group_chats'], 'fr')).toEqual(['In groups']);
  expect(shown(['all_chat_administrators', 'all_group_chats'], 'zh-hant')).toEqual(['群组里']);
  expect(shown(['all_private_chats'], 'zh')).toEqual(['到处']);
  expect(shown(['all_private_chats'])).toEqual(['Everywhere']);
});

test('texts of the profile fall back to those without language', async () => {
  await result(telegram, 'setMyDescription', { description: 'Carries notes' });
  expect(await result(telegram, 'getMyDescription', { language_code: 'de' })).toEqual({
    description: 'Carries notes',
  });
  expect(await result(telegram, 'getMyName')).toEqual({ name: 'Postrider' });
  expect((await call(telegram, 'setMyShortDescription', { short_description: 'x'.repeat(121) })).ok).toBe(
    false,
  );
});

test('more than one message a second to a chat is too many once the burst is used up', async () => {
  const send = () => call(telegram, 'sendMessage', { chat_id: wren.id, text: 'x' });
  expect([(await send()).ok, (await send()).ok, (await send()).ok]).toEqual([true, true, true]);
  expect(await send()).toEqual({
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 3',
    parameters: { retry_after: 3 },
  });
  nowMs += 3000;
  expect((await send()).ok).toBe(true);
});

test('paid messages have a limit of their own, cost what they do, and need a balance', async () => {
  const paidBroadcasts = { isOn: true, tenths: 5 };
  const server = await startTelegram({ now: () => nowMs, limits: TELEGRAM_LIMITS, paidBroadcasts });
  onTestFinished(() => server.stop());
  const people = Array.from({ length: 80 }, (_, n) => server.person({ firstName: `Wren ${n}` }));
  const send = async (user: User, flag?: boolean) => {
    const answer = await call(server, 'sendMessage', {
      chat_id: user.id,
      text: 'x',
      ...(flag !== undefined && { allow_paid_broadcast: flag }),
    });
    return answer.ok ? 'sent' : answer.description;
  };
  const sendAll = async (some: readonly User[], flag?: boolean) => {
    const answers = [];
    for (const user of some) answers.push(await send(user, flag));
    return answers;
  };
  // Without the flag 30 a second pass, whoever else is paid for.
  expect((await sendAll(people.slice(0, 31))).filter((answer) => answer !== 'sent')).toEqual([
    'Too Many Requests: retry after 1',
  ]);
  // With it 30 are free, and each of the others costs a tenth.
  expect(new Set(await sendAll(people.slice(31, 66), true))).toEqual(new Set(['sent']));
  expect(paidBroadcasts.tenths).toBe(0);
  expect(await send(people[66] as User, true)).toBe('Bad Request: BALANCE_TOO_LOW');
  // Where the feature is off, the flag has no effect.
  paidBroadcasts.isOn = false;
  expect(await send(people[66] as User, true)).toBe('Too Many Requests: retry after 1');
});

test('calls go wrong as the test says, and then right again', async () => {
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiUrl } });
  const send = () => bot.api.sendMessage(wren.id, 'x');
  telegram.fault({
    method: 'sendMessage',
    times: 2,
    effect: { kind: 'refuse', code: 429, description: 'Too Many Requests: retry after 7', retryAfter: 7 },
  });
  await expect(send()).rejects.toMatchObject({ error_code: 429, parameters: { retry_after: 7 } });
  await expect(send()).rejects.toMatchObject({ error_code: 429 });
  telegram.fault({
    method: 'sendMessage',
    effect: { kind: 'page', status: 502, body: '<html>Bad Gateway</html>' },
  });
  await expect(send()).rejects.toThrow('Network request');
  telegram.fault({ method: 'sendMessage', effect: { kind: 'reset', when: 'before' } });
  await expect(send()).rejects.toThrow('Network request');
  expect(telegram.messages(wren)).toEqual([]);
  telegram.fault({ method: 'sendMessage', effect: { kind: 'reset', when: 'after' } });
  await expect(send()).rejects.toThrow('Network request');
  expect(telegram.messages(wren)).toHaveLength(1);
  expect(await send()).toMatchObject({ text: 'x' });
});

test('a held call is carried out when it is let go, and a fault can be called off', async () => {
  const gate = Promise.withResolvers<void>();
  telegram.fault({ method: 'getMe', effect: { kind: 'hold', until: gate.promise } });
  const held = result(telegram, 'getMe');
  telegram.fault({ method: 'getChat', effect: { kind: 'reset', when: 'before' } })();
  expect(await result(telegram, 'getChat', { chat_id: wren.id })).toMatchObject({ id: wren.id });
  gate.resolve();
  expect(await held).toMatchObject({ is_bot: true, supports_inline_queries: true });
});
