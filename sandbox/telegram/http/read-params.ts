import type { IncomingMessage } from 'node:http';
import { readMultipart } from './multipart.ts';
import type { Params, Upload } from './params.ts';
import { isObject } from './params.ts';
import { badRequest, Refusal } from './refusal.ts';

/** The Bot API takes uploads of 50 MB; a little room is left for the other fields. */
const MAX_BODY_BYTES = 51 * 1024 * 1024;

/** The arguments of a call from query string and body: JSON, urlencoded or multipart (Bot API, "Making requests"). */
export async function readParams(request: IncomingMessage, query: URLSearchParams): Promise<Params> {
  const fields: Record<string, string> = Object.fromEntries(query);
  const files = new Map<string, Upload>();
  const bytes = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { fields, files };
  if (type.startsWith('application/json')) Object.assign(fields, jsonFields(bytes));
  else if (type.startsWith('application/x-www-form-urlencoded'))
    Object.assign(fields, Object.fromEntries(new URLSearchParams(bytes.toString())));
  else if (type.startsWith('multipart/form-data')) {
    for (const part of readMultipart(bytes, type)) {
      if (part.fileName === undefined) fields[part.name] = part.bytes.toString();
      else files.set(part.name, { name: part.fileName, type: part.type, bytes: part.bytes });
    }
  }
  return { fields, files };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) throw new Refusal(413, 'Request Entity Too Large');
  return Buffer.concat(chunks);
}

function jsonFields(bytes: Buffer): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch {
    throw badRequest("Can't parse JSON encoded query");
  }
  if (!isObject(value)) throw badRequest("Can't parse JSON encoded query");
  const present = Object.entries(value).filter(([, field]) => field !== null && field !== undefined);
  return Object.fromEntries(
    present.map(([name, field]) => [name, typeof field === 'string' ? field : JSON.stringify(field)]),
  );
}
