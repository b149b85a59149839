import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Plan, planTask, type RenderedTask, type Step } from '../../src/delivery/planner.ts';
import type { Body } from '../../src/platform/platform.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import {
  type CatchUp,
  type DeliveryTask,
  DIGEST_PART,
  type NoteChange,
  type Receipt,
} from '../../src/store/delivery-task.ts';
import { noteSaying } from './delivery.fixture.ts';

const OLD = 'f'.repeat(64);
const note = noteSaying('the newest version');
/** Recorded before a part is deleted. */
const deletionOf = (part: number): number => -2 - part;

const body = (call: string): Body => ({ cost: 1, call });
/** Messages that are there already, `m0`, `m1` …: those of the newest version begin with `=`. */
const receipts = (...versions: readonly ('old' | '=new')[]): readonly Receipt[] =>
  versions.map((version, part) => ({ noteId: version === 'old' ? OLD : note.id, part, receipt: `m${part}` }));

interface Given extends Partial<Omit<NoteChange, 'key'>> {
  /** What the note looks like, part by part. */
  readonly bodies?: readonly string[];
  readonly uncertain?: number;
  readonly preferences?: Partial<DeliveryTask['destination']['preferences']>;
}

const taskWith = (
  { uncertain, preferences }: Pick<Given, 'uncertain' | 'preferences'>,
  action: DeliveryTask['entry']['action'],
): Omit<DeliveryTask, 'receipts'> => ({
  destination: {
    id: 'discord:1',
    source: 'command',
    state: 'active',
    position: 6,
    preferences: { ...DEFAULT_PREFERENCES, ...preferences },
  },
  entry: { seq: 7, action, key: note.key },
  attempts: 0,
  ...(uncertain !== undefined && { uncertainPart: uncertain }),
});

function planNote({ bodies = [], uncertain, preferences, ...given }: Given): Plan {
  const change: NoteChange = { key: note.key, receipts: [], ...given };
  const task = {
    ...taskWith(
      { ...(uncertain !== undefined && { uncertain }), ...(preferences && { preferences }) },
      'post',
    ),
    ...change,
  };
  return planTask(task, { changes: [{ change, bodies: bodies.map(body) }] });
}

/** A step in one line: `send 0 a`, `edit 0 m0 b`, `remove 1 m1`, with what is special about it. */
function lineOf(step: Step): string {
  const words = [
    step.type,
    'target' in step && step.target === 'digest' && 'of digest',
    step.type === 'digest' ? '' : step.part,
    'receipt' in step && step.receipt,
    'body' in step && step.body.call,
    step.type === 'send' && step.first !== undefined && `after ${step.first}`,
    step.type === 'send' && step.options.replyTo !== undefined && `to ${step.options.replyTo}`,
    step.uncertain && 'again',
    step.optional && 'if possible',
  ];
  return words.filter((word) => word !== false && word !== undefined && word !== '').join(' ');
}
const linesOf = (plan: Plan): readonly string[] => [
  ...plan.steps.map(lineOf),
  ...(plan.orphanedPart === undefined ? [] : [`orphan ${plan.orphanedPart}`]),
];

