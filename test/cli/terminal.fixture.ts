import { PassThrough } from 'node:stream';
import type { Terminal } from '../../src/cli/subcommand.ts';

/** A terminal of which a test types the input and reads the screen; `env` is what the process's environment would be. */
export function fakeTerminal(env: Readonly<Record<string, string>> = {}, isTTY = true) {
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => stdin });
  const stdout = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const screen = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const)
    ({ stdout, stderr })[name].on('data', (text: Buffer) => {
      screen[name] += text.toString();
      watchers.forEach((watcher) => watcher());
    });
  let read = 0;
  const shows = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        const at = screen.stderr.indexOf(text, read);
        if (at < 0) return;
        read = at + text.length;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });

  return {
    terminal: { stdin, stdout, stderr, env: { ...env }, version: '1.2.3' } as unknown as Terminal,
    screen,
    /** Waits until the screen shows this, after what was waited for before. */
    shows,
    /** Waits for a question, then types the answer and Enter. */
    async answer(question: string, answer: string): Promise<void> {
      await shows(question);
      stdin.write(answer === '^C' ? '\u0003' : `${answer}\r`);
    },
  };
}
