import { describe, expect, test } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import { dispatch } from '../../../src/relays/connection/dispatch.ts';
import type { PendingRequests } from '../../../src/relays/connection/frame.ts';

const subscription = { id: 'sub:1', filter: { kinds: [1] }, isLive: false };

function pendingRequests(isLive = false): PendingRequests {
  return {
    subscriptions: new Map([['sub:1', { ...subscription, isLive }]]),
    publications: new Set(['event']),
    negentropyId: 'neg:1',
    authEventId: 'auth',
    challenge: undefined,
    notices: { count: 0, text: '' },
  };
}

const send = (message: unknown, pending = pendingRequests()) =>
  dispatch(JSON.stringify(message), pending, silentLog);

describe('an answer to one of our requests', () => {
  test.each([
    [['EVENT', 'sub:1', { id: 'x' }], { type: 'event', event: { id: 'x' }, stored: true, characters: 28 }],
    [['EOSE', 'sub:1'], { type: 'eose' }],
    [['CLOSED', 'sub:1', 'error: no'], { type: 'closed', reason: 'error: no' }],
    [['CLOSED', 'sub:1'], { type: 'closed', reason: '' }],
    [['CLOSED', 'neg:1', 'blocked: no'], { type: 'negentropy-refused', reason: 'blocked: no' }],
    [['OK', 'auth', true, ''], { type: 'auth-result', accepted: true }],
    [['OK', 'auth', 'true'], { type: 'auth-result', accepted: false, reason: '' }],
    [['OK', 'event', false, 'blocked: no'], { type: 'publish-result', id: 'event', accepted: false }],
    [['AUTH', 'challenge'], { type: 'auth-challenge' }],
    [['NEG-MSG', 'neg:1', '61'], { type: 'negentropy', message: '61' }],
    [['NEG-ERR', 'neg:1', 'closed: no', 5], { type: 'negentropy-refused', reason: 'closed: no' }],
  ])('%j is passed on', (message, frame) => {
    expect(send(message)).toMatchObject(frame);
  });

  test('comes live after EOSE', () => {
    const pending = pendingRequests();
    send(['EOSE', 'sub:1'], pending);
    expect(send(['EVENT', 'sub:1', {}], pending)).toMatchObject({ type: 'event', stored: false });
  });
});

describe('anything else counts against the relay', () => {
  test.each([
    ['{', 'nonsense'],
    ['"EVENT"', 'nonsense'],
    ['null', 'nonsense'],
    ['["NOTICE","busy"]', 'nonsense'],
    ['["NOTICE",{}]', 'nonsense'],
    ['["constructor","sub:1"]', 'nonsense'],
    ['["EVENT","sub:1"]', 'nonsense'],
    ['["EVENT","sub:1","text"]', 'nonsense'],
    ['["EVENT",1,{}]', 'nonsense'],
    ['["EVENT","sub:2",{}]', 'repeat'],
    ['["EOSE","sub:2"]', 'repeat'],
    ['["CLOSED","sub:2",""]', 'repeat'],
    ['["OK","other",true,""]', 'nonsense'],
    ['["NEG-MSG","neg:1",{}]', 'nonsense'],
    ['["NEG-MSG","neg:2","61"]', 'nonsense'],
    ['["NEG-ERR","neg:2","closed"]', 'nonsense'],
    [`["AUTH","${'x'.repeat(1_025)}"]`, 'nonsense'],
  ])('%s is %s', (text, abuse) => {
    expect(dispatch(text, pendingRequests(), silentLog)).toBe(abuse);
  });

  test('a second EOSE or OK is no answer', () => {
    const pending = pendingRequests();
    expect(send(['EOSE', 'sub:1'], pending)).toMatchObject({ type: 'eose' });
    expect(send(['EOSE', 'sub:1'], pending)).toBe('repeat');
    expect(send(['OK', 'event', true, ''], pending)).toMatchObject({ type: 'publish-result' });
    expect(send(['OK', 'event', true, ''], pending)).toBe('nonsense');
  });
});
