import { get } from 'node:http';
import { ConfigError } from '../config/config-error.ts';
import { readStatusAddress } from '../config/status-address.ts';
import { readEnvFile } from './env-file.ts';
import { EXIT, type ExitCode, type Invocation } from './subcommand.ts';

/** How long the answer may take: the checks behind it wait for nothing but the disk. */
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 65_536;

/** An interface that means all of them, and the address to reach it by from here. */
const REACHABLE: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/** Asks the running program how it is. Imports little, because containers do this every few seconds. */
export async function health({ terminal }: Invocation): Promise<ExitCode> {
  const { env, stdout } = terminal;
  readEnvFile(env);
  const { host, port } = readStatusAddress(env);
  if (port === 0) throw new ConfigError(['PORT: 0 stands for any free port, so nobody knows where to ask']);
  const problem = await problemAt(host, port);
  stdout.write(problem === undefined ? 'healthy\n' : `unhealthy: ${problem.replace(/\p{Cc}+/gu, ' ')}\n`);
  return problem === undefined ? EXIT.ok : EXIT.failed;
}

/** Whether a Postrider answers at the status server's address, healthy or not. */
export async function isPostrider(host: string, port: number): Promise<boolean> {
  try {
    return 'failing' in parsed(await bodyFrom(host, port));
  } catch {
    return false;
  }
}

/** What is wrong, in a line; `undefined` if nothing is. */
async function problemAt(host: string, port: number): Promise<string | undefined> {
  const address = addressOf(host, port);
  let answer: string;
  try {
    answer = await bodyFrom(host, port);
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    if (name === 'AbortError' || name === 'TimeoutError')
      return `no answer from ${address} within ${TIMEOUT_MS / 1000} seconds`;
    if (code === 'ECONNREFUSED') return `Postrider isn't running, or not listening on ${address}`;
    return `can't ask ${address} (${code ?? String(error)})`;
  }
  return (
    problemIn(answer) ?? (isOk(answer) ? undefined : `something else than Postrider answers on ${address}`)
  );
}

/** As in a URL. */
export const addressOf = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

function bodyFrom(listeningOn: string, port: number): Promise<string> {
  const host = REACHABLE.get(listeningOn) ?? listeningOn;
  return new Promise((resolve, reject) => {
    const options = { host, port, path: '/healthz', signal: AbortSignal.timeout(TIMEOUT_MS), agent: false };
    get(options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
        if (body.length > MAX_BYTES) response.destroy(new RangeError('too long an answer'));
      });
      response.on('end', () => resolve(body));
      response.on('error', reject);
    }).on('error', reject);
  });
}

/** The body of `/healthz`, as `src/status/server.ts` writes it. */
interface Health {
  readonly status?: unknown;
  readonly failing?: unknown;
}

const isOk = (body: string): boolean => parsed(body).status === 'ok';

function problemIn(body: string): string | undefined {
  const { status, failing } = parsed(body);
  if (status !== 'failing' || typeof failing !== 'object' || failing === null) return undefined;
  return Object.entries(failing)
    .map(([name, problem]) => `${name}: ${String(problem)}`)
    .join('; ');
}

function parsed(body: string): Health {
  try {
    return (JSON.parse(body) as Health | null) ?? {};
  } catch {
    // Another server's page.
    return {};
  }
}
