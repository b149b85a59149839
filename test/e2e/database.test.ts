import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { startEnvironment, type TestEnvironment } from './environment.fixture.ts';

/** A command of the system, not of a package. */
const [MOUNT, UMOUNT] = ['mount', 'umount'] as const;

const nowS = (): number => Math.floor(Date.now() / 1000);

/** Mounts a small disk for the database; `undefined` if this machine doesn't allow it. */
function smallDisk({ folder }: TestEnvironment) {
  const path = join(folder, 'disk');
  const mount = (options: string) => spawnSync(MOUNT, ['-t', 'tmpfs', '-o', options, 'tmpfs', path]).status;
  mkdirSync(path);
  if (mount('size=6m') !== 0) return undefined;
  onTestFinished(() => void spawnSync(UMOUNT, ['-l', path]));
  const ballast = join(path, 'ballast');
  return {
    url: `sqlite:${join(path, 'postrider.db')}`,
    setReadOnly: () => mount('remount,ro'),
    fill(): void {
      for (const bytes of [65_536, 4_096])
        try {
          for (;;) writeFileSync(ballast, Buffer.alloc(bytes), { flag: 'a' });
        } catch (error) {
          expect(error).toMatchObject({ code: 'ENOSPC' });
        }
    },
    empty: () => rmSync(ballast),
  };
}

const shows = async (world: TestEnvironment, words: readonly string[]): Promise<void> => {
  const isSo = (texts: readonly string[]) => texts.some((text) => text.includes(words.at(-1) ?? ''));
  await world.discord.until(() => isSo(world.shown().discord));
  await world.telegram.until(() => isSo(world.shown().telegram), 30_000);
  for (const texts of Object.values(world.shown()))
    expect(texts.map((text) => words.find((word) => text.includes(word)))).toEqual(words);
};

test('a second Postrider on the same database says who holds it, and exits', async () => {
  const world = await startEnvironment();
  const first = world.start();
  await first.ready();
  const second = world.start();
  expect(await second.logged('store.occupied')).toMatchObject({ level: 'warn', pid: first.pid });
  expect(await second.exit).toEqual({ code: 2, signal: null });
  expect(second.plain()).toMatch(
    new RegExp(
      `DATABASE_URL: ".+" is in use by another Postrider \\(pid ${first.pid} on .+, since .+\\)`,
      'u',
    ),
  );
  expect(second.lines.some(({ event }) => event === 'store.opened')).toBe(false);
  world.relay.publish(world.author.note('From the first.', { createdAt: nowS() + 1 }));
  await shows(world, ['From the first.']);
}, 60_000);

test('a second one that may wait takes over when the first has ended', async () => {
  const world = await startEnvironment();
  const first = world.start();
  await first.ready();
  const second = world.start();
  await second.logged('store.occupied');
  first.kill('SIGTERM');
  expect(await first.exit).toEqual({ code: 0, signal: null });
  await second.ready();
  world.relay.publish(world.author.note('From the second.', { createdAt: nowS() + 1 }));
  await shows(world, ['From the second.']);
});

test('one that waits for the database can be stopped', async () => {
  const world = await startEnvironment();
  const first = world.start();
  await first.ready();
  const second = world.start();
  await second.logged('store.occupied');
  second.kill('SIGTERM');
  expect(await second.exit).toEqual({ code: 0, signal: null });
});

test('a database that another program keeps locked is reported by name at the start', async () => {
  const world = await startEnvironment();
  const path = join(world.folder, 'locked.db');
  const db = new DatabaseSync(path);
  db.exec('CREATE TABLE t (x); BEGIN EXCLUSIVE');
  const program = world.start({ DATABASE_URL: `sqlite:${path}` });
  expect(await program.exit).toEqual({ code: 2, signal: null });
  expect(program.plain()).toMatch(/DATABASE_URL: .*another program has locked it/u);
  db.close();
});

test('while another program locks the database intake waits, reports it, and then continues', async () => {
  const world = await startEnvironment();
  const program = world.start();
  await program.ready();
  const db = new DatabaseSync(join(world.folder, 'data', 'postrider.db'));
  db.exec('BEGIN IMMEDIATE');
  world.relay.publish(world.author.note('Once it is free.', { createdAt: nowS() + 1 }));
  await program.logged('store.failing');
  const health = await fetch(`${await program.statusUrl()}/healthz`);
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ failing: { store: 'database is locked' } });
  db.exec('ROLLBACK');
  db.close();
  await program.logged('store.recovered');
  await shows(world, ['Once it is free.']);
  expect((await fetch(`${await program.statusUrl()}/healthz`)).status).toBe(200);
}, 60_000);

test('a full disk loses nothing and repeats nothing: it is reported, and all continues once there is room', async (context) => {
  const world = await startEnvironment();
  const disk = smallDisk(world);
  if (!disk) return context.skip('mounting a disk takes root');
  const program = world.start({ DATABASE_URL: disk.url });
  await program.ready();
  const words = ['First word', 'Second word', 'Third word'];
  disk.fill();
  // Too long for the free space within the database files.
  for (const word of words)
    world.relay.publish(
      world.author.note(`${word}. ${'The quay was full of ore. '.repeat(120)}`, { createdAt: nowS() + 1 }),
    );
  for (let n = 0; n < 12; n += 1)
    world.relay.publish(world.author.note(`Ore ${n}. `.repeat(2_000), { createdAt: nowS() - 90_000 + n }));
  await program.logged('store.failing');
  const status = await program.statusUrl();
  await expect.poll(async () => (await fetch(`${status}/healthz`)).status).toBe(503);
  disk.empty();
  await program.logged('store.recovered');
  await expect
    .poll(async () => (await fetch(`${status}/metrics`)).text(), { timeout: 30_000 })
    .toMatch(/^postrider_notes 15$/mu);
  await expect
    .poll(async () => (await fetch(`${status}/metrics`)).text(), { timeout: 45_000 })
    .toMatch(/^postrider_deliveries_waiting 0$/mu);
  for (const texts of Object.values(world.shown())) {
    const found = texts.flatMap((text) => words.filter((word) => text.includes(word)));
    expect(found).toEqual(words);
  }
  expect(await (await fetch(`${status}/metrics`)).text()).not.toMatch(/messages_in_doubt_total\{.*\} [1-9]/u);
}, 90_000);

test('a disk that is read-only, or full, is reported by name at the start', async (context) => {
  const world = await startEnvironment();
  const disk = smallDisk(world);
  if (!disk) return context.skip('mounting a disk takes root');
  const first = world.start({ DATABASE_URL: disk.url });
  await first.ready();
  first.kill('SIGTERM');
  await first.exit;
  disk.fill();
  const full = world.start({ DATABASE_URL: disk.url });
  expect(await full.exit).toEqual({ code: 2, signal: null });
  expect(full.plain()).toMatch(/DATABASE_URL: .*the disk is full/u);
  disk.empty();
  disk.setReadOnly();
  const barred = world.start({ DATABASE_URL: disk.url });
  expect(await barred.exit).toEqual({ code: 2, signal: null });
  expect(barred.plain()).toMatch(/DATABASE_URL: .*it is read-only/u);
}, 60_000);
