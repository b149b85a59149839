import { GrammyError, HttpError } from 'grammy';
import { ERROR_RULES, type ErrorKind, type Fix } from './fault-table.ts';
import { NoResponse, UNEXPECTED_RESPONSE } from './fetch.ts';
import { MethodNotFound } from './not-found.ts';

export interface ApiError {
  readonly kind: ErrorKind;
  /** In Telegram's words or ours, for logs. */
  readonly reason: string;
  readonly remedy?: Fix;
  /** Of `rate`. */
  readonly afterMs?: number;
  /** Of `moved`: the new chat. */
  readonly to?: number;
  /** Of `no-answer` and `unreadable`: the request may have been carried out. */
  readonly uncertain?: boolean;
}

/** Telegram says it with a parameter; of an album only in words, and under another code. */
const RETRY_AFTER_TEXT = /too many requests: retry after (\d+)/i;
const SOON_S = 1;
const DAY_S = 86_400;

/** Makes one thing of whatever a call threw. Texts have had the token taken out when they were received. */
export function classifyError(error: unknown): ApiError {
  if (error instanceof GrammyError) return classifyResponse(error);
  const thrown = error instanceof HttpError ? error.error : error;
  if (thrown instanceof NoResponse) {
    const kind = thrown.code === UNEXPECTED_RESPONSE ? 'unreadable' : 'no-answer';
    return { kind, reason: thrown.message, uncertain: thrown.mayHaveArrived };
  }
  if (thrown instanceof MethodNotFound) return { kind: 'unknown', reason: thrown.message };
  // grammY's own time-out, or something nobody thought of: the request may be on its way.
  const reason = thrown instanceof Error ? thrown.message : 'Unknown failure';
  return { kind: 'no-answer', reason, uncertain: true };
}

function classifyResponse({ error_code: code, description, parameters }: GrammyError): ApiError {
  const reason = `${code}: ${description}`;
  const { migrate_to_chat_id: to, retry_after } = parameters;
  if (to !== undefined) return { kind: 'moved', reason, to };
  if (code === 429 || RETRY_AFTER_TEXT.test(description))
    return {
      kind: 'rate',
      reason,
      afterMs: retryAfterS(retry_after ?? RETRY_AFTER_TEXT.exec(description)?.[1]) * 1000,
    };
  if (code >= 500) return { kind: 'busy', reason };
  const row = ERROR_RULES.find((row) => row.code === code && (row.says?.test(description) ?? true));
  return {
    kind: row?.kind ?? 'unknown',
    reason,
    ...(row?.remedy && { remedy: row.remedy }),
  };
}

/** A second at least, also where none is named or nothing that makes sense: nobody is asked again at once, and for ever. */
function retryAfterS(named: unknown): number {
  const seconds = Number(named ?? SOON_S);
  return Number.isNaN(seconds) ? SOON_S : Math.min(Math.max(seconds, SOON_S), DAY_S);
}

/** Telegram refuses edits that change nothing; that is as good as done. */
export async function ignoreUnmodified<T>(edit: () => Promise<T>): Promise<T | true> {
  try {
    return await edit();
  } catch (error) {
    if (classifyError(error).kind !== 'unmodified') throw error;
    return true;
  }
}
