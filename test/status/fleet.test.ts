import { expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { createFleet, type RoleReport } from '../../src/status/fleet.ts';
import type { RoleHolder } from '../../src/store/database.ts';
import { manualClock } from '../delivery/delivery.fixture.ts';

const NOBODY = 'no process does this work at the moment';
const report = (fields: Partial<RoleReport> = {}): RoleReport => ({
  errors: {},
  clockOffsetsMs: {},
  ...fields,
});
const holder = (role: string, reportedMs: number, text = JSON.stringify(report())): RoleHolder => ({
  role,
  pid: 7,
  host: 'quay',
  sinceMs: 1,
  reportedMs,
  report: text,
});

function stage(isShared = true) {
  const clock = manualClock();
  let holders: readonly RoleHolder[] = [];
  const fleet = createFleet({
    database: { isShared, holders: async () => holders },
    expected: ['relay', 'discord', 'telegram'],
    clock,
    log: silentLog,
  });
  const over = new AbortController();
  const look = async (...now: readonly RoleHolder[]): Promise<void> => {
    holders = now;
    await fleet.look();
  };
  return { clock, fleet, look, signal: over.signal, leave: () => over.abort() };
}

test('errors are those of the own process, or of all others; a role that nobody has is one of those', async () => {
  const { fleet, look, signal, leave } = stage();
  fleet.join({ name: 'relay' }, () => report({ errors: { relays: 'none' } }), signal);
  await look(holder('discord', 1, JSON.stringify(report({ errors: { discord: 'no answer' } }))));
  expect(fleet.errors('here')).toEqual({ relays: 'none' });
  expect(fleet.errors('elsewhere')).toEqual({ discord: 'no answer', telegram: NOBODY });
  leave();
  expect(fleet.errors('here')).toEqual({});
  expect(fleet.missing()).toEqual(['relay', 'telegram']);
});

test('a process that stops reporting is silent, however far apart the clocks are', async () => {
  const { clock, fleet, look } = stage();
  const isSilent = () => fleet.states().map((state) => state.isSilent);
  // Minutes behind.
  let reportedMs = clock.now() - 300_000;
  for (let n = 0; n < 10; n += 1) {
    await look(holder('relay', reportedMs));
    expect(isSilent()).toEqual([false]);
    clock.advance(3_000);
    reportedMs += 3_000;
  }
  await look(holder('relay', reportedMs));
  clock.advance(11_000);
  expect(isSilent()).toEqual([false]);
  clock.advance(2_000);
  await look(holder('relay', reportedMs));
  expect(isSilent()).toEqual([true]);
  expect(fleet.missing()).toContain('relay');
});

test('what is not a report, or of another version, counts as none; several ranges of shards are one platform', async () => {
  const { fleet, look } = stage();
  await look(
    holder('relay', 1, 'nothing yet'),
    holder('telegram', 1, '{"of":"another version"}'),
    holder('setup', 1),
    holder('discord:0-1/4', 1),
    holder('discord:2-3/4', 1, JSON.stringify(report({ errors: { discord: 'shard 3 is away' } }))),
  );
  expect(fleet.states().map(({ isSilent }) => isSilent)).toEqual([true, true, false, false]);
  expect(fleet.errors('elsewhere')).toEqual({
    relays: NOBODY,
    telegram: NOBODY,
    discord: 'shard 3 is away',
  });
});

test('a process that is alone misses its roles itself until it has begun', () => {
  const { fleet, signal } = stage(false);
  expect(fleet.errors('here')).toEqual({ relays: NOBODY, discord: NOBODY, telegram: NOBODY });
  fleet.join({ name: 'relay' }, () => report(), signal);
  expect(fleet.errors('here')).toEqual({ discord: NOBODY, telegram: NOBODY });
  expect(fleet.errors('elsewhere')).toEqual({});
});
