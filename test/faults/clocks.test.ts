import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { hasPostgres, useTestServer } from '../store/postgres/server.fixture.ts';
import { createAuthor } from './author.fixture.ts';
import { type Fleet, type Member, startFleet } from './fleet.fixture.ts';
import { expectWhole } from './outcome.fixture.ts';

const MINUTE = 60_000;
const SHIFTED = [
  process.execPath,
  '--require',
  './src/runtime.cjs',
  fileURLToPath(new URL('shifted-main.fixture.ts', import.meta.url)),
];

/** A process whose clock is wrong by so much. */
const launch = (fleet: Fleet, offsetMs: number): Promise<Member> =>
  fleet.launch({ command: SHIFTED, env: { CLOCK_OFFSET_MS: String(offsetMs) } });

// oxlint-disable vitest/expect-expect -- `expectWhole` asserts
describe.skipIf(!hasPostgres)('clocks that are minutes apart', { timeout: 120_000 }, () => {
  const server = useTestServer();

  test.each([
    { first: 0, second: 7 * MINUTE },
    { first: 0, second: -7 * MINUTE },
    { first: -8 * MINUTE, second: 8 * MINUTE },
  ])('the owner is off by $first ms and the next one by $second ms: nothing is lost', async (offsets) => {
    const fleet = await startFleet(server);
    const doings = createAuthor(fleet);
    const first = await launch(fleet, offsets.first);
    await first.leads();
    const second = await launch(fleet, offsets.second);
    await second.standsBy();
    doings.write();
    doings.edit('harbours');
    await expectWhole(fleet, doings, 'before');
    first.kill('SIGKILL');
    await first.exit;
    // While nobody listens.
    doings.write();
    doings.edit('harbours');
    doings.takeBack(0);
    await second.leads();
    doings.write();
    await expectWhole(fleet, doings, 'afterwards');

    const third = await launch(fleet, offsets.first);
    await third.standsBy();
    second.kill('SIGTERM');
    doings.write();
    await expectWhole(fleet, doings, 'and back');
  });
});
