import { expect } from 'vitest';
import type { Doings } from './author.fixture.ts';
import type { Fleet } from './fleet.fixture.ts';

const wordsIn = (texts: readonly string[]): readonly string[] =>
  texts.map((text) => /Tide \d+\./u.exec(text)?.[0] ?? text);

/** Whether nothing waits, on its way or for its turn. */
const WAITING = `SELECT count(*)::int FROM destination, head
  WHERE position < head.seq OR EXISTS (SELECT FROM in_flight WHERE destination = ref)`;

/** Which of these stand, in order, without the second of two alike. */
const distinct = (words: readonly string[]): readonly string[] =>
  words.filter((word, index) => words.indexOf(word) === index);

/**
 * Waits until everything is delivered, and checks that each post stands once and in order on Discord, and that on Telegram
 * nothing is too much but what was in doubt, and counted.
 */
export async function expectWhole(fleet: Fleet, { standing }: Doings, message = ''): Promise<void> {
  const shown = () => {
    const { discord, telegram } = fleet.shown();
    return { discord: wordsIn(discord), telegram: wordsIn(telegram) };
  };
  const doubts = (): number =>
    fleet.members
      .flatMap(({ lines }) => lines)
      .filter(
        ({ event, ...line }) =>
          event === 'message.uncertain' && String(line['destination']).startsWith('telegram'),
      ).length;
  const state = async () => {
    const { discord, telegram } = shown();
    const wanted = new Set(standing);
    return {
      discord,
      // What was taken back while it was in doubt may stand a second time.
      telegram: distinct(telegram).filter((word) => wanted.has(word)),
      tooMany: Math.max(0, telegram.length - standing.length - doubts()),
      waiting: (await fleet.ask<number>(WAITING).catch(() => ['unknown']))[0],
    };
  };
  await expect
    .poll(state, { timeout: 40_000, interval: 100, message })
    .toEqual({ discord: standing, telegram: standing, tooMany: 0, waiting: 0 });
}
