import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const UNIT = fileURLToPath(new URL('../../deploy/postrider.service', import.meta.url));
const analyze = (...args: readonly string[]) =>
  spawnSync('systemd-analyze', [...args, UNIT], { encoding: 'utf8' });
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

/** In tenths: 0 is a service that can do nothing, 96 one that isn't restricted at all. */
const MOST_EXPOSED = 20;

describe.skipIf(!hasSystemd)('the unit, by systemd-analyze', () => {
  test('has no line that systemd does not know', () => {
    expect(analyze('verify')).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  test('leaves the service little to do harm with', () => {
    const { status, stdout } = analyze('security', '--offline=true', `--threshold=${MOST_EXPOSED}`);
    expect(stdout).toMatch(/Overall exposure level for postrider\.service: [\d.]+ OK/u);
    expect(status).toBe(0);
  });
});

test('what systemd cannot judge: a wrong configuration is not tried again, and Node may compile', () => {
  const unit = readFileSync(UNIT, 'utf8');
  expect(unit).toMatch(/^Restart=on-failure$/mu);
  expect(unit).toMatch(/^RestartPreventExitStatus=2$/mu);
  expect(unit).not.toMatch(/^MemoryDenyWriteExecute=/mu);
});
