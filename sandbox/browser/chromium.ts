import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type DevTools } from './devtools.ts';

/** A headless browser with a temporary profile. */
export interface Browser {
  /** Opens a URL in a page that shares nothing with other pages. */
  open(url: string, size: Size): Promise<BrowserPage>;
  close(): Promise<void>;
}

/** Size of a page in CSS pixels, device pixels per CSS pixel, and what the reader prefers. */
export interface Size {
  readonly width: number;
  readonly height: number;
  /** 1 by default. */
  readonly scale?: number;
  /** `light` by default. */
  readonly colorScheme?: 'light' | 'dark';
}

export interface BrowserPage {
  /** Evaluates a script and resolves with its result as JSON. Rejects with what the script throws. */
  run(script: string): Promise<unknown>;
  resize(size: Size): Promise<void>;
  /** A screenshot of the viewport, as PNG. */
  picture(): Promise<Buffer>;
  /** Errors on the page so far: exceptions and failed resources. */
  readonly errors: readonly string[];
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--hide-scrollbars',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-renderer-backgrounding',
  '--disable-sync',
  '--remote-debugging-port=0',
];

/** Starts the browser at that path. Rejects with its output if it doesn't start. */
export async function startBrowser(path: string): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'demo-chromium-'));
  const removeProfile = (): Promise<void> => rm(profile, { recursive: true, force: true, maxRetries: 5 });
  try {
    const child = spawn(path, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // The browser must not outlive this process.
    const end = (): void => void child.kill();
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    const devTools = await connect(await addressOf(child));
    return {
      open: (url, size) => openPage(devTools, url, size),
      async close() {
        const gone = once(child, 'exit');
        // Some versions exit before they answer.
        await Promise.race([devTools.call('Browser.close').catch(() => undefined), gone]);
        await gone;
        devTools.close();
        await removeProfile();
      },
    };
  } catch (error) {
    await removeProfile();
    throw error;
  }
}

async function openPage(devTools: DevTools, url: string, size: Size): Promise<BrowserPage> {
  const { browserContextId } = await devTools.call('Target.createBrowserContext');
  const { targetId } = await devTools.call('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await devTools.call('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  const call = (method: string, params: object = {}) => devTools.call(method, params, session);
  const errors: string[] = [];
  devTools.watch(session, (method, params) => {
    if (method === 'Runtime.exceptionThrown' || method === 'Log.entryAdded')
      errors.push(JSON.stringify(params));
  });
  const resize = async ({ width, height, scale = 1 }: Size): Promise<void> => {
    await call('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: scale,
      mobile: false,
    });
  };
  await resize(size);
  // A page in the background would be drawn only once a second.
  await call('Emulation.setFocusEmulationEnabled', { enabled: true });
  await call('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-reduced-motion', value: 'reduce' },
      { name: 'prefers-color-scheme', value: size.colorScheme ?? 'light' },
    ],
  });
  await call('Runtime.enable');
  await call('Log.enable');
  await call('Page.navigate', { url });

  return {
    errors,
    resize,
    async run(script) {
      const expression = `(async () => { ${script} })()`;
      const asked = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await call('Runtime.evaluate', asked);
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { readonly value?: unknown }).value;
    },
    async picture() {
      const { data } = await call('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(String(data), 'base64');
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/u.exec(text)?.[1];
      if (address) resolve(address);
    });
    child.stderr?.on('end', () => reject(new Error(`The browser didn't start: ${text}`)));
  });
}
