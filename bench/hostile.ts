import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { en } from '../src/i18n/en/catalogue.ts';
import { silentLog } from '../src/lib/log.ts';
import { createSlicedRunner } from '../src/lib/time-slicing.ts';
import type { NostrEvent, VerifiedEvent } from '../src/note/note.ts';
import { parseQuery } from '../src/note/search/query.ts';
import { searchSnippetTask } from '../src/note/search/search-snippet.ts';
import { createNoteParser } from '../src/note/worker/note-parser.ts';
import { hostileEvent, type Pattern, patterns, plainProse } from './hostile-patterns.ts';
import type { Measurement, Size, Table } from './measurement.ts';
import { createStages, type Stages } from './stages.ts';

/** What most relays accept, and the most that is read. */
const SIZES: Readonly<Record<Size, { readonly bytes: readonly number[]; readonly rounds: number }>> = {
  full: { bytes: [65_536, 262_144], rounds: 2 },
  quick: { bytes: [2_000], rounds: 1 },
};
/** Size of warm-up notes in bytes. */
const WARM_UP = 8_192;
const KINDS = { note: 1, article: 30_023 } as const;
type Kind = keyof typeof KINDS;

interface Cost {
  /** CPU time of all threads of this process, so other load doesn't count. */
  readonly ms: number;
  readonly longestTurn: number;
}

/** Compares notes of a single pattern with plain prose of the same size, through every step on the way to readers. */
async function measureHostile(bytes: number, rounds: number): Promise<Table> {
  const costOf = async (kind: Kind, pattern: string | Pattern, size: number): Promise<Cost> => {
    const event = hostileEvent(KINDS[kind], pattern, size);
    const costs: Cost[] = [];
    // Rendered documents are cached, so each round has its own platforms.
    for (let round = 0; round < rounds; round += 1) costs.push(await costOnce(createStages(), event));
    return {
      ms: Math.min(...costs.map(({ ms }) => ms)),
      longestTurn: Math.min(...costs.map(({ longestTurn }) => longestTurn)),
    };
  };
  const both = async (pattern: string | Pattern, size = bytes) => ({
    note: await costOf('note', pattern, size),
    article: await costOf('article', pattern, size),
  });
  // The first notes are slower, so prose, the baseline, must not be among them.
  for (const pattern of Object.values(patterns)) await both(pattern, Math.min(bytes, WARM_UP));
  await both(plainProse);
  const plain = await both(plainProse);
  const rows: Table['rows'][number][] = [];
  for (const [pattern, made] of [['plain prose', plainProse] as const, ...Object.entries(patterns)]) {
    const { note, article } = await both(made);
    rows.push({
      pattern,
      note: note.ms / plain.note.ms,
      noteTurn: note.longestTurn,
      article: article.ms / plain.article.ms,
      articleTurn: article.longestTurn,
    });
  }
  return {
    about: [
      `A note and an article of ${bytes.toLocaleString('en')} bytes each:`,
      'parsed, searched, presented and rendered in every style and length for both platforms;',
      `CPU time compared with plain prose of that size, which takes ${plain.note.ms.toFixed(1)} ms as kind 1`,
      `and ${plain.article.ms.toFixed(1)} ms as an article, and the longest turn of the event loop.`,
    ].join(' '),
    columns: {
      pattern: { head: 'pattern' },
      note: { head: 'kind 1', as: 'times' },
      noteTurn: { head: 'longest turn', as: 'ms' },
      article: { head: 'article', as: 'times' },
      articleTurn: { head: 'longest turn', as: 'ms' },
    },
    rows,
  };
}

const { query } = parseQuery('a b');
const inTurns = createSlicedRunner();
const noteReader = createNoteParser(silentLog);

/** Runs each step in its own turn of the event loop, as the program does. */
async function costOnce(stages: Stages, event: NostrEvent): Promise<Cost> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  // The delay monitor starts a few turns later.
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, 5));
  delay.reset();
  const from = process.cpuUsage();
  const note = await noteReader.read(event as VerifiedEvent);
  await setImmediate();
  if (note) {
    await inTurns(searchSnippetTask(note, query, en));
    await setImmediate();
    for (const step of stages.everyRendering(note)) {
      await step();
      await setImmediate();
    }
  }
  const { user, system } = process.cpuUsage(from);
  const ms = (user + system) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 3));
  delay.disable();
  return { ms, longestTurn: delay.max / 1e6 };
}

/** The cost of notes that are made to keep a parser busy. */
export const hostile: Measurement = {
  name: 'hostile',
  async run({ size }) {
    const { bytes, rounds } = SIZES[size];
    const tables: Table[] = [];
    for (const one of bytes) tables.push(await measureHostile(one, rounds));
    return tables;
  },
};
