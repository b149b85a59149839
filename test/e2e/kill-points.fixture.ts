import { expect } from 'vitest';
import { startEnvironment, type TestEnvironment } from './environment.fixture.ts';
import type { Program } from './program.fixture.ts';

/** How often a part was, or may have been, sent again on Telegram. */
export interface AllowedRepeats {
  readonly repeats: readonly number[];
  readonly doubts: readonly number[];
}

/** Where the program is killed while a note is sent, and how many repeats on Telegram that may cause. */
export interface KillPoint {
  readonly name: string;
  /** Makes the running program end there. */
  prepare(world: TestEnvironment, program: Program): Promise<void> | void;
  /** What is published then; a note by default. */
  readonly act?: 'edit' | 'delete';
  readonly toll: AllowedRepeats;
}

const nowS = (): number => Math.floor(Date.now() / 1000);

/** The value of a metric; 0 if it is missing. */
async function figure(program: Program, line: string): Promise<number> {
  const text = await (await fetch(`${await program.statusUrl()}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((each) => each.startsWith(`postrider_${line} `))
      ?.split(' ')[1] ?? 0,
  );
}

const isDone = async (program: Program): Promise<boolean> =>
  (await figure(program, 'deliveries_waiting')) === 0;

/**
 * Kills the program at one point after the other, restarting it each time and publishing a note for each, and checks that
 * everything arrives in order, once on Discord, and on Telegram with no more repeats than were counted. `env`: more variables.
 */
export async function killAtEach(
  ends: readonly KillPoint[],
  command?: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const world = await startEnvironment();
  let second = 0;
  const next = (): number => {
    second = Math.max(second, nowS()) + 1;
    return second;
  };
  const publish = (words: string, tags: readonly (readonly string[])[] = []) => {
    const kind = tags.length > 0 ? 30_023 : 1;
    const event = world.author.note(words, { createdAt: next(), kind, tags: tags.map((tag) => [...tag]) });
    world.relay.publish(event);
    return event;
  };
  const start = async (): Promise<Program> => {
    const program = world.start(env, command);
    await program.ready();
    return program;
  };
  /** Resolves when all or none of these are shown and nothing is waiting. */
  async function settled(program: Program, words: string, name: string, isThere = true): Promise<void> {
    const isSo = (texts: readonly string[]) => texts.some((text) => text.includes(words)) === isThere;
    await expect
      .poll(async () => [...Object.values(world.shown()).map(isSo), await isDone(program)], {
        timeout: 30_000,
        message: name,
      })
      .toEqual([true, true, true]);
  }

  let program = await start();
  const wanted: string[] = [];
  for (const [index, { name, prepare, act, toll }] of ends.entries()) {
    const words = `Word ${index + 1} of the evening.`;
    const article = [
      ['d', `${index}`],
      ['title', `Title ${index}`],
    ];
    const before = act && publish(act === 'edit' ? `Draft ${index}.` : words, act === 'edit' ? article : []);
    if (before) await settled(program, act === 'edit' ? `Draft ${index}.` : words, name);
    const sent = world.shown().telegram.length;
    await prepare(world, program);
    if (act === 'delete' && before) {
      world.relay.publish(world.author.deletion([before], { createdAt: next() }));
    } else publish(words, act === 'edit' ? article : []);
    expect({ name, ...(await program.exit) }).toEqual({ name, code: null, signal: 'SIGKILL' });

    program = await start();
    await settled(program, words, name, act !== 'delete');
    if (act !== 'delete') wanted.push(words);
    const shown = world.shown();
    const now = (texts: readonly string[]) =>
      texts.flatMap((text) => /Word \d+ of the evening\./u.exec(text) ?? []);
    const telegram = now(shown.telegram);
    const inOrder = telegram.filter((text, n) => text !== telegram[n - 1]);
    const fresh = { undefined: 1, edit: 0, delete: -1 }[`${act}`];
    const repeats = shown.telegram.length - sent - fresh;
    const doubts = await figure(program, 'messages_in_doubt_total{platform="telegram"}');
    expect({ name, discord: now(shown.discord), telegram: inOrder, repeats, doubts }).toEqual({
      name,
      discord: wanted,
      telegram: wanted,
      repeats: toll.repeats.includes(repeats) ? repeats : toll.repeats,
      doubts: toll.doubts.includes(doubts) ? doubts : toll.doubts,
    });
  }
}
