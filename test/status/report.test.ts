import { Registry } from 'prom-client';
import { expect, onTestFinished, test } from 'vitest';
import { textsFor } from '../../src/i18n/texts.ts';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { RelayState } from '../../src/relays/relay-stream.ts';
import { createStatusReport } from '../../src/status/report.ts';
import { news } from '../contract/store-notes.fixture.ts';
import { memoryStore } from '../delivery/delivery.fixture.ts';
import { openMemoryStore } from '../store/memory-store.fixture.ts';

const relay = (url: string, fields: Partial<RelayState> = {}): RelayState => ({
  url,
  state: 'live',
  since: 0,
  received: 0,
  ...fields,
});
const trouble = (kind: NonNullable<RelayState['error']>['kind']) => ({
  kind,
  reason: 'restricted: come to https://evil.example',
  since: 5_000,
});
const standingOf = (...relays: readonly RelayState[]) =>
  createStatusReport({
    stats: memoryStore().stats,
    checks: [],
    relays: () => relays,
    registry: new Registry(),
    startedAtMs: 0,
  });

test('a relay is reported by host, with its state and since when it has failed', async () => {
  const { relays } = await standingOf(
    relay('wss://a.example/path?key=1'),
    relay('ws://b.example:7777', { state: 'catching-up', received: 7 }),
    relay('wss://c.example', { state: 'waiting', error: trouble('refuses-us') }),
  ).status();
  expect(relays).toEqual([
    { host: 'a.example', connected: true, live: true, received: 0 },
    { host: 'b.example:7777', connected: true, live: false, received: 7 },
    { host: 'c.example', connected: false, live: false, received: 0, error: 'refuses-us', since: 5_000 },
  ]);
  expect(JSON.stringify(relays)).not.toContain('evil');
});

test.each([
  ['one of two', ['live', 'waiting'], true],
  ['one of three, which is still catching up', ['catching-up', 'waiting', 'connecting'], true],
  ['two of three', ['live', 'catching-up', 'waiting'], false],
  ['the only one', ['live'], false],
  // Reported as a separate error.
  ['none of two', ['waiting', 'waiting'], false],
] as const)('%s relays being connected is worth a warning, or not', async (_, states, warned) => {
  const { problems } = await standingOf(
    ...states.map((state, n) => relay(`wss://${n}.example`, { state })),
  ).status();
  expect('few-relays' in problems).toBe(warned);
});

test.each([
  ['answers and wants a key that there is none of', 'withholding', 'needs-key', true],
  ['answers and does not accept the key', 'withholding', 'refuses-key', true],
  ['answers and shows nothing that others show', 'withholding', 'withholds', true],
  ['answers nothing without a key', 'waiting', 'needs-key', true],
  ['wants nothing to do with us', 'waiting', 'refuses-us', false],
] as const)(
  'a relay that %s does not count as connected, and all is well or not',
  async (_, state, kind, isTold) => {
    const { relays, problems } = await standingOf(
      relay('wss://a.example'),
      relay('wss://b.example'),
      relay('wss://c.example', { state, error: trouble(kind) }),
    ).status();
    expect(relays[2]).toMatchObject({ connected: false, live: false, error: kind });
    expect(Object.keys(problems)).toEqual(isTold ? ['withholding-relays'] : []);
  },
);

test('metrics say what each relay is doing', async () => {
  const text = await standingOf(
    relay('wss://a.example'),
    relay('wss://c.example', { state: 'waiting', error: trouble('needs-key') }),
  ).metrics();
  expect(text).toContain('postrider_relay_state{relay="wss://a.example",state="live",trouble=""} 1');
  expect(text).toContain(
    'postrider_relay_state{relay="wss://c.example",state="waiting",trouble="needs-key"} 1',
  );
  expect(text).toContain('postrider_relay_connected{relay="wss://c.example"} 0');
  expect(text).not.toContain('evil');
});

test('undelivered posts are reported for a week', async () => {
  let nowMs = 100 * 86_400_000;
  const store = openMemoryStore({ log: silentLog, noteFrom: eventToNote, now: () => nowMs });
  onTestFinished(() => store.close());
  const at = createStatusReport({
    stats: store.stats,
    checks: [],
    relays: () => [],
    registry: new Registry(),
    startedAtMs: 0,
  });
  await store.destinations.subscribe({ id: 'telegram:1', source: 'command' });
  await store.journal.accept([news({ name: 'a' })]);
  await store.deliveries.skip('telegram:1', 1, true);
  expect((await at.status()).lost).toBe(1);
  expect(await at.metrics()).toContain('postrider_posts_lost{platform="telegram"} 1');
  nowMs += 6 * 86_400_000;
  expect((await at.status()).lost).toBe(1);
  nowMs += 86_400_000;
  expect((await at.status()).lost).toBe(0);
});

test('every kind of error has its own text', () => {
  const { relayProblem } = textsFor('en').status;
  const kinds = [
    'unreachable',
    'lost',
    'silent',
    'rate-limited',
    'needs-key',
    'refuses-key',
    'refuses-us',
    'refuses-filter',
    'withholds',
    'misbehaves',
  ] as const satisfies readonly Parameters<typeof trouble>[0][];
  const words = kinds.map(relayProblem);
  expect(new Set([...words, relayProblem('failing')]).size).toBe(kinds.length + 1);
});
