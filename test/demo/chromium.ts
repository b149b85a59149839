import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A browser on this machine, if there is one. */
export const chromiumPath = PLACES.find((path) => existsSync(path));

/** One page in a real browser. */
export interface BrowserPage {
  /** What a script says there in the end, as JSON would carry it. Rejects with what it throws. */
  run(script: string): Promise<unknown>;
  /** Errors that the page has met so far: exceptions, refused resources. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

interface Frame {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--window-size=1440,900',
  '--remote-debugging-port=0',
];

/** Opens an address in a browser of its own, over the Chrome DevTools Protocol. */
export async function openInChromium(path: string, url: string): Promise<BrowserPage> {
  const profile = await mkdtemp(join(tmpdir(), 'demo-chromium-'));
  const child = spawn(path, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const socket = new WebSocket(await debuggerAddress(child.stderr));
  await once(socket, 'open');

  const errors: string[] = [];
  const waiting = new Map<number, (frame: Frame) => void>();
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    if (frame.id !== undefined) waiting.get(frame.id)?.(frame);
    if (frame.method === 'Runtime.exceptionThrown' || frame.method === 'Log.entryAdded')
      errors.push(JSON.stringify(frame.params));
  });
  let lastId = 0;
  const call = (method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, ({ result = {}, error }) =>
        error ? reject(new Error(error.message)) : resolve(result),
      );
      socket.send(JSON.stringify({ id: lastId, method, params, sessionId }));
    });

  const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  await call('Runtime.enable', {}, session);
  await call('Log.enable', {}, session);
  await call('Page.navigate', { url }, session);

  return {
    errors,
    async run(script) {
      const expression = `(async () => { ${script} })()`;
      const asked = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await call('Runtime.evaluate', asked, session);
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { readonly value?: unknown }).value;
    },
    async close() {
      const gone = once(child, 'exit');
      await call('Browser.close');
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function debuggerAddress(stderr: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/u.exec(text)?.[1];
      if (address) resolve(address);
    });
    stderr.on('end', () => reject(new Error(`The browser did not start: ${text}`)));
  });
}
