import { naddrEncode, neventEncode } from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import { authorNamed } from '../../../sandbox/relay/fake-author.ts';
import { forgedCopy } from '../../../sandbox/relay/faults.ts';
import { type Log, silentLog } from '../../../src/lib/log.ts';
import { alice, isRequest, mallory, sandboxRelay } from '../relays.fixture.ts';
import {
  asked,
  crowd,
  fog,
  ida,
  idaProfile,
  lookupOver,
  mentioning,
  noteIn,
  quoting,
  saying,
} from './lookup.fixture.ts';

const profileFilter = { kinds: [0], authors: [ida.pubkey], limit: 1 };
const fogFilter = { ids: [fog.id], limit: 1 };

describe('a mentioned person', () => {
  test('is found on the hinted relay, and the connection ends', async () => {
    const hint = await sandboxRelay();
    hint.publish(idaProfile);
    const { resolve, clock } = lookupOver({});
    const knowledge = await resolve(mentioning(hint));
    expect(knowledge.name(ida.pubkey)).toBe('Ida Moor');
    expect(asked(hint)).toEqual([profileFilter]);
    await hint.connected(0);
    expect(clock.waiting).toBe(0);
  });

  test('is found on a followed relay if the hinted one is unreachable', async () => {
    const [hint, own] = [await sandboxRelay(), await sandboxRelay()];
    hint.faults.set({ connect: 'refuse' });
    own.publish(idaProfile);
    const knowledge = await lookupOver({ relays: [own] }).resolve(mentioning(hint));
    expect(knowledge.name(ida.pubkey)).toBe('Ida Moor');
  });

  test('is found there after a head start if the hinted one is silent', async () => {
    const [hint, own] = [await sandboxRelay(), await sandboxRelay()];
    hint.faults.set({ mute: true });
    own.publish(idaProfile);
    const { resolve, clock } = lookupOver({ relays: [own] });
    const resolving = resolve(mentioning(hint));
    await hint.received(isRequest);
    expect(own.frames).toEqual([]);
    clock.advance(600);
    expect((await resolving).name(ida.pubkey)).toBe('Ida Moor');
    await hint.connected(0);
  });

  test('is looked up on the indexers last', async () => {
    const [own, indexer] = [await sandboxRelay(), await sandboxRelay()];
    indexer.publish(idaProfile);
    const knowledge = await lookupOver({ relays: [own], indexers: [indexer] }).resolve(mentioning());
    expect(knowledge.name(ida.pubkey)).toBe('Ida Moor');
    expect(asked(own)).toEqual([profileFilter]);
  });

  test('isn’t looked up elsewhere once found', async () => {
    const [own, indexer] = [await sandboxRelay(), await sandboxRelay()];
    own.publish(idaProfile);
    await lookupOver({ relays: [own], indexers: [indexer] }).resolve(mentioning());
    expect(indexer.frames).toEqual([]);
  });

  test('isn’t looked up if it is the author', async () => {
    const own = await sandboxRelay();
    const knowledge = await lookupOver({ relays: [own] }).resolve(saying(`nostr:${alice.npub}`));
    expect(knowledge.name(alice.pubkey)).toBe('Alice');
    expect(own.frames).toEqual([]);
  });
});

test('an EOSE after a challenge doesn’t mean that there is no event', async () => {
  const own = await sandboxRelay({ admission: {}, refusing: 'empty' });
  const { resolve, clock } = lookupOver({ relays: [own] });
  await resolve(mentioning());
  // A minute later it is asked again; after a "no", ten minutes later.
  clock.advance(61_000);
  await resolve(saying(`And nostr:${ida.npub}.`));
  expect(asked(own)).toEqual([profileFilter, profileFilter]);
});

test('without references, no relay is queried', async () => {
  const own = await sandboxRelay();
  const knowledge = await lookupOver({ relays: [own] }).resolve(saying('Fog.'));
  expect(knowledge.name(ida.pubkey)).toBeUndefined();
  expect(own.frames).toEqual([]);
});

