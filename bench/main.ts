import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { answers } from './archive/answers.ts';
import { catchUp } from './archive/catch-up.ts';
import { deferred } from './archive/deferred.ts';
import { footprint } from './archive/footprint.ts';
import { hostile } from './hostile.ts';
import type { Measurement, Table } from './measurement.ts';
import { postgres } from './postgres/postgres.ts';
import { scale } from './scale/scale.ts';
import { speed } from './speed.ts';
import { tableText } from './table.ts';
import { takeover } from './takeover/takeover.ts';
import { fanOut } from './wire/fan-out.ts';
import { hostileRelays } from './wire/hostile-relays.ts';
import { latency } from './wire/latency.ts';
import { limits } from './wire/rate-limits.ts';

/** In the order in which they run. */
const measurements: readonly Measurement[] = [
  speed,
  hostile,
  hostileRelays,
  latency,
  fanOut,
  limits,
  catchUp,
  answers,
  deferred,
  footprint,
  postgres,
  takeover,
  scale,
];

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: measurements.map(({ name }) => name) },
    out: { type: 'string', default: 'bench-results.json' },
    notes: { type: 'string' },
    chats: { type: 'string' },
    servers: { type: 'string' },
    data: { type: 'string', default: join(tmpdir(), 'postrider-bench') },
  },
});
const wanted = values.only.map((name) => {
  const measurement = measurements.find((one) => one.name === name);
  if (measurement) return measurement;
  throw new Error(`--only ${name}: there is ${measurements.map((one) => one.name).join(', ')}`);
});
mkdirSync(values.data, { recursive: true });

const size = values.quick ? 'quick' : 'full';
const results: Record<string, readonly Pick<Table, 'about' | 'rows'>[]> = {};
for (const { name, run } of wanted) {
  const tables = await run({
    size,
    data: values.data,
    ...Object.fromEntries(
      (['notes', 'chats', 'servers'] as const).flatMap((name) =>
        values[name] === undefined ? [] : [[name, Number(values[name])]],
      ),
    ),
  });
  for (const table of tables) stdout.write(`${tableText(table)}\n\n`);
  results[name] = tables.map(({ about, rows }) => ({ about, rows }));
}
const machine = { node: process.version, processor: cpus()[0]?.model ?? '', processors: cpus().length };
writeFileSync(values.out, `${JSON.stringify({ machine, size, results }, null, 2)}\n`);
