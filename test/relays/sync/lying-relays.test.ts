import { describe, expect, test } from 'vitest';
import { forgedCopy } from '../../../sandbox/relay/faults.ts';
import { alice, follow, mallory, notesUntilNow, sandboxRelay } from '../relays.fixture.ts';

describe('a relay that lies', () => {
  test('a forged copy that comes first can’t keep out the real note', async () => {
    const relay = await sandboxRelay();
    const stranger = mallory.note('not hers');
    relay.faults.set({ ahead: (event) => [forgedCopy(event), { ...stranger, pubkey: alice.pubkey }] });
    relay.publish(...notesUntilNow(3, 'stored'));
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    relay.publish(...notesUntilNow(1, 'live'));
    await follower.first('event', relay, 4);
    expect(follower.contents()).toEqual(['stored 2', 'stored 1', 'stored 0', 'live 0']);
  });

  test('a note from the far future, or dated forgeries, hide nothing', async () => {
    const relay = await sandboxRelay({ maxLimit: 5 });
    const notes = notesUntilNow(20);
    const future = alice.note('future', { createdAt: Math.floor(Date.now() / 1000) + 86_400 });
    const ancient = { ...forgedCopy(notes[0] ?? future), created_at: 1 };
    relay.faults.set({
      raw: (id) => [future, ancient].map((event) => JSON.stringify(['EVENT', id, event])),
    });
    relay.publish(...notes);
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(new Set(follower.contents())).toEqual(new Set(notes.map((note) => note.content)));
  });

  test('meaningless frames are ignored, and NOTICEs logged on one line', async () => {
    const relay = await sandboxRelay();
    relay.publish(...notesUntilNow(2));
    const notice = `be\u0000 kind\u202e\n${'x'.repeat(5_000)}`;
    relay.faults.set({
      raw: (id) => [
        'no json',
        '[]',
        '{}',
        'null',
        '["EVENT"]',
        '["EVENT","nobody",{}]',
        '["EOSE"]',
        '["EOSE","nobody"]',
        '["CLOSED",7]',
        '["OK"]',
        '["AUTH",{}]',
        '["WHAT","is","this"]',
        JSON.stringify(['EVENT', id, null]),
        JSON.stringify(['EVENT', id, 'text']),
        JSON.stringify(['EVENT', id, { tags: {} }]),
        JSON.stringify(['NOTICE', notice]),
      ],
    });
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(follower.contents()).toEqual(['note 1', 'note 0']);
    const logged = follower.lines.find(({ event }) => event === 'notice.received')?.fields['text'];
    expect(logged).toBe(`be kind ${'x'.repeat(191)}…`);
  });

  test('an event of ten megabytes is skipped unread', async () => {
    const relay = await sandboxRelay();
    const giant = JSON.stringify({ ...alice.note('giant'), content: 'x'.repeat(10_000_000) });
    relay.faults.set({ raw: (id) => [`["EVENT","${id}",${giant}]`] });
    relay.publish(...notesUntilNow(3));
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(follower.contents()).toEqual(['note 2', 'note 1', 'note 0']);
    expect(relay.connections()).toBe(1);
  });

  test.each([
    [
      'a frame too large to be skipped',
      (id: string) => [JSON.stringify(['EVENT', id, { content: 'x'.repeat(17_000_000) }])],
      /MESSAGE_LENGTH/,
    ],
    [
      'a flood of giant frames',
      () => Array.from({ length: 40 }, () => `["${'x'.repeat(2_200_000)}"]`),
      /giant/,
    ],
    ['a flood of challenges', () => Array.from({ length: 1_001 }, () => '["AUTH","who?"]'), /invalid frames/],
    ['a flood of NOTICEs', () => Array.from({ length: 1_001 }, () => '["NOTICE","hey"]'), /invalid frames/],
    ['a flood of nonsense', () => Array.from({ length: 1_000 }, () => '[]'), /invalid frames/],
    [
      'a flood of forgeries',
      (id: string) => Array.from({ length: 501 }, () => JSON.stringify(['EVENT', id, {}])),
      /forged/,
    ],
  ])('%s ends the connection, not the others', async (_, raw, reason) => {
    const [bad, good] = [await sandboxRelay(), await sandboxRelay()];
    bad.faults.set({ raw });
    const follower = follow({ relays: [bad, good] });
    expect((await follower.first('interrupted', bad)).reason).toMatch(reason);
    good.publish(...notesUntilNow(1, 'fine'));
    await follower.first('event', good);
    bad.faults.clear();
    await follower.first('caught-up', bad);
  });

  test('a relay that ignores the limit sends everything at once', async () => {
    const relay = await sandboxRelay({ maxLimit: 5 });
    relay.publish(...notesUntilNow(40));
    relay.faults.set({ ignoreLimit: true });
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(follower.contents().length).toBe(40);
  });
});
