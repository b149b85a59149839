import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LanguageState } from './app-language.ts';
import type { Offer } from './change.ts';
import { DemoError } from './demo-error.ts';
import type { Feed } from './feed.ts';
import { createPageFiles } from './page-files.ts';

/** The fields of a request. */
export type Fields = Readonly<Record<string, string>>;

/** A line to show for a moment, if any; or what is offered above the input. */
type Reply = string | readonly Offer[];

/** Request handlers by path. They throw `DemoError`. */
export type Routes = Readonly<Record<string, (fields: Fields) => Promise<Reply> | Reply>>;

export interface PageServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  stop(): Promise<void>;
}

const MAX_BODY = 100_000;

/** Forbids scripts, resources and frames from anywhere else. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Serves the page, its changes (Server-Sent Events at `/changes`), and its requests. */
export async function startPageServer(
  port: number,
  feed: Feed,
  appLanguage: Pick<LanguageState, 'words'>,
  requests: Routes,
  /** Where the program's status page is, which `/status` leads to; `undefined` while it starts. */
  statusUrl: () => string | undefined,
  /** Pictures that the bot has uploaded, by file name. */
  uploaded?: (name: string) => Uint8Array | undefined,
): Promise<PageServer> {
  const fileAt = createPageFiles(uploaded);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    // A page of another site that resolves its own name to this address (DNS rebinding) sends that name here.
    if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/u.test(request.headers.host ?? ''))
      return end(response, 403, { problem: 'Open this page by its address.' });
    if (request.method === 'POST') return handleRequest(request, response, appLanguage, requests[pathname]);
    if (request.method !== 'GET') return end(response, 405, { problem: 'Only GET and POST.' });
    if (pathname === '/changes') return stream(response);
    const status = pathname === '/status' ? statusUrl() : undefined;
    if (status) return void response.writeHead(302, { ...HEADERS, location: status }).end();
    const file = await fileAt(pathname);
    if (!file) return end(response, 404, { problem: 'Page not found.' });
    response.writeHead(200, { ...HEADERS, 'content-type': file.type }).end(file.body);
  }

  function stream(response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    const unwatch = feed.watch((change) => response.write(`data: ${JSON.stringify(change)}\n\n`));
    response.on('close', unwatch);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) =>
      end(response, 500, { problem: error instanceof Error ? error.message : String(error) }),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  appLanguage: Pick<LanguageState, 'words'>,
  run: Routes[string] | undefined,
): Promise<void> {
  // Only this page's own scripts can send JSON here: other origins would need a CORS preflight, which is not answered.
  if (!run || request.headers['content-type'] !== 'application/json')
    return end(response, 404, { problem: 'Unknown request.' });
  try {
    const reply = await run(await readFields(request));
    end(response, 200, typeof reply === 'string' ? { words: reply } : { offers: reply });
  } catch (error) {
    if (!(error instanceof DemoError)) throw error;
    end(response, 400, { problem: error.said(appLanguage.words) });
  }
}

async function readFields(request: IncomingMessage): Promise<Fields> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request as AsyncIterable<string>) {
    text += chunk;
    if (text.length > MAX_BODY) throw new DemoError(({ refused }) => refused.tooLong);
  }
  try {
    const fields = JSON.parse(text) as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    throw new DemoError(({ refused }) => refused.badRequest);
  }
}

function end(response: ServerResponse, status: number, body: object): void {
  if (!response.headersSent) response.writeHead(status, { ...HEADERS, 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
