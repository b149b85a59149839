import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { parseBoundedJson } from '../../../src/lib/bounded-json.ts';
import { authorFromProfile } from '../../../src/relays/author/profile.ts';
import { alice, follow, mallory, notesUntilNow, sandboxRelay } from '../relays.fixture.ts';

const nested = (depth: number, open = '[', close = ']'): string => open.repeat(depth) + close.repeat(depth);
const listed = (count: number, unit: string): string => `[${Array(count).fill(unit).join(',')}]`;
const event = JSON.stringify(alice.note('A note'));
const withTags = (tags: string): string => event.replace('"tags":[]', `"tags":${tags}`);

/** What reaches `JSON.parse` until the test ends. */
function parsedTexts(): string[] {
  const texts: string[] = [];
  const { parse } = JSON;
  const spy = vi.spyOn(JSON, 'parse').mockImplementation((text, reviver) => {
    texts.push(text);
    return parse(text, reviver) as unknown;
  });
  onTestFinished(() => spy.mockRestore());
  return texts;
}

/** Far more than a frame is long it would take in memory. */
const hostile: readonly (readonly [what: string, frame: (id: string) => string])[] = [
  ['an event 450,000 deep', (id) => `["EVENT","${id}",${nested(450_000)}]`],
  ['tags 300,000 deep', (id) => `["EVENT","${id}",${withTags(nested(300_000))}]`],
  ['objects 100,000 deep', (id) => `["EVENT","${id}",${nested(100_000, '{"a":', '}').replace(':}', ':1}')}]`],
  ['depth behind words', (id) => `["EVENT","${id}","\\"]${'x'.repeat(1_000)}",${nested(5_000)}]`],
  ['depth with blanks between', (id) => `["EVENT","${id}",${nested(100_000, '[ \n', ' ]')}]`],
  ['depth that never ends', (id) => `["EVENT","${id}",${'['.repeat(500_000)}`],
  ['300,000 empty tags', (id) => `["EVENT","${id}",${withTags(listed(300_000, '[]'))}]`],
  ['a tag of 400,000 values', (id) => `["EVENT","${id}",${withTags(`[${listed(400_000, '1')}]`)}]`],
  [
    'an object of 100,000 fields',
    (id) => `["EVENT","${id}",{${Array.from({ length: 100_000 }, (_, n) => `"${n}":0`).join(',')}}]`,
  ],
  ['a NOTICE of lists', () => `["NOTICE",${nested(200_000)}]`],
  ['a challenge of lists', () => `["AUTH",${nested(200_000)}]`],
  ['a comparison of lists', (id) => `["NEG-MSG","${id}",${listed(300_000, '[]')}]`],
  ['three megabytes of words', (id) => `["EVENT","${id}","${'x'.repeat(3_000_000)}"]`],
];

describe('JSON that takes far more memory than its length', () => {
  test.each(hostile)('%s is not parsed, and what stands around it is read', async (_, frame) => {
    const relay = await sandboxRelay();
    const texts = parsedTexts();
    let sent = 0;
    relay.faults.set({
      raw(id) {
        sent += 1;
        return [frame(id)];
      },
    });
    relay.publish(...notesUntilNow(3));
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(sent).toBeGreaterThan(0);
    expect(follower.contents()).toEqual(['note 2', 'note 1', 'note 0']);
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(10_000);
    expect(relay.connections()).toBe(1);
  });

  test('again and again ends the connection', async () => {
    const relay = await sandboxRelay();
    relay.faults.set({ raw: () => Array(40).fill(nested(20_000)) });
    const follower = follow({ relays: [relay] });
    expect((await follower.first('interrupted')).reason).toMatch(/giant/);
    expect(follower.relays.states()).toMatchObject([{ error: { kind: 'misbehaves' } }]);
  });

  test('is not parsed in a profile either', () => {
    const profile = mallory.note(`{"name":${nested(20_000)}}`, { kind: 0 });
    const texts = parsedTexts();
    expect(authorFromProfile(mallory.pubkey, profile as never).name).toMatch(/^npub1/);
    expect(texts.length).toBe(0);
  });
});

describe('what is parsed', () => {
  test.each([
    [
      'the largest event that is taken in',
      JSON.stringify({ tags: Array.from({ length: 2_500 }, () => ['p', 'x', 'y', 'z', 'a', 'b']) }),
    ],
    [
      'brackets in words',
      JSON.stringify({ content: nested(50_000), tags: [['alt', nested(50, '\\"[', ']')]] }),
    ],
    ['words that end in a backslash', '["\\\\",["\\\\\\"[[[[[[[[[[[[[[[[[["]]'],
    ['no more than a number', '1'],
    ['sixteen levels', nested(16)],
  ])('%s', (_, text) => {
    expect(parseBoundedJson(text)).toEqual(JSON.parse(text));
  });

  test.each([nested(17), '["\\\\",[[[[[[[[[[[[[[[[[[1', '{', '["', ''])('is not %j', (text) => {
    expect(() => parseBoundedJson(text)).toThrow(SyntaxError);
  });
});
