import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One line of the program's log. */
export interface LogLine {
  readonly event: string;
  readonly [field: string]: unknown;
}

const DIRECTLY = [process.execPath, '--require', './src/runtime.cjs', 'src/main.ts'];

/** The real program in its own process, as an operator runs it. It is stopped when the test ends. */
export function startProgram(
  env: Readonly<Record<string, string>>,
  [command = '', ...args]: readonly string[] = DIRECTLY,
) {
  const child = spawn(command, args, {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const lines: LogLine[] = [];
  const plain: string[] = [];
  const watchers = new Set<() => void>();
  let exited: { readonly code: number | null; readonly signal: string | null } | undefined;
  const changed = (): void => watchers.forEach((watcher) => watcher());

  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.startsWith('{')) lines.push(JSON.parse(line) as LogLine);
    else plain.push(line);
    changed();
  });
  const exit = once(child, 'close').then(([code, signal]: (number | string | null)[]) => {
    exited = { code: code as number | null, signal: signal as string | null };
    changed();
    return exited;
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
  });

  return {
    pid: child.pid,
    lines,
    /** Its output besides the log. */
    plain: () => plain.join('\n'),
    exit,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Writes a line to its standard input. */
    tell: (line: string) => child.stdin.write(`${line}\n`),
    /** Resolves with the first matching log line, past or future; rejects if the program ends before. */
    logged(event: string, matches: (line: LogLine) => boolean = () => true): Promise<LogLine> {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find((line) => line.event === event && matches(line));
          if (!found && !exited) return;
          watchers.delete(look);
          if (found) resolve(found);
          else
            reject(
              new Error(
                `The program ended (${exited?.code ?? exited?.signal}) before "${event}":\n${plain.join('\n')}`,
              ),
            );
        };
        watchers.add(look);
        look();
      });
    },
    /** The address of the status server. */
    async statusUrl(): Promise<string> {
      const { url } = await this.logged('status.listening');
      return String(url);
    },
    /** Connected to the first relay and to both platforms, with the archive filled. */
    async ready(): Promise<void> {
      await Promise.all([
        this.logged('relay.completed'),
        this.logged('platform.connected', ({ platform }) => platform === 'discord'),
        this.logged('platform.connected', ({ platform }) => platform === 'telegram'),
      ]);
    },
  };
}

export type Program = ReturnType<typeof startProgram>;
