import { expect, test } from 'vitest';
import type { Log } from '../../../src/lib/log.ts';
import { followIntoArchive } from '../archive.fixture.ts';
import { alice, mallory, sandboxRelay } from '../relays.fixture.ts';

const nowS = Math.floor(Date.now() / 1000);
/** As much text as is taken in. */
const MOST = 262_144;
const article = (content: string, title = 'Long') =>
  alice.note(content, { kind: 30_023, createdAt: nowS - 60, tags: [['d', title]] });

/** A log that keeps its warnings. */
function warnings() {
  const kept: (readonly [event: string, fields: object | undefined])[] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn: (event, fields) => kept.push([event, fields]),
    error() {},
    with: () => log,
  };
  return { kept, log };
}

test.each([
  ['Latin', 'tide'],
  ['Chinese', '潮水上涨'],
  ['emoji', '🌊🌊'],
])('an article of 256 KiB of text is taken in: %s', async (_, words) => {
  const relay = await sandboxRelay();
  const content = words.repeat(MOST / words.length);
  relay.publish(article(content));
  const follower = await followIntoArchive({ relays: [relay], beganAt: nowS - 3_600 });
  await follower.until(async () => (await follower.archived()).length > 0);
  expect(await follower.archived()).toEqual([content]);
});

test('a relay may escape every Chinese character', async () => {
  const relay = await sandboxRelay();
  const event = article('潮'.repeat(MOST));
  const escaped = JSON.stringify(event).replaceAll('潮', '\\u6f6e');
  relay.faults.set({ raw: (id) => [`["EVENT","${id}",${escaped}]`] });
  const follower = await followIntoArchive({ relays: [relay], beganAt: nowS - 3_600 });
  await follower.until(async () => (await follower.archived()).length > 0);
  expect(await follower.archived()).toEqual([event.content]);
});

test('a longer event is logged and counted once, a forgery never', async () => {
  const long = article('潮'.repeat(MOST + 1));
  const { id: _, ...forged } = article('潮'.repeat(MOST + 2));
  const relays = [await sandboxRelay(), await sandboxRelay()];
  for (const relay of relays) relay.publish(long, alice.note('short', { createdAt: nowS - 30 }));
  relays[0]?.faults.set({
    raw: (id) => [`["EVENT","${id}",${JSON.stringify({ ...forged, id: mallory.pubkey })}]`],
  });
  const { kept, log } = warnings();
  const follower = await followIntoArchive({ relays, log, beganAt: nowS - 3_600 });
  await follower.until(() => follower.reports() >= 3);
  const counted = (name: string) =>
    follower.counters.all().flatMap((one) => (one.name === name ? [[one.labels['reason'], one.value]] : []));
  expect(kept.filter(([event]) => event === 'event.refused')).toEqual([
    ['event.refused', { id: long.id, kind: 30_023, reason: 'too large', characters: MOST + 1, tags: 1 }],
  ]);
  expect(counted('events_refused_total')).toEqual([['too large', 1]]);
  expect(counted('events_rejected_total')).toContainEqual(['wrong id', expect.any(Number)]);
  expect(await follower.archived()).toEqual(['short']);
});

test('an unreadable frame is logged and counted', async () => {
  const relay = await sandboxRelay();
  relay.faults.set({ raw: (id) => [`["EVENT","${id}","${'x'.repeat(3_000_000)}"]`] });
  const { kept, log } = warnings();
  const follower = await followIntoArchive({ relays: [relay], log, beganAt: nowS - 3_600 });
  await follower.until(() => follower.reports() >= 1);
  expect(kept[0]).toEqual(['frame.discarded', { bytes: expect.any(Number) }]);
  expect(follower.counters.all()).toContainEqual(
    expect.objectContaining({ name: 'events_rejected_total', labels: { reason: 'too large' } }),
  );
});
