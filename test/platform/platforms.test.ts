import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { variables } from '../../src/config/variables.ts';
import { isPlatformName, PLATFORM_NAMES, PLATFORMS } from '../../src/platform/platforms.ts';

test.each(PLATFORM_NAMES)(
  '%s is turned on by a variable that exists, and left by a command that exists',
  (name) => {
    const { tokenVariable, ownCommands, privateStop } = PLATFORMS[name];
    expect(variables.map(([variable]) => variable)).toContain(tokenVariable);
    const names = [...commands.map((command) => command.name), ...ownCommands];
    expect(names).toContain(privateStop);
  },
);

test.each(['constructor', 'toString', 'Discord', ''])('%j is no platform', (name) => {
  expect(isPlatformName(name)).toBe(false);
});
