/** `ResponseParameters` of the Bot API. */
export interface RefusalParameters {
  readonly migrate_to_chat_id?: number;
  readonly retry_after?: number;
}

/** A response with `ok: false`. `description` is the real server's, word for word. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;
  readonly parameters: RefusalParameters | undefined;
  /** The description without the server's prefix. */
  readonly reason: string;

  constructor(code: number, description: string, parameters?: RefusalParameters, reason = description) {
    super(description);
    this.code = code;
    this.parameters = parameters;
    this.reason = reason;
  }
}

/** 400. The server lower-cases the first letter unless the second is a capital (`TOPIC_CLOSED`). */
export function badRequest(text: string, parameters?: RefusalParameters): Refusal {
  const first = /^[A-Z][^A-Z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;
  return new Refusal(400, `Bad Request: ${first}`, parameters, text);
}

/** Prefixes errors with what was being parsed: `can't parse BotCommand: …`. */
export function parsing<Value>(what: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 400) throw error;
    throw badRequest(`can't parse ${what}: ${error.reason}`);
  }
}

/** 403. */
export function forbidden(text: string): Refusal {
  return new Refusal(403, `Forbidden: ${text}`);
}

/** 409. */
export function conflict(text: string): Refusal {
  return new Refusal(409, `Conflict: ${text}`);
}

/** 429, with the seconds to wait. */
export function tooManyRequests(seconds: number): Refusal {
  return new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
}
