import { expect, test } from 'vitest';
import { openBrowser } from '../../../sandbox/demo/open-browser.ts';
import { readOptions } from '../../../sandbox/demo/options.ts';

test.each([
  ['', { wants: 'demo', port: 0, open: true }],
  ['--no-open', { wants: 'demo', port: 0, open: false }],
  ['--port 8080', { wants: 'demo', port: 8080, open: true }],
  ['--port=8080 --no-open', { wants: 'demo', port: 8080, open: false }],
  ['--port 0', { wants: 'demo', port: 0, open: true }],
  ['--help', { wants: 'help' }],
  ['--port 9 -h', { wants: 'help' }],
])('"%s" is understood', (line, expected) => {
  expect(readOptions(line.split(' ').filter(Boolean))).toEqual(expected);
});

test.each([
  ['--port', 'not ""'],
  ['--port x', 'not "x"'],
  ['--port 65536', 'not "65536"'],
  ['--port=-1', 'not "-1"'],
  ['--prot 80', '"--prot"'],
  ['--no-open=yes', '"--no-open=yes"'],
  ['now', '"now"'],
])('"%s" is refused, with what is wrong and where help is', (line, wrong) => {
  const options = readOptions(line.split(' '));
  expect(options).toMatchObject({ wants: 'nothing', problem: expect.stringContaining(wrong) });
  expect(options).toMatchObject({ problem: expect.stringContaining('--help') });
});

test('without a screen no browser is opened', async () => {
  expect(await openBrowser('http://127.0.0.1:1/', 'linux', {})).toBe(false);
  expect(await openBrowser('http://127.0.0.1:1/', 'aix', { DISPLAY: ':0' })).toBe(false);
});
