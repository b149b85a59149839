import { describe, expect, test } from 'vitest';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../src/preferences/preferences.ts';
import type { EntryState } from '../../../src/store/rules/entry-filter.ts';
import { type InFlight, newInFlight } from '../../../src/store/rules/in-flight.ts';
import {
  type Recipient,
  stepAfterDeferral,
  stepInTurn,
  stepWhileDeferred,
  type TaskFacts,
  type TaskStep,
} from '../../../src/store/rules/next-task.ts';
import { note } from '../../contract/store-notes.fixture.ts';

const NOTES = [1, 2, 3].map((n) => note({ name: `n${n}`, at: n }));
/** Posts of the notes; the last is breaking news. */
const ENTRIES = NOTES.map(
  ({ key, id }, index): EntryState => ({
    seq: index + 1,
    action: 'post',
    key,
    postType: 'note',
    currentId: id,
    isUndone: false,
  }),
);
const FACTS: TaskFacts = {
  head: () => ENTRIES.length,
  entryAt: (seq) => ENTRIES[seq - 1],
  priorityAfter: (seq) => ENTRIES.slice(2).filter((entry) => entry.seq > seq),
  receipts: () => [],
  notesOnDigest: () => [],
  keyOf: (id) => id,
  noteByKey: (key) => NOTES.find((one) => one.key === key),
  waitingPosts: ({ destination: { position } }, end) =>
    NOTES.slice(position, end)
      .toReversed()
      .map(({ key, id, createdAt }) => ({ key, noteId: id, createdAt })),
  changedNotes: () => [],
};
const DAILY: Partial<Preferences> = { schedule: { kind: 'daily', at: 480 } };
const BREAKING: Partial<Preferences> = { ...DAILY, breaking: true };

const recipient = (choices: Partial<Preferences> = {}, inFlight?: InFlight, position = 0): Recipient => ({
  ref: 1,
  destination: {
    id: 'discord:1',
    source: 'command',
    state: 'active',
    position,
    preferences: { ...DEFAULT_PREFERENCES, postTypes: ['note'], ...choices },
  },
  inFlight,
  prioritySeq: 0,
});
/** The step in brief: a task by its action, its entry, and how many notes its digest stands for. */
const brief = (step: TaskStep) =>
  'task' in step
    ? [step.do, step.task.entry.action, step.task.entry.seq, step.task.catchUp?.notes.length ?? 0].join(' ')
    : step.do === 'considered'
      ? `considered ${step.seq}`
      : step.do;

const first = ENTRIES[0] as EntryState;
const FEW = { count: 2, beforeS: 9, flood: 9 };
const MANY = { count: 3, beforeS: 9, flood: 9 };

describe('in turn', () => {
  test.each<[string, Recipient, typeof FEW | undefined, string]>([
    ['the next post', recipient(), undefined, 'deliver post 1 0'],
    ['one digest beyond the threshold', recipient(), FEW, 'deliver catch-up 3 3'],
    ['post by post up to the threshold', recipient(), MANY, 'deliver post 1 0'],
    ['a digest where it was begun to end', recipient({}, newInFlight(2)), undefined, 'deliver catch-up 2 2'],
    ['what was begun ahead of its turn', recipient({}, newInFlight(3, true)), undefined, 'deliver post 3 0'],
    ['nothing that is excluded', recipient({ postTypes: ['photo'] }), FEW, 'skip'],
    ['nothing before its time', recipient(DAILY), FEW, 'defer'],
  ])('a destination gets %s', (_, given, threshold, expected) => {
    expect(brief(stepInTurn(given, first, FACTS, { wallMs: 0, threshold }))).toBe(expected);
  });
});

describe('deferred', () => {
  test.each<[string, Recipient, string]>([
    ['breaking news if it allows it', recipient(BREAKING), 'begin post 3 0'],
    ['nothing otherwise', recipient({ ...DAILY, breaking: false }), 'considered 3'],
    ['nothing it has been offered', { ...recipient(BREAKING), prioritySeq: 3 }, 'considered 3'],
    ['what was begun', recipient({ ...DAILY, breaking: false }, newInFlight(3, true)), 'deliver post 3 0'],
  ])('a destination gets %s', (_, given, expected) => {
    expect(brief(stepWhileDeferred(given, FACTS))).toBe(expected);
  });
});

describe('after its deferral', () => {
  test.each<[string, Recipient, string]>([
    ['a digest of everything, by schedule', recipient(DAILY), 'deliver catch-up 3 3'],
    ['a digest up to where it was begun to end', recipient(DAILY, newInFlight(2)), 'deliver catch-up 2 2'],
    ['an empty digest if nothing waits', recipient(DAILY, undefined, 3), 'deliver catch-up 3 0'],
    ['post after post, when quiet hours are over', recipient(), 'release'],
    ['what was begun ahead of its turn', recipient(DAILY, newInFlight(3, true)), 'deliver post 3 0'],
  ])('a destination gets %s', (_, given, expected) => {
    expect(brief(stepAfterDeferral(given, FACTS))).toBe(expected);
  });
});

test('a task says which part is uncertain, and how often it failed', () => {
  const work = { ...newInFlight(1), part: 2, attempts: 4 };
  const step = stepInTurn(recipient({}, work), first, FACTS, { wallMs: 0 });
  expect(step).toMatchObject({ do: 'deliver', task: { uncertainPart: 2, attempts: 4 } });
});
