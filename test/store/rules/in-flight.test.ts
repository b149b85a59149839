import { describe, expect, test } from 'vitest';
import {
  type InFlight,
  newInFlight,
  postponed,
  settled,
  withIntent,
  withReceipt,
} from '../../../src/store/rules/in-flight.ts';

const at = (seq: number, more: Partial<InFlight> = {}): InFlight => ({ ...newInFlight(seq), ...more });

describe('an intent', () => {
  test.each<[string, InFlight | undefined, InFlight]>([
    ['on a new entry', undefined, at(5, { part: 1 })],
    ['after work on another entry', at(4, { part: 1, attempts: 3, dueMs: 9 }), at(5, { part: 1 })],
    ['after a part with a receipt', at(5), at(5, { part: 1 })],
    ['after another part without a receipt', at(5, { part: 0 }), at(5, { part: 1 })],
    ['repeated without a receipt', at(5, { part: 1 }), at(5, { part: 1, isUncertain: true })],
    [
      'after failed attempts that sent nothing',
      at(5, { attempts: 2, dueMs: 9 }),
      at(5, { part: 1, attempts: 2, dueMs: 9 }),
    ],
    ['ahead of its turn', at(5, { isPriority: true }), at(5, { part: 1, isPriority: true })],
  ])('%s', (_, before, after) => {
    expect(withIntent(before, 5, 1)).toEqual(after);
  });
});

describe('a receipt for one of several parts', () => {
  test.each<[string, InFlight | undefined, InFlight]>([
    ['of a part that was uncertain', at(5, { part: 1, isUncertain: true }), at(5)],
    ['after failed attempts', at(5, { part: 1, attempts: 3, dueMs: 9 }), at(5)],
    ['ahead of its turn', at(5, { part: 1, isPriority: true }), at(5, { isPriority: true })],
    ['without an intent', undefined, at(5)],
  ])('%s', (_, before, after) => {
    expect(withReceipt(before, 5)).toEqual(after);
  });
});

describe('a failed attempt', () => {
  test.each<[string, InFlight | undefined, boolean, InFlight]>([
    ['that sent nothing', at(5, { part: 1 }), false, at(5, { attempts: 1, dueMs: 70 })],
    [
      'that may have sent the part',
      at(5, { part: 1, attempts: 1 }),
      true,
      at(5, { part: 1, isUncertain: true, attempts: 2, dueMs: 70 }),
    ],
    [
      'after one that may have',
      at(5, { part: 1, isUncertain: true }),
      false,
      at(5, { part: 1, isUncertain: true, attempts: 1, dueMs: 70 }),
    ],
    ['without an intent', undefined, false, at(5, { attempts: 1, dueMs: 70 })],
  ])('%s', (_, before, mayHaveSent, after) => {
    expect(postponed(before, 5, 70, mayHaveSent)).toEqual(after);
  });
});

describe('a settled entry', () => {
  const before = { position: 3, prioritySeq: 4 };
  test.each<[string, InFlight | undefined, { position: number; prioritySeq: number }]>([
    ['moves the position', at(5, { part: 0 }), { position: 5, prioritySeq: 4 }],
    ['moves the position without having begun', undefined, { position: 5, prioritySeq: 4 }],
    ['ahead of its turn leaves the position', at(5, { isPriority: true }), { position: 3, prioritySeq: 5 }],
    ['moves the position if another was ahead', at(9, { isPriority: true }), { position: 5, prioritySeq: 4 }],
  ])('%s', (_, work, after) => {
    expect(settled(before, work, 5)).toEqual(after);
  });
});
