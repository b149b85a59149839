import { GrammyError } from 'grammy';
import { type Client, interceptCalls } from './client.ts';

/** A 404 although the token is valid: it concerns this call only. */
export class MethodNotFound extends Error {
  override readonly name = 'MethodNotFound';
  constructor(method: string) {
    super(`404: ${method} was not found, though the token is valid`);
  }
}

const NOT_FOUND = 404;
const UNAUTHORIZED = 401;

/**
 * The same client, whose calls reject with `MethodNotFound` instead of a 404 unless `getMe` fails with 404 or 401, too. Telegram
 * answers "Not Found" both to an unknown token and to an unknown path.
 */
export function verifyNotFound(client: Client): Client {
  return interceptCalls(client, async (method, call) => {
    try {
      return await call();
    } catch (error) {
      if (method !== 'getMe' && isNotFound(error) && (await isTokenValid())) throw new MethodNotFound(method);
      throw error;
    }
  });

  async function isTokenValid(): Promise<boolean> {
    try {
      await client.calls.getMe();
      return true;
    } catch (error) {
      return !isNotFound(error) && !(error instanceof GrammyError && error.error_code === UNAUTHORIZED);
    }
  }
}

const isNotFound = (error: unknown): boolean =>
  error instanceof GrammyError &&
  error.error_code === NOT_FOUND &&
  !/method not found/i.test(error.description);
