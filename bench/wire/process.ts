import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a process can be asked: one function a question. Arguments and answers go through JSON. */
export type Answers = Readonly<Record<string, (argument: never) => unknown>>;

interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string });

/** In the process that was started: answers until the one that started it ends it. */
export function answer(answers: Answers): void {
  const take = async ({ id, name, argument }: Question): Promise<Answer> => {
    try {
      return { id, value: await answers[name]?.(argument as never) };
    } catch (error) {
      return { id, error: String(error instanceof Error ? error.stack : error) };
    }
  };
  process.on('message', (question: Question) => {
    void take(question).then((said) => process.send?.(said));
  });
  process.once('disconnect', () => process.exit());
}

export interface Process<A extends Answers> {
  ask<Name extends keyof A & string>(
    name: Name,
    ...argument: Parameters<A[Name]>
  ): Promise<Awaited<ReturnType<A[Name]>>>;
  /** Settles when the process is gone. */
  end(): Promise<void>;
}

/** Starts a file of this folder in a process of its own. What it prints goes to the file `output`. */
export function start<A extends Answers>(file: string, output: string): Process<A> {
  const out = openSync(output, 'a');
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { stdio: ['ignore', out, out, 'ipc'] });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const gone = once(child, 'exit');
  child.on('exit', (code, signal) => {
    for (const { reject } of waiting.values())
      reject(new Error(`${file} ended (${code ?? signal}): see ${output}`));
  });
  let asked = 0;
  child.on('message', (said: Answer) => {
    const question = waiting.get(said.id);
    waiting.delete(said.id);
    if ('error' in said) question?.reject(new Error(`${file}: ${said.error}`));
    else question?.resolve(said.value);
  });
  return {
    ask: (name, ...[argument]) =>
      new Promise((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        child.send({ id: asked, name, argument } satisfies Question);
      }),
    async end() {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
