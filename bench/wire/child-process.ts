import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Functions that another process can call. Arguments and results go through JSON. */
export type Handlers = Readonly<Record<string, (argument: never) => unknown>>;

interface CallMessage {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

type ReplyMessage = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string });

/** In the child process: serves calls until its parent ends it. */
export function serve(answers: Handlers): void {
  const take = async ({ id, name, argument }: CallMessage): Promise<ReplyMessage> => {
    try {
      return { id, value: await answers[name]?.(argument as never) };
    } catch (error) {
      return { id, error: String(error instanceof Error ? error.stack : error) };
    }
  };
  process.on('message', (question: CallMessage) => {
    void take(question).then((said) => process.send?.(said));
  });
  process.once('disconnect', () => process.exit());
}

export interface Child<A extends Handlers> {
  call<Name extends keyof A & string>(
    name: Name,
    ...argument: Parameters<A[Name]>
  ): Promise<Awaited<ReturnType<A[Name]>>>;
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
}

/** Starts a file of this folder in its own process. Its output goes to the file `output`. */
export function startChild<A extends Handlers>(file: string, output: string): Child<A> {
  const out = openSync(output, 'a');
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { stdio: ['ignore', out, out, 'ipc'] });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const gone = once(child, 'exit');
  child.on('exit', (code, signal) => {
    for (const { reject } of waiting.values())
      reject(new Error(`${file} ended (${code ?? signal}): see ${output}`));
  });
  let asked = 0;
  child.on('message', (said: ReplyMessage) => {
    const question = waiting.get(said.id);
    waiting.delete(said.id);
    if ('error' in said) question?.reject(new Error(`${file}: ${said.error}`));
    else question?.resolve(said.value);
  });
  return {
    call: (name, ...[argument]) =>
      new Promise((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        child.send({ id: asked, name, argument } satisfies CallMessage);
      }),
    async stop() {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
