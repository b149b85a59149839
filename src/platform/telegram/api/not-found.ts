import { GrammyError } from 'grammy';
import type { Calls, Client } from './client.ts';

/** A method is not found though the token is good: it is about this call alone. */
export class MethodNotFound extends Error {
  override readonly name = 'NotFound';
  constructor(method: string) {
    super(`404: ${method} was not found, though the token is good`);
  }
}

const NOT_FOUND = 404;

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/**
 * The same client, whose calls reject with `NotFound` in the place of a 404 that `getMe` does not get as well: Telegram
 * says no more than "Not Found" about a token that it doesn't know, and about a path.
 */
export function verifyNotFound({ calls, polling }: Client): Client {
  return { calls: believing(calls), polling: believing(polling) };

  function believing(some: Calls): Calls {
    return new Proxy(some, {
      get(target, name) {
        const method = target[name as keyof typeof target] as unknown as Method;
        if (typeof name !== 'string' || name === 'getMe') return method;
        return async (...given: readonly unknown[]) => {
          try {
            return await method(...given);
          } catch (error) {
            if (isNotFound(error) && (await isKnown())) throw new MethodNotFound(name);
            throw error;
          }
        };
      },
    });
  }

  async function isKnown(): Promise<boolean> {
    try {
      await calls.getMe();
      return true;
    } catch (error) {
      return !isNotFound(error) && !(error instanceof GrammyError && error.error_code === 401);
    }
  }
}

const isNotFound = (error: unknown): boolean =>
  error instanceof GrammyError &&
  error.error_code === NOT_FOUND &&
  !/method not found/i.test(error.description);
