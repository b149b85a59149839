import { describe, expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import type { NostrEvent } from '../../src/note/note.ts';
import { createVerifier } from '../../src/relays/verify.ts';
import { alice, mallory } from './relays.fixture.ts';

const NOW_S = 1_760_000_000;
const wanted = { author: alice.pubkey, kinds: [1, 5] };
const note = alice.note('hello', { createdAt: NOW_S, tags: [['t', 'hello']] });
const changed = (fields: Record<string, unknown>): unknown => ({ ...note, ...fields });
const at = (createdAt: number): NostrEvent => alice.note('when', { createdAt });

const failing = async () => {
  throw new Error('no WebAssembly here');
};

describe.each([
  ['WebAssembly', undefined],
  ['plain JavaScript', failing],
] as const)('with %s', async (_, loadWasm) => {
  const verifier = await createVerifier({
    now: () => NOW_S * 1000,
    log: silentLog,
    ...(loadWasm && { loadWasm }),
  });

  test.each([
    ['a note', note],
    ['a note 15 minutes ahead', at(NOW_S + 900)],
    ['a note from 1970', at(0)],
    ['256 KiB of text', alice.note('u'.repeat(262_144), { createdAt: NOW_S })],
    ['as much of Chinese', alice.note('潮'.repeat(262_144), { createdAt: NOW_S })],
    [
      '2,500 tags',
      alice.note('', { createdAt: NOW_S, tags: Array.from({ length: 2_500 }, () => ['t', 'x']) }),
    ],
    [
      'control characters and half a surrogate pair',
      alice.note('\u0000\b\u2028\ud83d', { createdAt: NOW_S }),
    ],
    ['a megabyte in a tag', alice.note('', { createdAt: NOW_S, tags: [['t', 'x'.repeat(1_000_000)]] })],
  ])('%s is verified', (_, event) => {
    expect(verifier.verify(event, wanted)).toEqual({ status: 'verified', event });
  });

  test.each([
    ['nothing', undefined, 'malformed'],
    ['null', null, 'malformed'],
    ['text', 'event', 'malformed'],
    ['an empty object', {}, 'malformed'],
    ['a list', [], 'malformed'],
    ['an id in capitals', changed({ id: note.id.toUpperCase() }), 'malformed'],
    ['a short signature', changed({ sig: note.sig.slice(2) }), 'malformed'],
    ['a kind in words', changed({ kind: '1' }), 'malformed'],
    ['a broken kind', changed({ kind: 1.5 }), 'malformed'],
    ['a kind beyond 65,535', changed({ kind: 65_536 }), 'malformed'],
    ['content that is no text', changed({ content: 7 }), 'malformed'],
    ['tags that are no list', changed({ tags: {} }), 'malformed'],
    ['a tag that is no list', changed({ tags: ['t'] }), 'malformed'],
    ['a tag with a number', changed({ tags: [['t', 1]] }), 'malformed'],
    ['another author', mallory.note('hello', { createdAt: NOW_S }), 'other author'],
    ['a kind nobody asked for', alice.note('', { kind: 4, createdAt: NOW_S }), 'unwanted kind'],
    ['a character more than 256 KiB', changed({ content: `${'潮'.repeat(262_144)}x` }), 'too large'],
    ['2,501 tags', changed({ tags: Array.from({ length: 2_501 }, () => ['t']) }), 'too large'],
    ['an identifier of 801 characters', changed({ tags: [['d', '潮'.repeat(801)]] }), 'too large'],
    ['half a second', at(1.5), 'bad date'],
    ['a date before 1970', at(-5), 'bad date'],
    ['a date beyond all dates', at(1e18), 'bad date'],
    ['a date in words', changed({ created_at: String(NOW_S) }), 'bad date'],
    ['15 minutes and a second ahead', at(NOW_S + 901), 'from the future'],
    ['other words', changed({ content: 'bye' }), 'wrong id'],
    ['an id of another note', changed({ id: at(NOW_S).id }), 'wrong id'],
    ['a signature of another note', changed({ sig: at(NOW_S).sig }), 'bad signature'],
    ['a signature of zeros', changed({ sig: '0'.repeat(128) }), 'bad signature'],
    ['a signature of the highest digits', changed({ sig: 'f'.repeat(128) }), 'bad signature'],
  ])('%s is rejected', (_, candidate, reason) => {
    expect(verifier.verify(candidate, wanted)).toEqual({ status: 'rejected', reason });
  });

  test('a verified event doesn’t vouch for a changed copy', () => {
    const verdict = verifier.verify(note, wanted);
    if (verdict.status !== 'verified') throw new Error('not verified');
    expect(verifier.verify({ ...verdict.event, content: 'bye' }, wanted).status).toBe('rejected');
    expect(Object.getOwnPropertySymbols(verdict.event)).toEqual([]);
  });

  test('properties that a relay adds are dropped', () => {
    const verdict = verifier.verify(changed({ seen: 7 }), wanted);
    expect(verdict).toEqual({ status: 'verified', event: note });
  });

  test('without criteria any author and kind is accepted', () => {
    expect(verifier.verify(mallory.note('', { kind: 4, createdAt: NOW_S }), {}).status).toBe('verified');
  });
});

test('if WebAssembly doesn’t start, that is logged', async () => {
  const lines: string[] = [];
  const log = { ...silentLog, warn: (event: string) => lines.push(event) };
  await createVerifier({ now: Date.now, log, loadWasm: failing });
  expect(lines).toEqual(['verifier.degraded']);
});
