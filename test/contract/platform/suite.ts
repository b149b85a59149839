import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeButtons } from './buttons.ts';
import { describeCommands } from './commands.ts';
import type { Case, ContractFixture, PlatformDriver } from './driver.ts';
import { describeFailures } from './failures.ts';
import { describeFinding } from './finding.ts';
import { describeForgedButtons } from './forged-buttons.ts';
import { describeHostileText } from './hostile-text.ts';
import { describeLanguage } from './language.ts';
import { describeMenu } from './menu.ts';
import { type Program, startProgram } from './program.fixture.ts';
import { describeRateLimits } from './rate-limits.ts';
import { describeSending } from './sending.ts';
import { describeServing } from './serving.ts';
import { describeSettings } from './settings.ts';
import { describeSuggestions } from './suggestions.ts';

/**
 * The suite that every platform passes over the wire. `unsupported` declares, by the title of a case, why the
 * platform can't pass it. The case is run all the same and must fail, so that no declaration outlives its reason.
 */
export function describePlatform(
  name: string,
  startStage: () => Promise<PlatformDriver>,
  unsupported: Readonly<Record<string, string>>,
): void {
  describe(`platform: ${name}`, () => {
    let programs: Program[];
    const bench: { stage: PlatformDriver; program: Program } & Pick<ContractFixture, 'start'> = {
      stage: undefined as never,
      program: undefined as never,
      async start(commands) {
        if (commands) {
          bench.program = await startProgram(commands);
          programs.push(bench.program);
        }
        bench.program.platforms.push(bench.stage.platform);
        await bench.stage.platform.start(bench.program.host);
      },
    };

    beforeEach(async () => {
      bench.stage = await startStage();
      bench.program = await startProgram();
      programs = [bench.program];
    });
    afterEach(async () => {
      await bench.stage.stop();
      for (const program of programs) await program.stop();
    });

    const sentences = new Set<string>();
    const one: Case = (sentence, run) => {
      sentences.add(sentence);
      const reason = unsupported[sentence];
      const title = reason === undefined ? sentence : `NOT HERE: ${sentence} (${reason})`;
      // oxlint-disable-next-line vitest/expect-expect, vitest/valid-title -- both are the case's
      test(title, reason === undefined ? run : () => assertBroken(run));
    };

    describe('menu', () => {
      describeMenu(bench, one);
    });
    describe('commands', () => {
      describeCommands(bench, one);
    });
    describe('finding', () => {
      describeFinding(bench, one);
    });
    describe('buttons', () => {
      describeButtons(bench, one);
    });
    describe('forged buttons', () => {
      describeForgedButtons(bench, one);
    });
    describe('hostile text', () => {
      describeHostileText(bench, one);
    });
    describe('language', () => {
      describeLanguage(bench, one);
    });
    describe('rate limits', () => {
      describeRateLimits(bench, one);
    });
    describe('settings', () => {
      describeSettings(bench, one);
    });
    describe('suggestions to the author', () => {
      describeSuggestions(bench, one);
    });
    describe('serving', () => {
      describeServing(bench, one);
    });
    describe('sending', () => {
      describeSending(bench, one);
    });
    describe('failures', () => {
      describeFailures(bench, one);
    });

    test('what is declared unsupported is a case of this suite', () => {
      expect(Object.keys(unsupported).filter((sentence) => !sentences.has(sentence))).toEqual([]);
    });
  });
}

/** Only a failed assertion counts, not a broken fixture. */
async function assertBroken(run: () => Promise<void>): Promise<void> {
  await expect(run()).rejects.toMatchObject({ name: 'AssertionError' });
}
