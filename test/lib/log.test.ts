import { expect, test } from 'vitest';
import { createLog, type LogOptions, redact } from '../../src/lib/log.ts';

const token = '7000000001:AAthatIsNobodysToken_0123456789';

function logged(options: Partial<LogOptions>) {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const now = () => new Date('2025-03-12T06:30:00Z');
  const log = createLog({ level: 'debug', format: 'json', secrets: [], write, now, ...options });
  return { log, lines };
}

test('a line of JSON has its moment, level and event, and the fields of all logs it came from', () => {
  const { log, lines } = logged({});
  log.with({ platform: 'discord' }).info('note.added', { count: 2 });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { at: '2025-03-12T06:30:00.000Z', level: 'info', event: 'note.added', platform: 'discord', count: 2 },
  ]);
  expect(lines[0]).not.toContain('\n');
});

test('an error has its causes, and the stack of the innermost', () => {
  const cause = new TypeError('no answer');
  const { log, lines } = logged({});
  log.error('call.failed', { error: new Error('Cannot send', { cause }), reason: cause });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    event: 'call.failed',
    error: { name: 'Error', message: 'Cannot send', cause: { name: 'TypeError', stack: cause.stack } },
    reason: { name: 'TypeError', message: 'no answer' },
  });
  const pretty = logged({ format: 'pretty' });
  pretty.log.error('call.failed', { error: new Error('Cannot send', { cause }), reason: cause });
  expect(pretty.lines[0]).toMatch(
    /ERROR call\.failed error=Error: Cannot send reason=TypeError: no answer$/u,
  );
});

test('a value that JSON has no way to write is no reason to fail', () => {
  const loop: Record<string, unknown> = { count: 2n };
  loop['itself'] = loop;
  const { log, lines } = logged({});
  log.info('note.added', { loop, missing: undefined });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'note.added', loop: { count: 2 } });
});

test('a field called “event” doesn’t replace the event', () => {
  const { log, lines } = logged({});
  log.info('note.added', { event: 'x' });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'note.added' });
});

test('what is below the level is not written', () => {
  const { log, lines } = logged({ level: 'warn' });
  log.debug('a.b');
  log.info('a.b');
  log.warn('a.b');
  log.error('a.b');
  expect(lines).toHaveLength(2);
});

test.each(['json', 'pretty'] as const)('no secret is written as %s, whatever carries it', (format) => {
  const { log, lines } = logged({ format, secrets: [token, 'key/of+doors'] });
  const half = token.split(':')[1];
  const cause = new Error(`connect https://api.example/bot${token}/getMe`);
  const error = new Error(`Cannot ask with ${encodeURIComponent(token)}`, { cause });
  log.with({ address: `/file/bot${token}` }).error('call.failed', { error, half, [token]: ['key/of+doors'] });
  log.error('call.failed', { error: cause, nested: { address: encodeURIComponent('key/of+doors') } });
  expect(lines.join('\n')).toContain('[secret]');
  expect(lines.join('\n')).not.toMatch(/AAthatIs|key\/of|key%2Fof/u);
});

test('short halves are words, and nothing is taken out for an empty secret', () => {
  expect(redact('a word of 12:word', ['12:word', ''])).toBe('a word of [secret]');
});

test('on a terminal nobody else’s words begin a line, colour it, or turn it round', () => {
  const { log, lines } = logged({ format: 'pretty' });
  log.warn('notice.received', { text: 'well\n06:30:00 ERROR gate.opened \u001b[31m\u009b2J\u202e\u2028' });
  expect(lines[0]).toContain('text=well\\u000a06:30:00 ERROR gate.opened \\u001b[31m\\u009b2J\\u202e\\u2028');
});
