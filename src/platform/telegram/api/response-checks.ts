import type { Client } from './client.ts';
import { NoResponse, UNEXPECTED_RESPONSE } from './fetch.ts';

/** What is read of an answer, method by method, and must be there (Bot API, each method's "Returns"). */
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

/** The same client, whose calls reject with `NoAnswer` where a success does not come with what the method returns. */
export function withResponseChecks({ calls, polling }: Client): Client {
  return { calls: checked(calls), polling: checked(polling) };
}

type Method = (...given: readonly unknown[]) => Promise<unknown>;

function checked(calls: Client['calls']): Client['calls'] {
  return new Proxy(calls, {
    get(target, name) {
      const fits = typeof name === 'string' && Object.hasOwn(RESPONSES, name) ? RESPONSES[name] : undefined;
      const method = target[name as keyof typeof target] as unknown as Method;
      if (!fits) return method;
      return async (...given: readonly unknown[]) => {
        const result = await method(...given);
        if (!fits(result)) throw new NoResponse(UNEXPECTED_RESPONSE, true);
        return result;
      };
    },
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
