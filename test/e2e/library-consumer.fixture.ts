import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NostrEvent } from '../../src/note/note.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the README's examples take for given. */
const GLOBALS = `import type { NostrEvent as Event } from 'postrider/note';
declare global {
  const received: Event;
  const discordToken: string;
  const telegramToken: string;
  const channel: string;
  const chat: number;
  function fetchEvent(filter: object, relays: readonly string[]): Promise<Event | undefined>;
}
`;

/** Mistakes that the types have to notice, one a line. */
const MISTAKES = `import { discordMessages } from 'postrider/discord';
import { findReferences, type Note, parseNote } from 'postrider/note';
import { telegramCalls } from 'postrider/telegram';

declare const note: Note;
// @ts-expect-error an event isn't a note
discordMessages(received);
// @ts-expect-error there may be nothing to show
telegramCalls(parseNote(received));
// @ts-expect-error no such style
discordMessages(note, { style: 'classic' });
// @ts-expect-error no such option
telegramCalls(note, { lenght: 'cut' });
// @ts-expect-error notes are read-only
note.text = '';
// @ts-expect-error chat_id is the caller's
telegramCalls(note)[0]?.params.chat_id;
const [body] = discordMessages(note);
export const flags: number | undefined = body?.flags;
const [call] = telegramCalls(note);
export const text: string | undefined = call?.method === 'sendMessage' ? call.params.text : undefined;
export const keys: string[] = findReferences(note).events.map(({ key }) => key);
`;

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    target: 'es2024',
    module: 'nodenext',
    lib: ['es2024', 'dom'],
    types: [],
    exactOptionalPropertyTypes: true,
    moduleDetection: 'force',
  },
  include: ['*.ts'],
};

/** Where the examples send to, and what they get when they ask for an event. */
export interface ExampleWorld {
  readonly received: NostrEvent;
  readonly found: readonly NostrEvent[];
  readonly discordToken: string;
  readonly telegramToken: string;
  readonly channel: string;
  readonly chat: number;
  readonly discordApi: string;
  readonly telegramApi: string;
}

const PRELUDE = `import { readFileSync } from 'node:fs';
const { found, ...given } = JSON.parse(readFileSync(new URL('./world.json', import.meta.url), 'utf8'));
Object.assign(globalThis, given, {
  fetchEvent: async ({ authors = [], ids = [] }) =>
    found.find(({ id, pubkey, kind }) => ids.includes(id) || (kind === 0 && authors.includes(pubkey))),
});
`;

/** The code blocks of the library's README, in order. */
export const readmeExamples = (): readonly string[] =>
  [...readFileSync(join(root, 'src/library/README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gsu)].map(
    ([, code = '']) => code,
  );

/** A project that uses the library that is installed in `folder`. */
export function createConsumer(folder: string) {
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const node = (...args: readonly string[]): string =>
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });

  return {
    /** Checks the README's examples and `MISTAKES` with the compiler. Returns what it says. */
    typeCheck(): string {
      write('globals.d.ts', GLOBALS);
      write('mistakes.ts', MISTAKES);
      write('tsconfig.json', JSON.stringify(TSCONFIG));
      for (const [index, code] of readmeExamples().entries()) write(`example-${index}.ts`, code);
      try {
        return node(join(root, 'node_modules/typescript/bin/tsc'), '--pretty', 'false');
      } catch (error) {
        return (error as { readonly stdout: string }).stdout;
      }
    },

    /** Runs an example against the stand-ins, and returns what it prints. */
    async run(code: string, { discordApi, telegramApi, ...world }: ExampleWorld): Promise<string> {
      write('world.json', JSON.stringify(world));
      write('prelude.mjs', PRELUDE);
      const here = code
        .replaceAll('https://discord.com/api', discordApi)
        .replaceAll('https://api.telegram.org', telegramApi);
      write('running.ts', here);
      // Not synchronously: the stand-ins are in this process.
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      execFile(
        process.execPath,
        ['--import', './prelude.mjs', 'running.ts'],
        { cwd: folder },
        (error, stdout, stderr) => (error ? reject(new Error(stderr, { cause: error })) : resolve(stdout)),
      );
      return promise;
    },

    /** The packages that importing a module of the library loads. */
    packagesLoadedBy(module: string): readonly string[] {
      const script = `import { registerHooks } from 'node:module';
        const urls = [];
        registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
        await import(${JSON.stringify(module)});
        console.log(JSON.stringify(urls));`;
      const urls = JSON.parse(node('--input-type=module', '--eval', script)) as readonly string[];
      const names = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(url)?.[1] ?? []);
      return [...new Set(names)];
    },
  };
}
