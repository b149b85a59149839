import { badRequest } from './refusal.ts';

export interface Part {
  readonly name: string;
  /** Only files have one. */
  readonly fileName: string | undefined;
  readonly type: string;
  readonly bytes: Buffer;
}

/** The parts of a `multipart/form-data` body (RFC 7578), in order. */
export function readMultipart(body: Buffer, contentType: string): readonly Part[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (!mark) throw badRequest('boundary not found');
  const parts: Part[] = [];
  const separator = Buffer.from(`--${mark}`);
  let start = body.indexOf(separator);
  while (start >= 0) {
    const from = start + separator.length;
    const end = body.indexOf(separator, from);
    if (end < 0) break;
    parts.push(readPart(body.subarray(from, end)));
    start = end;
  }
  return parts;
}

function readPart(raw: Buffer): Part {
  const headEnd = raw.indexOf('\r\n\r\n');
  if (headEnd < 0) throw badRequest('wrong multipart body');
  const head = raw.subarray(0, headEnd).toString();
  const name = /;\s*name="([^"]*)"/i.exec(head)?.[1];
  if (name === undefined) throw badRequest('wrong multipart body');
  return {
    name,
    fileName: /;\s*filename=(?:"([^"]*)"|([^;\r\n]*))/i.exec(head)?.slice(1).find(Boolean),
    type: /content-type:\s*([^\r\n;]+)/i.exec(head)?.[1]?.trim() ?? 'application/octet-stream',
    bytes: raw.subarray(headEnd + 4, raw.length - 2),
  };
}
