import { expect } from 'vitest';
import { menuOnPlatform } from '../../../src/command/menu.ts';
import type { CommandTexts } from '../../../src/i18n/command-texts.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { zh } from '../../../src/i18n/zh/catalogue.ts';
import type { Case, ContractFixture } from './driver.ts';

export function describeMenu(bench: ContractFixture, one: Case): void {
  /** Some commands exist on one platform only. */
  const here = () => menuOnPlatform(bench.stage.platform.name, bench.program.host.menu);
  const forReaders = () =>
    here()
      .filter((item) => item.for === 'readers')
      .map(({ name }) => name);

  one(
    'the menu shows every command for readers with its description, in company and in private',
    async () => {
      await bench.start();
      for (const where of ['company', 'private'] as const) {
        const offered = bench.stage.offered('reader', where);
        expect(Object.keys(offered)).toEqual(expect.arrayContaining(forReaders()));
        expect(offered['latest']).toBe(en.commands.latest.description);
      }
    },
  );

  one('manager commands are shown to managers and not to readers', async () => {
    await bench.start();
    expect(Object.keys(bench.stage.offered('manager')).sort()).toEqual(
      here()
        .map(({ name }) => name)
        .sort(),
    );
    expect(bench.stage.offered('reader')).not.toHaveProperty('subscribe');
  });

  one('Chinese users see a Chinese menu', async () => {
    await bench.start();
    bench.stage.speaks('reader', 'zh');
    for (const where of ['company', 'private'] as const) {
      const offered = bench.stage.offered('reader', where);
      expect(Object.keys(offered)).toEqual(expect.arrayContaining(forReaders()));
      for (const name of forReaders())
        expect(offered[name]).toBe(
          (zh.commands as Readonly<Record<string, CommandTexts>>)[name]?.description,
        );
    }
    expect(bench.stage.offered('manager')).toHaveProperty('latest', en.commands.latest.description);
  });

  one('a restart with the same commands doesn’t publish the menu again', async () => {
    await bench.start();
    const writes = bench.stage.writes();
    expect(writes).toBeGreaterThan(0);
    await bench.stage.platform.stop();
    await bench.stage.another().start(bench.program.host);
    expect(bench.stage.writes()).toBe(writes);
  });

  one('the menu is published again when a description has changed', async () => {
    await bench.start();
    await bench.stage.platform.stop();
    const { host } = bench.program;
    const menu = host.menu.map((item) =>
      item.name === 'about' ? { ...item, description: 'Who is behind it' } : item,
    );
    await bench.stage.another().start({ ...host, menu });
    expect(bench.stage.offered('reader')).toMatchObject({
      about: 'Who is behind it',
      latest: en.commands.latest.description,
    });
  });
}