describe('a quoted note', () => {
  test('is found, with the name of its author', async () => {
    const own = await sandboxRelay();
    own.publish(idaProfile, fog);
    const knowledge = await lookupOver({ relays: [own] }).resolve(quoting());
    expect(knowledge.note(fog.id)).toMatchObject({ id: fog.id, pubkey: ida.pubkey, event: fog });
    expect(knowledge.name(ida.pubkey)).toBe('Ida Moor');
    expect(asked(own)).toEqual([fogFilter, profileFilter]);
  });

  test('comes from the archive if it is there', async () => {
    const own = await sandboxRelay();
    const earlier = saying('Earlier.');
    const { resolve } = lookupOver({ relays: [own], archive: [earlier] });
    const knowledge = await resolve(saying(`nostr:${neventEncode({ id: earlier.id })}`));
    expect(knowledge.note(earlier.id)?.id).toBe(earlier.id);
    expect(own.frames).toEqual([]);
  });

  test('by the author that isn’t archived was deleted, and isn’t shown', async () => {
    const own = await sandboxRelay();
    const gone = alice.note('Taken back.');
    own.publish(gone);
    const { resolve } = lookupOver({ relays: [own] });
    for (const author of [alice.pubkey, undefined]) {
      const code = neventEncode({ id: gone.id, ...(author && { author }) });
      expect((await resolve(saying(`nostr:${code}`))).note(gone.id)).toBeUndefined();
    }
  });

  test('is found by its address, in the relay’s version only', async () => {
    const own = await sandboxRelay();
    const article = (d: string, words: string) => ida.note(words, { kind: 30_023, tags: [['d', d]] });
    own.publish(article('storms', 'Other'), article('tides', 'First'), article('tides', 'Second'));
    const at = (identifier: string) =>
      `nostr:${naddrEncode({ kind: 30_023, pubkey: ida.pubkey, identifier })}`;
    const knowledge = await lookupOver({ relays: [own] }).resolve(saying(`${at('tides')} ${at('ebb')}`));
    expect(knowledge.note(`30023:${ida.pubkey}:tides`)?.event.content).toBe('Second');
    expect(knowledge.note(`30023:${ida.pubkey}:ebb`)).toBeUndefined();
  });

  test.each([
    ['protected (NIP-70)', [['-']]],
    ['expired (NIP-40)', [['expiration', '1790000000']]],
  ])('that is %s stays unknown', async (_, tags) => {
    const own = await sandboxRelay({ now: () => 0 });
    const event = ida.note('Not for all.', { tags });
    own.publish(event);
    const knowledge = await lookupOver({ relays: [own] }).resolve(
      saying(`nostr:${neventEncode({ id: event.id })}`),
    );
    expect(knowledge.note(event.id)).toBeUndefined();
  });

  test('of an unsupported kind yields only its author', async () => {
    const own = await sandboxRelay();
    const event = ida.note('7', { kind: 7 });
    own.publish(event, idaProfile);
    const knowledge = await lookupOver({ relays: [own] }).resolve(
      saying(`nostr:${neventEncode({ id: event.id })}`),
    );
    expect(knowledge.note(event.id)).toMatchObject({ pubkey: ida.pubkey, body: [], media: [] });
    expect(knowledge.name(ida.pubkey)).toBe('Ida Moor');
  });
});

