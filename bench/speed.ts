import type { NostrEvent } from '../src/note/note.ts';
import type { Measurement, Size, Table } from './measurement.ts';
import { createMixedEvents } from './mixed-notes.ts';
import { createStages } from './stages.ts';
import { median, timed } from './timing.ts';

const SIZES: Readonly<Record<Size, { readonly rounds: number; readonly perRound: number }>> = {
  full: { rounds: 20, perRound: 5_000 },
  quick: { rounds: 2, perRound: 100 },
};

const STEPS = ['JSON.parse', 'parse', 'render for Discord', 'render for Telegram'] as const;
type Step = (typeof STEPS)[number];

const SEED = 20_250_312;

/**
 * Runs all steps in rounds. Each round has its own notes and runs every step once, so that other load on the machine affects
 * all steps alike. The first round is a warm-up and isn't counted.
 */
function measureSpeed({ rounds, perRound }: (typeof SIZES)[Size]): Table {
  const stages = createStages();
  const next = createMixedEvents(SEED);
  const times: Record<Step, number>[] = [];
  const sum = { bytes: 0, discord: 0, telegram: 0 };
  for (let round = 0; round <= rounds; round += 1) {
    const lines = Array.from({ length: perRound }, () => JSON.stringify(next()));
    const [json, events] = timed(() => lines.map((line) => JSON.parse(line) as NostrEvent));
    const [parse, notes] = timed(() => events.map(stages.parse).filter((note) => note !== undefined));
    const [discord, discordMessages] = timed(() =>
      notes.reduce((made, note) => made + stages.discord(note), 0),
    );
    const [telegram, telegramMessages] = timed(() =>
      notes.reduce((made, note) => made + stages.telegram(note), 0),
    );
    if (round === 0) continue;
    times.push({
      'JSON.parse': json,
      parse,
      'render for Discord': discord,
      'render for Telegram': telegram,
    });
    sum.bytes += lines.reduce((bytes, line) => bytes + Buffer.byteLength(line), 0);
    sum.discord += discordMessages;
    sum.telegram += telegramMessages;
  }
  const notes = rounds * perRound;
  return {
    about: [
      `${notes.toLocaleString('en')} mixed notes in ${rounds} rounds,`,
      `${Math.round(sum.bytes / notes)} bytes of JSON each; ${(sum.discord / notes).toFixed(2)} messages a note for Discord,`,
      `${(sum.telegram / notes).toFixed(2)} for Telegram.`,
    ].join(' '),
    columns: {
      step: { head: 'step' },
      notesPerSecond: { head: 'notes per second', as: 'count' },
      timesJsonParse: { head: 'time vs JSON.parse', as: 'times' },
    },
    rows: STEPS.map((step) => ({
      step,
      notesPerSecond: (perRound / median(times.map((time) => time[step]))) * 1000,
      timesJsonParse: median(times.map((time) => time[step] / time['JSON.parse'])),
    })),
  };
}

/** How fast notes are parsed and rendered. */
export const speed: Measurement = {
  name: 'speed',
  run: async ({ size }) => [measureSpeed(SIZES[size])],
};
