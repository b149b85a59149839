import { monitorEventLoopDelay } from 'node:perf_hooks';
import { commands } from '../../commands/index.ts';
import { createCallbackStore } from '../../src/command/callback-store.ts';
import type { Chat } from '../../src/command/chat.ts';
import { createRequestHandler } from '../../src/command/request-handler.ts';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import { DEFAULT_WEB_CLIENT } from '../../src/note/links/web-client-links.ts';
import { createPresenter } from '../../src/note/present/finish.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import type { Measurement, Run, Size, Table } from '../measurement.ts';
import { percentile } from '../timing.ts';
import { AUTHOR } from './generated-notes.ts';
import { type FillTime, prepareArchive } from './prepared-archive.ts';
import { type SampleQueries, sampleQueries } from './sample-queries.ts';

const SIZES: Readonly<
  Record<Size, { readonly archives: readonly [number, number]; readonly lines: number }>
> = {
  full: { archives: [100_000, 1_000_000], lines: 200 },
  quick: { archives: [500, 1_000], lines: 2 },
};
/** Questions of each kind asked first and not counted, to warm up the file cache. */
export const WARM_UP = 20;

/** Runs the program's own commands on a store, from the command line to the document of the answer. */
export function asking(store: Pick<Store, 'archive' | 'values'>): (line: string) => Promise<unknown> {
  let askedMs = 0;
  const author = () => ({ pubkey: AUTHOR, npub: '', name: 'Mara' });
  const presenter = createPresenter({ webClient: DEFAULT_WEB_CLIENT, mediaServers: () => [], author });
  const handler = createRequestHandler(commands, {
    log: silentLog,
    // Time passes quickly, so that rate limits do not interfere.
    now: () => (askedMs += 60_000),
    callbacks: createCallbackStore(store.values.keyv('press')),
    finishNote: presenter.finishNote,
    program: {
      samplePoster: { post: async () => [], deleteAll: async () => true },
      archive: store.archive,
      hasBreaking: true,
      audience: async () => ({}),
      drawPicture: async () => undefined,
      installLinks: () => ({}),
      author,
      present: async (note, texts) => presenter.present(note, texts),
      finish: presenter.finish,
      status: () => Promise.reject(new Error('Nobody asks how things are')),
      verify: () => ({ status: 'verified' }),
      now: Date.now,
      random: Math.random,
      subscriptions: {
        limits: { home: 0, user: 0 },
        subscribe: async () => 'already',
        unsubscribe: async () => false,
        preferencesOf: async () => undefined,
        setPreferences: async () => false,
      },
      userStorage: { get: async () => undefined, set: async () => undefined, delete: async () => false },
      forget: async () => undefined,
    },
  });
  const user = { id: 'discord:1', isManager: false, language: 'en' };
  const chat: Chat = {
    destination: 'discord:1',
    home: 'discord:9',
    kind: 'group',
    subscribable: true,
    styleOptions: {
      styles: ['auto', 'card', 'embed', 'plain'],
      longTextModes: ['auto', 'split', 'cut', 'summary'],
    },
    missingPermissions: async () => [],
  };
  return async (line) => {
    const [command = '', ...rest] = line.split(' ');
    const input = { line: rest.join(' ') };
    const base = { platform: 'discord', user, chat: () => chat } as const;
    let document: unknown;
    await handler.handle(
      { ...base, type: 'command', command, input, isAddressed: true },
      {
        accept() {},
        answer: async (answer) => void ({ document } = answer),
        refuse: ({ sentence }) => Promise.reject(new Error(sentence)),
      },
    );
    return document;
  };
}

export async function times(ask: (line: string) => Promise<unknown>, { lines }: SampleQueries) {
  for (const line of lines.slice(0, WARM_UP)) await ask(line);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const took: number[] = [];
  for (const line of lines.slice(WARM_UP)) {
    const began = performance.now();
    await ask(line);
    took.push(performance.now() - began);
    // Measure the event loop of a program that has other things to do.
    await new Promise((resolve) => setImmediate(resolve));
  }
  delay.disable();
  return { p50: percentile(took, 0.5), p99: percentile(took, 0.99), pause: delay.max / 1e6 };
}

async function measure({ size, data }: Run): Promise<readonly Table[]> {
  const { archives, lines } = SIZES[size];
  const asked = sampleQueries(lines + WARM_UP);
  const figures: Record<string, Awaited<ReturnType<typeof times>>>[] = [];
  const fillings: (FillTime & { readonly notes: number })[] = [];
  for (const count of archives) {
    const { path, filling } = await prepareArchive(data, count);
    fillings.push({ notes: count, ...filling });
    const store = openStore({ path, log: silentLog, noteFrom: eventToNote });
    const ask = asking(store);
    const ofKind: Record<string, Awaited<ReturnType<typeof times>>> = {};
    for (const one of asked) ofKind[one.kind] = await times(ask, one);
    figures.push(ofKind);
    await store.close();
  }
  const [few, many] = archives.map((count) => count.toLocaleString('en'));
  const filled: Table = {
    about:
      'Filling these archives: notes parsed, archived and indexed, 200 per transaction, newest first, as relays send them.',
    columns: {
      notes: { head: 'archive', as: 'count' },
      notesPerSecond: { head: 'notes per second', as: 'count' },
      p50Ms: { head: 'transaction, p50', as: 'ms' },
      p99Ms: { head: 'p99', as: 'ms' },
    },
    rows: fillings.map((filling) => ({ ...filling })),
  };
  const answered: Table = {
    about: `From the command line to the answer, ${lines} questions of each kind, at ${few} and ${many} notes; and the longest pause for everything else.`,
    columns: {
      kind: { head: 'question' },
      fewP50: { head: `p50 at ${few}`, as: 'ms' },
      fewP99: { head: 'p99', as: 'ms' },
      manyP50: { head: `p50 at ${many}`, as: 'ms' },
      manyP99: { head: 'p99', as: 'ms' },
      pause: { head: 'longest pause', as: 'ms' },
    },
    rows: asked.map(({ kind }) => ({
      kind,
      fewP50: figures[0]?.[kind]?.p50 ?? '',
      fewP99: figures[0]?.[kind]?.p99 ?? '',
      manyP50: figures[1]?.[kind]?.p50 ?? '',
      manyP99: figures[1]?.[kind]?.p99 ?? '',
      pause: figures[1]?.[kind]?.pause ?? '',
    })),
  };
  return [filled, answered];
}

/** How long users wait for `/latest` and `/search`. */
export const answers: Measurement = { name: 'answers', run: measure };
