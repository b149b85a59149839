import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { classifyError } from '../../../../src/platform/discord/api/classify-error.ts';
import { toSendResult } from '../../../../src/platform/discord/api/errors.ts';

const url = 'http://127.0.0.1/webhooks/1/secret-token';
const request = { files: undefined, body: { content: 'private words' } };
const refusal = (status: number, code: number) =>
  new DiscordAPIError({ code, message: 'Refused' }, code, status, 'POST', url, request);
const result = (error: unknown) => toSendResult(classifyError(error), en);

const GONE = { status: 'unreachable', gone: true };
const suspended = (remedy: keyof typeof en.discord.fixes) => ({
  status: 'unreachable',
  gone: false,
  fix: en.discord.fixes[remedy],
});
const REJECTED = { status: 'rejected' };
const HALTED = { status: 'halted' };
const later = (scope: 'destination' | 'platform', afterMs?: number) => ({
  status: 'retry',
  scope,
  uncertain: false,
  ...(afterMs === undefined ? {} : { afterMs }),
});

describe('errors from Discord', () => {
  test.each<readonly [number, number, string, object]>([
    [404, 10003, 'unknown channel', GONE],
    [404, 10004, 'unknown guild', GONE],
    [404, 10015, 'unknown webhook', GONE],
    [403, 50001, 'missing access', suspended('view')],
    [403, 50013, 'missing permissions', suspended('write')],
    [403, 160005, 'thread locked', suspended('locked')],
    [400, 50083, 'thread archived', suspended('archived')],
    [400, 160006, 'too many active threads', suspended('threads')],
    [400, 40067, 'a tag is required', suspended('tags')],
    [400, 40058, 'a forum takes no messages', suspended('kind')],
    [400, 50008, 'no text in this channel', suspended('kind')],
    [400, 50024, 'not in this kind of channel', suspended('kind')],
    [403, 50007, 'private messages closed', { ...GONE, fix: en.discord.fixes.private }],
    [403, 50278, 'no server in common', { ...GONE, fix: en.discord.fixes.private }],
    [400, 50035, 'invalid form', REJECTED],
    [400, 50006, 'empty message', REJECTED],
    [413, 40005, 'too large', REJECTED],
    [400, 50045, 'file too large', REJECTED],
    [400, 30015, 'too many attachments', REJECTED],
    [400, 200000, 'blocked by AutoMod', REJECTED],
    [400, 240000, 'harmful link', REJECTED],
    [400, 20009, 'explicit content', REJECTED],
    [404, 10008, 'unknown message', REJECTED],
    [403, 50005, "somebody else's message", REJECTED],
    [400, 40033, 'published already', REJECTED],
    [403, 160002, 'no reply without history', REJECTED],
    [400, 30046, 'edits of old messages', later('destination', 600_000)],
    [403, 20022, 'edits of announcements', later('destination', 3_600_000)],
    [503, 130000, 'overloaded', later('platform')],
    [400, 40004, 'sending switched off', later('platform')],
    [403, 40006, 'feature switched off', later('platform')],
    [429, 20028, 'writes to the channel', later('destination')],
    [429, 20029, 'writes to the server', later('destination')],
    [429, 40062, 'service limited', later('destination')],
    [401, 0, 'unauthorised', HALTED],
    [401, 40001, 'unauthorised', HALTED],
    [401, 50014, 'bad token', HALTED],
    [400, 0, 'an unknown refusal', REJECTED],
    [403, 0, 'an unknown prohibition', suspended('forbidden')],
    [404, 0, 'an unknown address', suspended('missing')],
  ])('%i with code %i (%s)', (status, code, _, expected) => {
    expect(result(refusal(status, code))).toMatchObject(expected);
  });

  test.each([
    [401, 'platform'],
    [403, 'platform'],
    [429, 'platform'],
    [400, 'destination'],
    [404, 'destination'],
    [405, 'destination'],
    [410, 'destination'],
  ] as const)('%i from something in front of Discord is transient, for the %s', (status, scope) => {
    for (const body of [new ArrayBuffer(3), {}, { message: `${status}: Odd` }, { error: 'odd' }]) {
      const code = 'error' in body ? body.error : undefined;
      const error = new DiscordAPIError(body as never, code as never, status, 'POST', url, request);
      expect(result(error)).toMatchObject(later(scope));
    }
  });

  test.each([
    [500, true],
    [502, true],
    [503, false],
    [504, true],
    [520, true],
  ])('%i is transient; uncertain: %s', (status, uncertain) => {
    const error = new HTTPError(status, 'Oh', 'POST', url, request);
    expect(result(error)).toMatchObject({ status: 'retry', scope: 'destination', uncertain });
  });

  const limited = (fields: Partial<ConstructorParameters<typeof RateLimitError>[0]>) =>
    new RateLimitError({
      global: false,
      hash: 'h',
      limit: 5,
      majorParameter: '1',
      method: 'POST',
      route: '/channels/:id/messages',
      scope: 'user',
      sublimitTimeout: 0,
      timeToReset: 700,
      retryAfter: 700,
      url,
      ...fields,
    });
  test.each([
    ['a limit of a channel', limited({}), later('destination', 700)],
    ['a shared limit', limited({ scope: 'shared', retryAfter: 2_000 }), later('destination', 2_000)],
    [
      'a limit on everything',
      limited({ global: true, scope: 'global', retryAfter: 3_000 }),
      later('platform', 3_000),
    ],
    ['a limit known beforehand', limited({ retryAfter: 0, timeToReset: 400 }), later('destination', 400)],
  ])('%s', (_, error, expected) => {
    expect(result(error)).toMatchObject(expected);
  });
});

describe('network errors', () => {
  const broken = (code: string) => Object.assign(new Error('Broken'), { code });
  test.each([
    [broken('ECONNREFUSED'), 'platform', false],
    [broken('ENOTFOUND'), 'platform', false],
    [broken('EAI_AGAIN'), 'platform', false],
    [broken('UND_ERR_CONNECT_TIMEOUT'), 'platform', false],
    [new TypeError('fetch failed', { cause: broken('ECONNREFUSED') }), 'platform', false],
    [broken('ECONNRESET'), 'destination', true],
    [broken('UND_ERR_SOCKET'), 'destination', true],
    [new DOMException('This operation was aborted', 'AbortError'), 'destination', true],
    ['no error at all', 'destination', true],
  ])('%s', (error, scope, uncertain) => {
    expect(result(error)).toMatchObject({ status: 'retry', scope, uncertain });
  });
});

test('reasons contain neither the address nor the body of the request', () => {
  const errors = [refusal(400, 50035), new HTTPError(500, 'Oh', 'POST', url, request)];
  for (const error of errors)
    expect(JSON.stringify(result(error))).not.toMatch(/secret-token|private words/u);
});
