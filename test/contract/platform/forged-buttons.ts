import { expect } from 'vitest';
import { menuOnPlatform } from '../../../src/command/menu.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { POST_TYPES } from '../../../src/note/post-types.ts';
import type { PlatformName } from '../../../src/platform/platforms.ts';
import { DEFAULT_PREFERENCES } from '../../../src/preferences/preferences.ts';
import { type Case, type ContractFixture, replyText } from './driver.ts';

const { problem, platform: about } = en;

/** Forged tokens, and the answers to them. */
const forgedOn = (platform: PlatformName): readonly (readonly [token: string, sentence: string])[] => [
  ['3rlatest', about.oldButton],
  ['1xlatest', about.oldButton],
  ['1r', about.oldButton],
  ['1rLATEST', about.oldButton],
  ['1rconstructor', about.oldButton],
  ['1r/latest', about.oldButton],
  ['latest', about.oldButton],
  ['1rlatest page:0', problem.notNumber('page', 1, 1_000)],
  ['1rlatest page:999999999', problem.notNumber('page', 1, 1_000)],
  ['1rlatest page:1e3', problem.notNumber('page', 1, 1_000)],
  ['1rlatest count:0', problem.notNumber('count', 1, 10)],
  ['1rlatest type:constructor', problem.unknownValue('type', 'constructor', problem.anyOf(POST_TYPES))],
  ['1rsearch page:201 lithium', problem.notNumber('page', 1, 200)],
  ['1rsearch ~0123456789abcdef01234567', problem.expired],
  ['2r', about.oldButton],
  ['2r?page=2', about.oldButton],
  ['2rconstructor?page=2', about.oldButton],
  ['2rlatest?page=0', problem.notNumber('page', 1, 1_000)],
  ['2rlatest?type=constructor', problem.unknownValue('type', 'constructor', problem.anyOf(POST_TYPES))],
  ['2rsearch?page=2&constructor=x', problem.withExample(problem.missing.query, en.commands.search.example)],
  ['2rsearch~0123456789abcdef01234567', problem.expired],
  ['2rsearch~0123', problem.expired],
  ['2aread?note=../../etc/passwd', en.read.notFound('../../etc/passwd')],
  ['2asubscribe?place=1', en.byPlatform[platform].managersOnly],
  ['1aread ../../etc/passwd', en.read.notFound('../../etc/passwd')],
  ['1asubscribe', en.byPlatform[platform].managersOnly],
  ['1aunsubscribe discord:1', en.byPlatform[platform].managersOnly],
];

/** Without zero-width characters. */
const plain = (said: string): string => said.replaceAll('\u00a0', ' ').replaceAll('\u2060', '');

export function describeForgedButtons(bench: ContractFixture, one: Case): void {
  one('a forged button gets an error and changes nothing', async () => {
    await bench.start();
    const { store } = bench.program;
    const before = await store.stats.totals();
    const heard: string[] = [];
    const forged = forgedOn(bench.stage.platform.name);
    for (const [index, [token]] of forged.entries()) {
      bench.program.clock.nowMs += 60_000;
      await bench.stage.postButton(`Go ${index}`, token);
      heard.push(replyText(await bench.stage.press(`Go ${index}`)));
    }
    expect(heard.map(plain)).toEqual(forged.map(([, sentence]) => plain(sentence)));
    expect(await store.stats.totals()).toEqual(before);
    expect(await store.destinations.list()).toEqual([]);
  });

  one('no command reveals or changes another chat', async () => {
    await bench.start();
    const { store } = bench.program;
    const platform = bench.stage.destination.split(':')[0] ?? '';
    const other = `${platform}:987654321`;
    await store.destinations.subscribe({
      id: other,
      source: 'command',
      preferences: { ...DEFAULT_PREFERENCES, postTypes: ['photo'] },
    });
    const before = await store.destinations.get(other);
    const heard: string[] = [];
    for (const { name } of menuOnPlatform(bench.stage.platform.name, bench.program.host.menu)) {
      bench.program.clock.nowMs += 60_000;
      heard.push(replyText(await bench.stage.ask(`/${name}`, { by: 'manager' })));
      await bench.stage.ask(`/${name} ${other}`, { by: 'manager' });
    }
    expect(heard.join()).not.toContain('987654321');
    expect(await store.destinations.get(other)).toEqual(before);
  });
}
