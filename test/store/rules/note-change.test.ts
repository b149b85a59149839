import { expect, test } from 'vitest';
import { DIGEST_PART, type Receipt } from '../../../src/store/delivery-task.ts';
import { type DeliveredFacts, noteChange } from '../../../src/store/rules/note-change.ts';
import { note } from '../../contract/store-notes.fixture.ts';

const [NOTE, REPLY, OTHER] = [
  note({ name: 'note' }),
  note({ name: 'reply', replyTo: 'older' }),
  note({ name: 'other' }),
];
const part = (n: number, noteId = NOTE.id): Receipt => ({ noteId, part: n, receipt: `m${n}` });

function facts(
  receipts: Readonly<Record<string, readonly Receipt[]>>,
  onDigest: readonly string[] = [],
): DeliveredFacts {
  const archived = new Map([NOTE, REPLY, OTHER].map((one) => [one.key, one]));
  return {
    receipts: (key) => receipts[key] ?? [],
    keyOf: (id) => (id === 'older' ? NOTE.key : id),
    notesOnDigest: () => onDigest,
    noteByKey: (key) => archived.get(key),
  };
}

test('a note that was not delivered', () => {
  expect(noteChange(NOTE.key, NOTE, facts({}))).toEqual({ key: NOTE.key, note: NOTE, receipts: [] });
});

test('a note that was deleted', () => {
  const found = noteChange(NOTE.key, undefined, facts({ [NOTE.key]: [part(0), part(1)] }));
  expect(found).toEqual({ key: NOTE.key, receipts: [part(0), part(1)] });
});

test('a reply names the first message of what it answers, by any version', () => {
  const delivered = { [NOTE.key]: [part(0), part(1)] };
  expect(noteChange(REPLY.key, REPLY, facts(delivered)).replyTo).toBe('m0');
});

test('a reply to what is only on a digest names nothing', () => {
  const delivered = { [NOTE.key]: [part(DIGEST_PART)] };
  expect(noteChange(REPLY.key, REPLY, facts(delivered))).not.toHaveProperty('replyTo');
});

test('a digest that shows the newest version stays', () => {
  const delivered = { [NOTE.key]: [part(DIGEST_PART)] };
  expect(noteChange(NOTE.key, NOTE, facts(delivered, [NOTE.key]))).not.toHaveProperty('outdatedDigest');
});

test('a digest with an older version shows the newest', () => {
  const delivered = { [NOTE.key]: [part(DIGEST_PART, 'older')] };
  const { receipts, outdatedDigest } = noteChange(NOTE.key, NOTE, facts(delivered, [OTHER.key, NOTE.key]));
  expect(receipts).toEqual([]);
  expect(outdatedDigest).toEqual({ receipt: 'm-1', digest: { notes: [OTHER, NOTE], more: 0 } });
});

test('a deleted note leaves its digest, even if another has its address by now', () => {
  const delivered = { [NOTE.key]: [part(DIGEST_PART)] };
  const { outdatedDigest } = noteChange(NOTE.key, undefined, facts(delivered, [OTHER.key, NOTE.key]));
  expect(outdatedDigest?.digest).toEqual({ notes: [OTHER], more: 0 });
});