describe('one note', () => {
  test.each<[string, Given, readonly string[]]>([
    ['a new one is sent', { note, bodies: ['a'] }, ['send 0 a']],
    ['parts in order', { note, bodies: ['a', 'b', 'c'] }, ['send 0 a', 'send 1 b', 'send 2 c']],
    ['nothing if all is there', { note, bodies: ['a', 'b'], receipts: receipts('=new', '=new') }, []],
    [
      'the rest after a crash, by the first part',
      { note, bodies: ['a', 'b'], receipts: receipts('=new') },
      ['send 1 b after m0'],
    ],
    ['an edit', { note, bodies: ['a'], receipts: receipts('old') }, ['edit 0 m0 a']],
    [
      'an edit that grows',
      { note, bodies: ['a', 'b'], receipts: receipts('old') },
      ['edit 0 m0 a', 'send 1 b after m0'],
    ],
    [
      'an edit that shrinks, last part first',
      { note, bodies: ['a'], receipts: receipts('old', 'old', 'old') },
      ['edit 0 m0 a', 'remove 2 m2', 'remove 1 m1'],
    ],
    ['a deletion', { receipts: receipts('old', 'old') }, ['remove 1 m1', 'remove 0 m0']],
    ['a deletion of what never arrived', {}, []],
    [
      'an answer, by its first part',
      { note, bodies: ['a', 'b'], replyTo: 'r' },
      ['send 0 a to r', 'send 1 b'],
    ],
    [
      'no answer by an edit',
      { note, bodies: ['a'], replyTo: 'r', receipts: receipts('old') },
      ['edit 0 m0 a'],
    ],
  ])('%s', (_, given, expected) => {
    expect(linesOf(planNote(given))).toEqual(expected);
  });
});

describe('an uncertain part', () => {
  test.each<[string, Given, readonly string[]]>([
    ['is sent again', { note, bodies: ['a'], uncertain: 0 }, ['send 0 a again']],
    [
      'comes first',
      { note, bodies: ['a', 'b'], receipts: receipts('old', 'old'), uncertain: 1 },
      ['edit 1 m1 b again', 'edit 0 m0 a'],
    ],
    ['is orphaned where the note was deleted', { uncertain: 0 }, ['orphan 0']],
    [
      'is orphaned where the newest version has no such part',
      { note, bodies: ['a'], receipts: receipts('old'), uncertain: 3 },
      ['edit 0 m0 a', 'orphan 3'],
    ],
    [
      'that was being deleted is deleted again, and then sent anew',
      { note, bodies: ['a', 'b'], receipts: receipts('old', 'old'), uncertain: deletionOf(1) },
      ['remove 1 m1 again', 'edit 0 m0 a', 'send 1 b after m0'],
    ],
  ])('%s', (_, given, expected) => {
    expect(linesOf(planNote(given))).toEqual(expected);
  });

  test('is marked for the platform; its version is unknown', () => {
    const [first, second] = planNote({ note, bodies: ['a', 'b'], uncertain: 0 }).steps;
    expect(first).toMatchObject({ noteId: '', options: { uncertain: true } });
    expect(second).toMatchObject({ noteId: note.id, options: { uncertain: false } });
    const [edit] = planNote({ note, bodies: ['a'], receipts: receipts('old'), uncertain: 0 }).steps;
    expect(edit).toMatchObject({ type: 'edit', noteId: note.id });
  });
});

describe('what a step says', () => {
  test('the same key for the same part of the same note', () => {
    const keys = planNote({ note, bodies: ['a', 'b'] }).steps.map(
      (step) => 'idempotencyKey' in step && step.idempotencyKey,
    );
    expect(keys).toEqual([`discord:1|7|${note.key}|0`, `discord:1|7|${note.key}|1`]);
  });

  test('topic and labels always, the mention once', () => {
    const { steps } = planNote({
      note,
      bodies: ['a', 'b'],
      preferences: { topics: { note: '5' }, mentionRoles: { note: '99' } },
    });
    expect(steps.map((step) => step.type === 'send' && step.options)).toEqual([
      { labels: ['note'], topic: '5', mentionRole: '99', uncertain: false },
      { labels: ['note'], topic: '5', uncertain: false },
    ]);
  });
});

describe('an outdated digest', () => {
  const outdatedDigest = { receipt: 'd1', digest: { notes: [], more: 0 } } as unknown as NonNullable<
    NoteChange['outdatedDigest']
  >;
  test.each<[string, Given, readonly string[]]>([
    ['is edited', { outdatedDigest, note, bodies: ['rest'] }, ['edit of digest 0 d1 rest']],
    ['is deleted with its last note', { outdatedDigest, bodies: [] }, ['remove of digest 0 d1']],
    [
      'uncertain, it is edited again',
      { outdatedDigest, bodies: ['rest'], uncertain: 0 },
      ['edit of digest 0 d1 rest again'],
    ],
  ])('%s', (_, given, expected) => {
    expect(linesOf(planNote(given))).toEqual(expected);
  });
});

