import { type Client, interceptCalls } from './client.ts';
import { NoResponse, UNEXPECTED_RESPONSE } from './fetch.ts';

/** Checks that a result has the fields we read (Bot API, "Returns" of each method). */
const RESPONSES: Readonly<Record<string, (result: unknown) => boolean>> = {
  sendMessage: isMessage,
  sendPhoto: isMessage,
  sendVideo: isMessage,
  sendAnimation: isMessage,
  sendAudio: isMessage,
  sendDocument: isMessage,
  sendRichMessage: isMessage,
  sendMediaGroup: (result) => Array.isArray(result) && result.length > 0 && result.every(isMessage),
  editMessageText: isDone,
  editMessageCaption: isDone,
  editMessageMedia: isDone,
  getUpdates: (result) =>
    Array.isArray(result) && result.every((update) => Number.isInteger(fieldOf(update, 'update_id'))),
  getMyCommands: Array.isArray,
  getMe: (result) =>
    typeof fieldOf(result, 'id') === 'number' && typeof fieldOf(result, 'username') === 'string',
  getChat: (result) => typeof fieldOf(result, 'id') === 'number',
  getChatMember: (result) => typeof fieldOf(result, 'status') === 'string',
  getWebhookInfo: (result) => typeof fieldOf(result, 'url') === 'string',
};

/** The same client, whose calls reject with `NoResponse` if a success lacks what the method returns. */
export function withResponseChecks(client: Client): Client {
  return interceptCalls(client, async (method, call) => {
    const result = await call();
    const isExpected = Object.hasOwn(RESPONSES, method) ? RESPONSES[method] : undefined;
    if (isExpected?.(result) === false) throw new NoResponse(UNEXPECTED_RESPONSE, true);
    return result;
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function isMessage(result: unknown): boolean {
  return (
    Number.isInteger(fieldOf(result, 'message_id')) &&
    Number.isInteger(fieldOf(fieldOf(result, 'chat'), 'id'))
  );
}

function isDone(result: unknown): boolean {
  return result === true || isMessage(result);
}
