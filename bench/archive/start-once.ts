import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = ['--require', join(root, 'src/runtime.cjs'), join(root, 'src/main.ts')];

export interface Started {
  /** From the start of the process until `/healthz` answers 200. */
  readonly ms: number;
  /** Its memory then, in bytes. */
  readonly rss: number;
}

/** Starts the program as `npm start` does, and ends it once it is healthy. `folder` must have no `.env`. */
export async function startOnce(env: Readonly<Record<string, string>>, folder: string): Promise<Started> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, PROGRAM, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env, PORT: String(port) },
    stdio: 'ignore',
  });
  const exit = once(child, 'exit');
  try {
    await Promise.race([healthy(url), endedEarly(child)]);
    const ms = performance.now() - began;
    const metrics = await (await fetch(`${url}/metrics`)).text();
    return { ms, rss: Number(/^process_resident_memory_bytes (\d+)$/m.exec(metrics)?.[1]) };
  } finally {
    child.kill('SIGKILL');
    await exit;
  }
}

async function healthy(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/healthz`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.status === 200) return;
    await sleep(5);
  }
}

async function endedEarly(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`The program ended with ${code} instead of becoming healthy`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
