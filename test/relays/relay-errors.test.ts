import { expect, test } from 'vitest';
import { classifyReason } from '../../src/relays/relay-errors.ts';

test.each([
  ['rate-limited: slow down', 'slow-down'],
  ['auth-required: log in', 'authenticate'],
  ['restricted: no', 'quarantine'],
  ['blocked: no', 'quarantine'],
  ['invalid: filter', 'simplify'],
  ['unsupported: filter', 'simplify'],
  ['error: internal', 'reconnect'],
  ['pow: difficulty 30', 'reconnect'],
  ['going to sleep', 'reconnect'],
  ['', 'reconnect'],
  // As relays write them.
  ['ERROR: auth-required: log in', 'authenticate'],
  ['ERROR:auth-required:log in', 'authenticate'],
  ['error: error: Auth-Required : log in', 'authenticate'],
  ['AUTH-REQUIRED', 'authenticate'],
  ['auth_required: log in', 'authenticate'],
  ['Authentication required: log in', 'authenticate'],
  ['ERROR: rate-limited: slow down', 'slow-down'],
  ['RATE LIMITED:slow down', 'slow-down'],
  ['ERROR: restricted: no', 'quarantine'],
  ['Blocked:no', 'quarantine'],
  ['ERROR: bad req: too many kinds in filter: 19', 'simplify'],
  ['error:Invalid: filter', 'simplify'],
  ['ERROR: too many concurrent REQs', 'simplify'],
  ['error: too many kinds (max 10)', 'simplify'],
  ['limit too large', 'simplify'],
  ['too many requests at once', 'simplify'],
  ['too many requests', 'slow-down'],
  ['ERROR: Slow down there', 'slow-down'],
  ['Error: please authenticate first', 'authenticate'],
  ['error: shutting down idle subscription', 'reconnect'],
  ['error: constructor: no', 'reconnect'],
])('after CLOSED "%s" we %s', (reason, recovery) => {
  expect(classifyReason(reason).recovery).toBe(recovery);
});
