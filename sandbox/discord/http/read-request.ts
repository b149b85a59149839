import type { IncomingMessage } from 'node:http';
import type { Upload } from '../rules/message-body.ts';
import { plainRefusal, refusal } from './api-errors.ts';

/** Reference, Uploading Files. */
const MAX_REQUEST_BYTES = 25 * 1024 * 1024;

export interface Content {
  readonly body: unknown;
  readonly uploads: readonly Upload[];
}

/** The whole body. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(50109);
  }
}

/** JSON, or multipart form data with `payload_json` and `files[n]`. */
export async function readContent(bytes: Buffer, type: string): Promise<Content> {
  if (bytes.length > MAX_REQUEST_BYTES) throw refusal(40005);
  if (bytes.length === 0) return { body: undefined, uploads: [] };
  if (!type.startsWith('multipart/form-data'))
    return { body: parseJson(bytes.toString('utf8')), uploads: [] };
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw plainRefusal(400, 'Bad Request');
    });
  let body: unknown = {};
  const uploads: Upload[] = [];
  for (const [key, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(key)?.[1];
    if (key === 'payload_json') body = parseJson(typeof value === 'string' ? value : await value.text());
    else if (index !== undefined && typeof value !== 'string')
      uploads.push({
        index: Number(index),
        name: value.name,
        contentType: value.type,
        bytes: new Uint8Array(await value.arrayBuffer()),
      });
  }
  return { body, uploads };
}
