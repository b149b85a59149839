import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Terminal } from '../subcommand.ts';

/** Asks on a terminal. Every question rejects with `Interrupted` on Ctrl-C, or when the input ends. */
export interface Prompt {
  say(text: string): void;
  /** The trimmed answer; empty if the person just pressed Enter. */
  ask(question: string): Promise<string>;
  /** The same, without showing what is typed. */
  askHidden(question: string): Promise<string>;
  /** Enter alone means `fallback`. */
  confirm(question: string, fallback: boolean): Promise<boolean>;
  close(): void;
}

export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export function createPrompt({ stdin, stderr }: Pick<Terminal, 'stdin' | 'stderr'>): Prompt {
  let isHidden = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isHidden) stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: stdin, output, terminal: true, historySize: 0 });
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  interrupted.catch(() => undefined);
  for (const event of ['SIGINT', 'close'] as const)
    lines.on(event, () => reject(new Interrupted('Interrupted')));

  const ask = async (question: string): Promise<string> =>
    (await Promise.race([lines.question(question), interrupted])).trim();

  return {
    say: (text) => void stderr.write(`${text}\n`),
    ask,
    async askHidden(question) {
      stderr.write(question);
      isHidden = true;
      try {
        return await ask('');
      } finally {
        isHidden = false;
        stderr.write('\n');
      }
    },
    async confirm(question, fallback) {
      for (;;) {
        const answer = (await ask(`${question} [${fallback ? 'Y/n' : 'y/N'}] `)).toLowerCase();
        if (answer === '') return fallback;
        if (['y', 'yes'].includes(answer)) return true;
        if (['n', 'no'].includes(answer)) return false;
      }
    },
    close: () => lines.close(),
  };
}
