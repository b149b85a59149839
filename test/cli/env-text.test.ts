import { parseEnv } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { withVariables } from '../../src/cli/init/env-text.ts';

const set = (text: string): string => withVariables(text, { AUTHOR: 'npub1new' });

test.each([
  ['', 'AUTHOR=npub1new\n'],
  ['AUTHOR=\n', 'AUTHOR=npub1new\n'],
  ['# hello\nAUTHOR=old # why\nPORT=1\n', '# hello\nAUTHOR=npub1new\nPORT=1\n'],
  ['PORT=1', 'PORT=1\nAUTHOR=npub1new\n'],
  ['PORT=1\r\n', 'PORT=1\r\nAUTHOR=npub1new\r\n'],
  ['AUTHOR=old\r\nPORT=1\r\n', 'AUTHOR=npub1new\r\nPORT=1\r\n'],
  ['#AUTHOR=npub1…\n\nPORT=1\n', '#AUTHOR=npub1…\nAUTHOR=npub1new\n\nPORT=1\n'],
  ['  export AUTHOR = old\n', 'AUTHOR=npub1new\n'],
  ['AUTHOR=first\nAUTHOR=second\n', 'AUTHOR=first\nAUTHOR=npub1new\n'],
  ['AUTHOR="two\nlines"\nPORT=1\n', 'AUTHOR=npub1new\nPORT=1\n'],
  ['MY_AUTHOR=x\nAUTHORS=y\n', 'MY_AUTHOR=x\nAUTHORS=y\nAUTHOR=npub1new\n'],
])('%j becomes %j', (before, after) => expect(set(before)).toBe(after));

test('a new file says where it comes from', () => {
  expect(withVariables(undefined, { AUTHOR: 'a', DISCORD_TOKEN: 'b' })).toMatch(
    /^# Made by "postrider init"\..*\nAUTHOR=a\nDISCORD_TOKEN=b\n$/u,
  );
});

test('a file that Node reads in an odd way is refused', () => {
  // The line break counts as space before the value, so the next line becomes the value.
  expect(() => set('PORT= \nAUTHOR=old\n')).toThrow(/can't be changed safely.*Set AUTHOR there yourself/u);
});

test('Node reads the new value, and all others as before', () => {
  const name = fc.constantFrom('AUTHOR', 'PORT', 'HOST', 'MY_AUTHOR');
  const value = fc.constantFrom('x', '"quoted"', "'a b'", '"a\nb"', 'x # comment', '"x" # comment', 'a=b');
  const line = fc.oneof(
    fc.constantFrom('', '# AUTHOR', '#AUTHOR=x', '   ', '# it\'s a "comment'),
    fc
      .tuple(fc.constantFrom('', 'export '), name, fc.constantFrom('=', ' = '), value)
      .map((all) => all.join('')),
  );
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const before = lines.join(end);
      expect(parseEnv(set(before))).toEqual({ ...parseEnv(before), AUTHOR: 'npub1new' });
    }),
  );
});
