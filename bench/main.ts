import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { measureHostile } from './hostile.ts';
import { measureSpeed } from './speed.ts';
import { createStages } from './stages.ts';
import { hostileTable, speedTable } from './table.ts';

/** How much is measured: for figures, and for seeing that it works at all. */
const FULL = { speed: { rounds: 20, perRound: 5_000 }, hostile: { bytes: 1_000_000, rounds: 3 } };
const QUICK = { speed: { rounds: 2, perRound: 100 }, hostile: { bytes: 2_000, rounds: 1 } };

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    out: { type: 'string', default: 'bench-results.json' },
  },
});
const size = values.quick ? QUICK : FULL;
const stages = createStages();
const speed = measureSpeed(stages, size.speed);
stdout.write(`${speedTable(speed)}\n\n`);
const hostile = measureHostile(stages, size.hostile);
stdout.write(`${hostileTable(hostile)}\n`);
const machine = { node: process.version, processor: cpus()[0]?.model ?? '', processors: cpus().length };
writeFileSync(values.out, `${JSON.stringify({ machine, speed, hostile }, null, 2)}\n`);
