import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startEnvironment, type TestEnvironment } from './environment.fixture.ts';

const bin = fileURLToPath(new URL('../../bin/postrider.cjs', import.meta.url));
const nowS = (): number => Math.floor(Date.now() / 1000);

/** Runs a sub-command on the environment's database, or on another one. */
async function postrider(
  world: TestEnvironment,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
) {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: world.folder,
    env: { PATH: process.env['PATH'], ...world.env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await exit) as [number | null];
  return { code, stdout, stderr };
}

/** What must hold in any copy, whenever it is made. Returns how many posts were announced by then. */
function expectConsistent(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  const one = (sql: string): unknown => Object.values(db.prepare(sql).get() ?? {})[0];
  expect(one('PRAGMA integrity_check')).toBe('ok');
  expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  const head = Number(one('SELECT coalesce(max(seq), 0) FROM journal'));
  expect(one('SELECT count(*) FROM journal')).toBe(head);
  expect(one(`SELECT count(*) FROM destination WHERE position > ${head}`)).toBe(0);
  expect(one('SELECT count(*) FROM journal WHERE key NOT IN (SELECT key FROM note)')).toBe(0);
  // Receipt and position change together.
  expect(
    one(`SELECT count(*) FROM destination AS d JOIN journal AS j ON j.seq <= d.position
         WHERE NOT EXISTS (SELECT 1 FROM receipt AS r WHERE r.destination = d.ref AND r.key = j.key)`),
  ).toBe(0);
  db.close();
  return head;
}

const isShown = (world: TestEnvironment, platform: 'discord' | 'telegram', words: string): boolean =>
  world.shown()[platform].some((one) => one.includes(words));

const shows = async (world: TestEnvironment, words: string): Promise<void> => {
  await world.discord.until(() => isShown(world, 'discord', words));
  await world.telegram.until(() => isShown(world, 'telegram', words), 60_000);
};

/** Each note is shown once, in order, on both platforms. */
function expectOnce(world: TestEnvironment, words: readonly string[]): void {
  for (const texts of Object.values(world.shown()))
    expect(texts.flatMap((one) => /Note \d+/u.exec(one)?.[0] ?? [])).toEqual(words);
}

/**
 * Notes with words of their own, dated so many seconds ahead: one of the very second in which the bot first started counts as old
 * if the relay sends it as stored.
 */
function createPublisher(world: TestEnvironment, aheadS = 0) {
  const words: string[] = [];
  return {
    words,
    publish(): string {
      const next = `Note ${words.length + 1000}`;
      words.push(next);
      world.relay.publish(world.author.note(`${next}.`, { createdAt: nowS() + aheadS }));
      return next;
    },
  };
}

/** Telegram takes twenty messages a minute. */
const COPIES = 4;
const NOTES_PER_COPY = 3;

test('backups of a running, busy bot are consistent; after one is restored, nothing goes out twice and the archive has everything', async () => {
  const world = await startEnvironment();
  const program = world.start();
  await program.ready();
  const { words, publish } = createPublisher(world);
  const heads: number[] = [];
  while (heads.length < COPIES) {
    const file = join(world.folder, `copy-${heads.length}.db`);
    let isDone = false;
    const backup = postrider(world, ['backup', file]).finally(() => {
      isDone = true;
    });
    for (let n = 0; n < NOTES_PER_COPY; n += 1) {
      const next = publish();
      await world.discord.until(() => isShown(world, 'discord', next) || isDone);
    }
    expect(await backup).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Backed up to /u) });
    heads.push(expectConsistent(file));
  }
  expect(heads).toEqual(heads.toSorted((a, b) => a - b));
  expect(readdirSync(world.folder).filter((name) => name.includes('partial'))).toEqual([]);
  await shows(world, words.at(-1) ?? '');

  // Before most of what has gone out, and with work that was in hand.
  const early = join(world.folder, 'copy-1.db');
  expect(heads[1]).toBeLessThan(words.length);
  expect(await postrider(world, ['restore', early])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/Postrider is running on ".+" \(pid \d+ on .+\)\. Stop it first/u),
  });
  expect(await postrider(world, ['restore', early, '--continue'])).toMatchObject({ code: 1 });
  program.kill('SIGTERM');
  await program.exit;
  expect(await postrider(world, ['restore', early, '--continue'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/Postrider has run since/u),
  });
  expect(await postrider(world, ['restore', early])).toMatchObject({ code: 0, stderr: '' });

  const again = world.start();
  await again.ready();
  await again.logged('store.restored');
  const url = await again.statusUrl();
  await expect
    .poll(async () => (await fetch(`${url}/metrics`)).text(), { timeout: 30_000 })
    .toContain(`postrider_notes ${words.length}\n`);
  await shows(world, publish());
  expectOnce(world, words);
}, 180_000);

test('moved to another machine with --continue, the bot goes on where it stopped', async () => {
  const world = await startEnvironment();
  const program = world.start();
  await program.ready();
  const { words, publish } = createPublisher(world, 1);
  await shows(world, publish());
  program.kill('SIGTERM');
  await program.exit;
  const file = join(world.folder, 'moving.db');
  expect(await postrider(world, ['backup', file])).toMatchObject({ code: 0 });
  // While it runs nowhere.
  publish();
  const there = { DATABASE_URL: `sqlite:${join(world.folder, 'there', 'postrider.db')}` };
  expect(await postrider(world, ['restore', file, '--continue'], there)).toMatchObject({ code: 0 });
  const moved = world.start(there);
  await moved.ready();
  await shows(world, words.at(-1) ?? '');
  await shows(world, publish());
  expectOnce(world, words);
}, 120_000);
