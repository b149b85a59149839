import { env, stderr } from 'node:process';
import { commands } from '../../commands/index.ts';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';

// The program on a machine whose clock is wrong by CLOCK_OFFSET_MS.

const now = (): number => Date.now() + Number(env['CLOCK_OFFSET_MS']);

await startApp(readConfig(env, false), {
  commands,
  clock: { ...systemClock, now },
  log: createLog({
    level: 'debug',
    format: 'json',
    secrets: [],
    write: (line) => stderr.write(`${line}\n`),
    now: () => new Date(now()),
  }),
});
