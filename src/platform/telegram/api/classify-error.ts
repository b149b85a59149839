import { GrammyError, HttpError } from 'grammy';
import { type Failure, meaningOf, noResponse, unexpectedResponse, unknown } from './errors.ts';
import { NoResponse, UNEXPECTED_RESPONSE } from './fetch.ts';
import { MethodNotFound } from './not-found.ts';

/** Turns whatever a call threw into a failure. Descriptions had the token removed when they were received. */
export function classifyError(error: unknown): Failure {
  if (error instanceof GrammyError) {
    const { error_code: code, description, parameters } = error;
    const meaning = meaningOf(code, description, parameters);
    return { ...meaning, uncertain: false, reason: `${code}: ${description}` };
  }
  const cause = error instanceof HttpError ? error.error : error;
  if (cause instanceof NoResponse) {
    const { code, message: reason, mayHaveArrived: uncertain } = cause;
    return { ...(code === UNEXPECTED_RESPONSE ? unexpectedResponse : noResponse), uncertain, reason };
  }
  if (cause instanceof MethodNotFound) return { ...unknown, uncertain: false, reason: cause.message };
  // grammY's own timeout, or something unforeseen: the request may have arrived.
  return {
    ...noResponse,
    uncertain: true,
    reason: cause instanceof Error ? cause.message : 'Unknown failure',
  };
}

/** Telegram refuses an edit that changes nothing, which is as good as success. */
export async function ignoreUnmodified<T>(edit: () => Promise<T>): Promise<T | true> {
  try {
    return await edit();
  } catch (error) {
    if (classifyError(error).kind !== 'unmodified') throw error;
    return true;
  }
}