describe('a digest', () => {
  const other = noteSaying('another');
  const change = (given: Partial<NoteChange>): NoteChange => ({ key: other.key, receipts: [], ...given });
  const notes = [{ key: note.key, noteId: note.id }];

  function planDigest(changes: RenderedTask['changes'], uncertain?: number, listed = notes): Plan {
    const catchUp = {
      notes: listed,
      changes: changes.map((one) => one.change),
      digest: {},
    } as unknown as CatchUp;
    const task = {
      ...taskWith(uncertain === undefined ? {} : { uncertain }, 'catch-up'),
      receipts: [],
      catchUp,
    };
    return planTask(task, { changes, ...(listed.length > 0 && { digest: body('all') }) });
  }
  const edit = { change: change({ note: other, receipts: receipts('old') }), bodies: [body('b')] };
  const deletion = { change: change({ receipts: receipts('old') }), bodies: [] };

  test.each<[string, Plan, readonly string[]]>([
    ['is one message', planDigest([]), ['digest all']],
    [
      'comes after what it corrects, which it does without if need be',
      planDigest([deletion, edit]),
      ['remove 0 m0 if possible', 'edit 0 m0 b if possible', 'digest all'],
    ],
    ['may have no note left', planDigest([edit], undefined, []), ['edit 0 m0 b if possible']],
    ['uncertain, it is sent again', planDigest([], DIGEST_PART), ['digest all again']],
    ['leaves an orphan of a post begun before it', planDigest([], 0), ['digest all', 'orphan 0']],
    [
      'edits another note though a deletion under the same part is uncertain',
      planDigest([deletion, edit], deletionOf(0)),
      ['remove 0 m0 again if possible', 'edit 0 m0 b if possible', 'digest all'],
    ],
    [
      'resumes a correction that is uncertain',
      planDigest([deletion, edit], 0),
      ['edit 0 m0 b again if possible', 'remove 0 m0 if possible', 'digest all'],
    ],
  ])('%s', (_, plan, expected) => {
    expect(linesOf(plan)).toEqual(expected);
  });

  test('has its own key; uncertain, its versions are unknown', () => {
    expect(planDigest([]).steps).toEqual([
      expect.objectContaining({ idempotencyKey: 'discord:1|7|digest', notes }),
    ]);
    expect(planDigest([], DIGEST_PART).steps).toEqual([
      expect.objectContaining({
        idempotencyKey: 'discord:1|7|digest',
        notes: [{ key: note.key, noteId: '' }],
      }),
    ]);
  });
});

test('a plan that was carried out leaves nothing to do', () => {
  const version = fc.constantFrom('old' as const, '=new' as const, 'gone' as const);
  fc.assert(
    fc.property(fc.array(version, { maxLength: 4 }), fc.nat({ max: 4 }), (before, length) => {
      const bodies = Array.from({ length }, (_, part) => `part ${part}`);
      const newest = length > 0 ? { note } : {};
      const there = receipts(...before.map((one) => (one === 'gone' ? 'old' : one))).filter(
        ({ part }) => before[part] !== 'gone',
      );
      const messages = new Map(there.map((receipt) => [receipt.part, receipt]));
      for (const step of planNote({ ...newest, bodies, receipts: there }).steps) {
        if (step.type === 'remove') messages.delete(step.part);
        else if (step.type === 'send' || (step.type === 'edit' && step.target === 'note'))
          messages.set(step.part, { part: step.part, noteId: step.noteId, receipt: `n${step.part}` });
      }
      const after = [...messages.values()].sort((a, b) => a.part - b.part);
      expect(after.map(({ part, noteId }) => [part, noteId])).toEqual(
        bodies.map((_, part) => [part, note.id]),
      );
      expect(planNote({ ...newest, bodies, receipts: after }).steps).toEqual([]);
    }),
  );
});
