import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The real program in its own process, as an operator runs it. */
export interface RunningProgram {
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the log has had an event so many times; rejects if the program ends before. */
  logged(event: string, times?: number): Promise<void>;
  end(): Promise<void>;
}

export function runProgram(env: Readonly<Record<string, string>>): RunningProgram {
  const child = spawn(process.execPath, ['--require', './src/runtime.cjs', 'src/main.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', LOG_FORMAT: 'json', LOG_LEVEL: 'debug', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  const exited = once(child, 'close');
  let isOver = false;
  let look = (): void => undefined;
  child.once('close', () => {
    isOver = true;
    look();
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    look();
  });
  return {
    kill: (signal) => void child.kill(signal),
    logged: (event, times = 1) =>
      new Promise((resolve, reject) => {
        look = () => {
          if (lines.filter((line) => line.includes(`"event":"${event}"`)).length >= times) resolve();
          else if (isOver)
            reject(new Error(`The program ended before "${event}":\n${lines.slice(-20).join('\n')}`));
        };
        look();
      }),
    async end() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
