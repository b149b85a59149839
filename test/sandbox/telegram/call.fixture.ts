import type { FakeTelegram } from '../../../sandbox/telegram/telegram.ts';

export interface Reply {
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: unknown;
}

/** One call of the Bot API without any client library. */
export async function call(telegram: FakeTelegram, method: string, payload: object = {}): Promise<Reply> {
  const response = await fetch(`${telegram.apiUrl}/bot${telegram.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  return (await response.json()) as Reply;
}

/** The result of a call that must succeed. */
export async function result<Result>(
  telegram: FakeTelegram,
  method: string,
  payload: object = {},
): Promise<Result> {
  const reply = await call(telegram, method, payload);
  if (!reply.ok) throw new Error(`Cannot ${method}: ${reply.description}`);
  return reply.result as Result;
}

/** A JPEG of the given size, as far as its header: enough to be taken for a photo. */
export function jpeg(width: number, height: number): Buffer {
  const head = Buffer.from('ffd8ffc0001108000000000301220002110103110100', 'hex');
  head.writeUInt16BE(height, 7);
  head.writeUInt16BE(width, 9);
  return head;
}
