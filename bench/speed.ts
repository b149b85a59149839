import type { NostrEvent } from '../src/note/note.ts';
import { createMixedEvents } from './mixed-notes.ts';
import type { Stages } from './stages.ts';
import { median, timed } from './timing.ts';

const STEPS = ['JSON.parse', 'parse', 'render for Discord', 'render for Telegram'] as const;
export type Step = (typeof STEPS)[number];

export interface StepSpeed {
  readonly step: Step;
  /** The median of all rounds. */
  readonly notesPerSecond: number;
  /** How many times as long as `JSON.parse` of the same events: the median of the rounds' own ratios. */
  readonly timesJsonParse: number;
}

export interface Speed {
  readonly notes: number;
  readonly rounds: number;
  /** Of an event as JSON, on average. */
  readonly bytesPerEvent: number;
  readonly messagesPerNote: { readonly discord: number; readonly telegram: number };
  readonly steps: readonly StepSpeed[];
}

const SEED = 20_250_312;

/**
 * All steps over the same notes, round by round: each round has notes of its own and does every step once, so that
 * whatever else the machine does falls on all steps alike. The first round warms up and does not count.
 */
export function measureSpeed(
  stages: Stages,
  size: { readonly rounds: number; readonly perRound: number },
): Speed {
  const next = createMixedEvents(SEED);
  const times: Record<Step, number>[] = [];
  const sum = { bytes: 0, discord: 0, telegram: 0 };
  for (let round = 0; round <= size.rounds; round += 1) {
    const lines = Array.from({ length: size.perRound }, () => JSON.stringify(next()));
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
  const notes = size.rounds * size.perRound;
  return {
    notes,
    rounds: size.rounds,
    bytesPerEvent: Math.round(sum.bytes / notes),
    messagesPerNote: { discord: sum.discord / notes, telegram: sum.telegram / notes },
    steps: STEPS.map((step) => ({
      step,
      notesPerSecond: Math.round((size.perRound / median(times.map((time) => time[step]))) * 1000),
      timesJsonParse: median(times.map((time) => time[step] / time['JSON.parse'])),
    })),
  };
}