describe('a relay that lies', () => {
  test('with a forged copy is skipped, and the next one queried', async () => {
    const [hint, own] = [await sandboxRelay(), await sandboxRelay()];
    hint.publish(forgedCopy(fog));
    own.publish(fog);
    const knowledge = await lookupOver({ relays: [own] }).resolve(quoting(hint));
    expect(knowledge.note(fog.id)?.event.content).toBe('Fog until ten.');
  });

  test('can’t hide the real event behind a forged copy', async () => {
    const own = await sandboxRelay();
    own.faults.set({ ahead: (event) => [forgedCopy(event)] });
    own.publish(fog);
    const knowledge = await lookupOver({ relays: [own] }).resolve(quoting());
    expect(knowledge.note(fog.id)?.event.content).toBe('Fog until ten.');
  });

  test.each([
    ['another note', () => ida.note('Another.')],
    ['somebody else’s profile', () => mallory.note('{"name":"Ida"}', { kind: 0 })],
    ['no event', () => ({ id: fog.id })],
    ['nothing', () => null],
  ])('with %s is not believed', async (_, other) => {
    const own = await sandboxRelay();
    own.faults.set({ raw: (id) => [JSON.stringify(['EVENT', id, other()])] });
    const { resolve } = lookupOver({ relays: [own] });
    const knowledge = await resolve(saying(`nostr:${ida.npub} nostr:${neventEncode({ id: fog.id })}`));
    expect(knowledge.note(fog.id)).toBeUndefined();
    expect(knowledge.name(ida.pubkey)).toBeUndefined();
  });

  test('endlessly is disconnected', async () => {
    const own = await sandboxRelay();
    const other = ida.note('Another.');
    own.faults.set({
      eose: 'never',
      raw: (id) => Array.from({ length: 30 }, () => JSON.stringify(['EVENT', id, other])),
    });
    // Time stands still: it is the flood that ends it.
    expect((await lookupOver({ relays: [own] }).resolve(quoting())).note(fog.id)).toBeUndefined();
  });
});

test.each([
  ['without TLS', (port: string) => `ws://relay.example:${port}`],
  ['into this machine', (port: string) => `wss://127.0.0.1:${port}`],
  ['into this machine by name', (port: string) => `wss://localhost:${port}`],
  ['into a private network', (port: string) => `wss://192.168.0.1:${port}`],
  ['to no relay', (port: string) => `https://relay.example:${port}`],
])('a hint that leads %s is not followed', async (_, hintAt) => {
  const own = await sandboxRelay();
  const tried: (readonly unknown[])[] = [];
  const log: Log = {
    ...silentLog,
    debug: (event, fields) => tried.push([event, fields?.['relay']]),
    with: () => log,
  };
  const { resolve } = lookupOver({ relays: [own], trusted: [own], allowPrivate: false, log });
  await resolve(mentioning(hintAt(new URL(own.url).port)));
  expect(asked(own)).toEqual([profileFilter]);
  expect(tried.filter(([event]) => event === 'relay.unreachable')).toEqual([]);
});

test('only two of many hints are followed', async () => {
  const hints = await Promise.all(Array.from({ length: 4 }, () => sandboxRelay()));
  await lookupOver({}).resolve(mentioning(...hints));
  expect(hints.map((hint) => asked(hint).length)).toEqual([1, 1, 0, 0]);
});

test('at most five people and three notes are looked up', async () => {
  const own = await sandboxRelay();
  const { resolve } = lookupOver({ relays: [own] });
  await resolve(crowd(9, 0));
  expect(asked(own)).toHaveLength(5);
  await resolve(crowd(0, 9));
  expect(asked(own)).toHaveLength(5 + 3);
});

describe('a repost', () => {
  const repost = (of: typeof fog, content: string, kind = 6) =>
    noteIn(
      alice.note(content, {
        kind,
        tags: [
          ['e', of.id],
          ['p', of.pubkey],
        ],
      }),
    );

  test.each([6, 16])('of kind %i with the original embedded needs no look-up', async (kind) => {
    const knowledge = await lookupOver({}).resolve(repost(fog, JSON.stringify(fog), kind));
    expect(knowledge.note(fog.id)?.event.content).toBe('Fog until ten.');
  });

  test.each([
    ['a forged copy', JSON.stringify(forgedCopy(fog))],
    ['another note', JSON.stringify(mallory.note('Buy this.'))],
    ['no JSON', 'look!'],
    ['nothing', ''],
  ])('that carries %s is looked up', async (_, content) => {
    const own = await sandboxRelay();
    own.publish(fog);
    const knowledge = await lookupOver({ relays: [own] }).resolve(repost(fog, content));
    expect(knowledge.note(fog.id)?.event.content).toBe('Fog until ten.');
  });

  test('of a protected event (NIP-70) doesn’t show it', async () => {
    const original = authorNamed('Ola').note('For few.', { tags: [['-']] });
    const knowledge = await lookupOver({}).resolve(repost(original, JSON.stringify(original)));
    expect(knowledge.note(original.id)).toBeUndefined();
  });
});
