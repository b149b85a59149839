import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface MinimalRequest {
  /** `POST /bot1:token/sendMessage` */
  readonly line: string;
  readonly body: Buffer;
}

export interface MinimalResponse {
  readonly status?: number;
  /** Whole lines. */
  readonly headers?: readonly string[];
  /** JSON. */
  readonly body: string;
}

/**
 * A minimal HTTP/1.1 server on loopback, since it shares the machine with what is measured:
 * persistent connections, bodies with Content-Length, JSON responses. A request without a response is held open.
 * Resolves with its address.
 */
export async function startMinimalHttpServer(
  answerTo: (request: MinimalRequest) => MinimalResponse | undefined,
): Promise<string> {
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let next = parseRequest(rest); next; next = parseRequest(rest)) {
        rest = rest.subarray(next.length);
        const answer = answerTo(next.request);
        if (answer) respond(socket, answer);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The first complete request in the buffer, and its length. */
function parseRequest(
  bytes: Buffer,
): { readonly request: MinimalRequest; readonly length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const from = end + 4;
  const length = from + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  if (bytes.length < length) return undefined;
  const [method = '', path = ''] = head.split(' ', 2);
  return { request: { line: `${method} ${path}`, body: bytes.subarray(from, length) }, length };
}

function respond(socket: Socket, { status = 200, headers = [], body }: MinimalResponse): void {
  const lines = [
    `HTTP/1.1 ${status} -`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
