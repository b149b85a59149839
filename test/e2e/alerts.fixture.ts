import { expect, onTestFinished } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createDemoClock } from '../../sandbox/demo/demo-clock.ts';
import { type AppParts, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { createLog, type Fields } from '../../src/lib/log.ts';
import { discordText, type TestEnvironment } from './environment.fixture.ts';

type Where = 'discord' | 'telegram';

/** Waits until it is so; `meanwhile` is called before each look. */
export async function eventually(isSo: () => boolean, meanwhile = (): void => undefined): Promise<void> {
  const look = (): boolean => {
    meanwhile();
    return isSo();
  };
  await expect.poll(look, { timeout: 25_000, interval: 50 }).toBe(true);
}

/** Somebody who runs the program and can be reached on both platforms, and what they were told. */
export function operatorIn({ discord, telegram }: TestEnvironment) {
  const dm = discord.world.openDm(discord.owner);
  const told = (where: Where): readonly string[] =>
    where === 'discord'
      ? discord.messages(dm).map(discordText)
      : telegram
          .messages(telegram.reader)
          .filter(({ byBot }) => byBot)
          .map(({ message }) => message.text ?? '');
  return {
    discord: `discord:${discord.owner.id}`,
    telegram: `telegram:${telegram.reader.id}`,
    told,
    headlines: (where: Where) => told(where).map((text) => text.replaceAll('*', '').split('\n')[0] ?? ''),
  };
}

/** The program in this process, with a clock that skips time. */
export async function startHere(
  world: TestEnvironment,
  env: Readonly<Record<string, string>>,
  parts: Partial<AppParts> = {},
) {
  const clock = createDemoClock();
  const lines: (Fields & { readonly event: string })[] = [];
  const log = createLog({
    level: 'debug',
    format: 'json',
    secrets: [],
    write: (line) => lines.push(JSON.parse(line) as (typeof lines)[number]),
    now: () => new Date(clock.now()),
  });
  const app = await startApp(readConfig({ ...world.env, ...env }, false), { commands, log, clock, ...parts });
  onTestFinished(() => app.stop());
  const logged = (event: string) => lines.filter((line) => line.event === event);
  const has = (event: string, fields: Fields = {}): boolean =>
    lines.some(
      (line) => line.event === event && Object.entries(fields).every(([name, value]) => line[name] === value),
    );
  return {
    ...app,
    logged,
    lines,
    has,
    skip: (ms: number) => clock.skip(ms),
    ready: () =>
      eventually(
        () =>
          has('relay.completed') &&
          has('platform.connected', { platform: 'discord' }) &&
          has('platform.connected', { platform: 'telegram' }),
      ),
    /** Lets time pass, half a minute at a time, until it is so. */
    passUntil: (isSo: () => boolean) => eventually(isSo, () => clock.skip(30_000)),
  };
}
