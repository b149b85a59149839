import { GrammyError, HttpError } from 'grammy';
import { expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { classifyError } from '../../../../src/platform/telegram/api/classify-error.ts';
import { toSendResult } from '../../../../src/platform/telegram/api/errors.ts';
import { NoResponse } from '../../../../src/platform/telegram/api/fetch.ts';

const { fixes } = en.telegram;
const refusal = (error_code: number, description: string, parameters: object = {}) =>
  new GrammyError('Call failed', { ok: false, error_code, description, parameters }, 'sendMessage', {});

const resultOf = (error: unknown, isRepeated = false) => toSendResult(classifyError(error), isRepeated);

const gone = (sentence: string) => ({ status: 'unreachable', gone: true, fix: sentence });
const suspended = (sentence: string) => ({ status: 'unreachable', gone: false, fix: sentence });
const rejected = { status: 'rejected' };
const again = { status: 'retry', scope: 'destination', uncertain: false };

test.each([
  [403, 'Forbidden: bot was blocked by the user', gone(fixes.blocked)],
  [403, 'Forbidden: user is deactivated', gone(fixes.deactivated)],
  [403, 'Forbidden: the group chat was deleted', gone(fixes.deleted)],
  [403, 'Forbidden: bot was kicked from the group chat', gone(fixes.kicked)],
  [403, 'Forbidden: bot was kicked from the supergroup chat', gone(fixes.kicked)],
  [403, 'Forbidden: bot was kicked from the channel chat', gone(fixes.kicked)],
  [403, 'Forbidden: bot is not a member of the channel chat', gone(fixes.kicked)],
  [403, "Forbidden: bot can't initiate conversation with a user", gone(fixes.notStarted)],
  [403, "Forbidden: bots can't send messages to bots", gone(fixes.bot)],
  [403, 'Forbidden: something new', suspended(fixes.rights)],
  [400, 'Bad Request: CHANNEL_PRIVATE', gone(fixes.kicked)],
  [400, 'Bad Request: chat not found', gone(fixes.notFound)],
  [400, 'Bad Request: private chat not found', gone(fixes.notFound)],
  [400, 'Bad Request: PEER_ID_INVALID', gone(fixes.notFound)],
  [400, 'Bad Request: not enough rights to send text messages to the chat', suspended(fixes.rights)],
  [400, 'Bad Request: need administrator rights in the channel chat', suspended(fixes.rights)],
  [400, 'Bad Request: have no rights to send a message', suspended(fixes.rights)],
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', suspended(fixes.rights)],
  [400, 'Bad Request: CHAT_ADMIN_REQUIRED', suspended(fixes.rights)],
  [400, 'Bad Request: CHAT_RESTRICTED', suspended(fixes.restricted)],
  [400, 'Bad Request: TOPIC_CLOSED', suspended(fixes.topicClosed)],
  [400, 'Bad Request: message thread not found', suspended(fixes.topicGone)],
  [400, "Bad Request: can't parse entities: unsupported start tag", rejected],
  [400, 'Bad Request: message is too long', rejected],
  [400, 'Bad Request: message caption is too long', rejected],
  [400, 'Bad Request: ENTITIES_TOO_LONG', rejected],
  [400, 'Bad Request: message text is empty', rejected],
  [400, 'Bad Request: text must be non-empty', rejected],
  [400, 'Bad Request: failed to get HTTP URL content', rejected],
  [400, 'Bad Request: wrong type of the web page content', rejected],
  [400, 'Bad Request: wrong HTTP URL specified', rejected],
  [400, "Bad Request: can't upload file by URL", rejected],
  [400, 'Bad Request: failed to send message #2 with the error message "WEBPAGE_CURL_FAILED"', rejected],
  [400, 'Bad Request: PHOTO_INVALID_DIMENSIONS', rejected],
  [400, 'Bad Request: reply markup is too long', rejected],
  [400, 'Bad Request: BUTTON_URL_INVALID', rejected],
  [400, 'Bad Request: not enough rights to send photos to the chat', rejected],
  [400, 'Bad Request: message is not modified: specified new message content', rejected],
  [400, 'Bad Request: message to edit not found', rejected],
  [400, "Bad Request: message can't be edited", rejected],
  [400, 'Bad Request: message to delete not found', rejected],
  [400, "Bad Request: message can't be deleted for everyone", rejected],
  [400, 'Bad Request: query is too old and response timeout expired or query ID is invalid', rejected],
  [401, 'Unauthorized', { status: 'halted' }],
  [404, 'Not Found', { status: 'halted' }],
  [404, 'Not Found: method not found', rejected],
  [409, 'Conflict: terminated by other getUpdates request', again],
  [500, 'Internal Server Error', again],
  [502, 'Bad Gateway', again],
])('%i %s', (code, description, expected) => {
  expect(resultOf(refusal(code, description))).toMatchObject({
    ...expected,
    reason: `${code}: ${description}`,
  });
});

test('missing rights never close a chat for good', () => {
  const failure = resultOf(refusal(400, 'Bad Request: not enough rights to send text messages to the chat'));
  expect(failure).toMatchObject({ gone: false });
});

test('a group that became a supergroup has moved, whatever the description', () => {
  const error = refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
    migrate_to_chat_id: -1001234,
  });
  expect(resultOf(error)).toMatchObject({ status: 'moved', to: 'telegram:-1001234' });
});

test.each([
  [429, 'Too Many Requests: retry after 7', { retry_after: 7 }],
  [
    400,
    'Bad Request: failed to send message #1 with the error message "Too Many Requests: retry after 7"',
    {},
  ],
])('the wait is read from the parameters or the description: %i %s', (code, description, parameters) => {
  expect(resultOf(refusal(code, description, parameters))).toEqual({
    ...again,
    afterMs: 7_000,
    reason: `${code}: ${description}`,
  });
});

test('an error without a rule is retried once', () => {
  const error = refusal(400, 'Bad Request: the moon is full');
  expect(resultOf(error)).toMatchObject(again);
  expect(resultOf(error, true)).toMatchObject(rejected);
});

test.each([
  ['refused', new HttpError('x', new NoResponse('ECONNREFUSED', false)), false],
  ['reset', new HttpError('x', new NoResponse('ECONNRESET', true)), true],
  [
    'grammY’s time-out',
    new HttpError('x', new Error("Request to 'sendMessage' timed out after 60 seconds")),
    true,
  ],
  ['anything else', 'what?', true],
])('a failed connection is retried: %s', (_, error, uncertain) => {
  expect(resultOf(error)).toMatchObject({ status: 'retry', scope: 'destination', uncertain });
});
