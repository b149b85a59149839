import fc from 'fast-check';
import type { PostType } from '../../../src/note/post-types.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../src/preferences/preferences.ts';
import type { DeliveryTask } from '../../../src/store/delivery-task.ts';
import type { Store } from '../../../src/store/store.ts';
import { deleteNotes, NOBODY, note, T0 } from '../../contract/store-notes.fixture.ts';

/** What engines store differently, or might. */
const hostile = fc.string({
  unit: fc.constantFrom(
    'a',
    'B',
    'é',
    '中',
    ' ',
    '"',
    "'",
    '\\',
    '\0',
    '\uFFFD',
    '\uFFFE',
    '\ud800',
    '\udc00',
    '𝄞',
  ),
  maxLength: 6,
});
const small = fc.nat({ max: 5 });
const who = fc
  .tuple(fc.constantFrom('discord', 'telegram'), fc.nat({ max: 3 }))
  .map(([on, n]) => `${on}:${n}`);
const TYPES: readonly PostType[] = ['note', 'photo', 'reply', 'repost'];

const PREFERENCES: readonly Partial<Preferences>[] = [
  {},
  { schedule: { kind: 'daily', at: 480 }, breaking: true },
  { schedule: { kind: 'weekly', at: 0, on: 1 } },
  { quietHours: { from: 0, to: 1_439, mode: 'hold' }, postTypes: ['note'] },
  { postTypes: [] },
];

/** What an author, readers and platforms may do. */
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('note' as const),
      n: fc.nat({ max: 20 }),
      type: fc.constantFrom(...TYPES),
      title: fc.option(fc.constantFrom('Ore diary 1', 'Ore diary 2', 'Mine 3')),
      words: hostile,
      hashtags: fc.array(hostile, { maxLength: 2 }),
      address: fc.option(hostile),
      at: fc.nat({ max: 4_000_000 }),
      isNews: fc.boolean(),
      isBreaking: fc.boolean(),
      relay: small,
      expires: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('delete' as const), n: fc.nat({ max: 20 }), address: hostile }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('subscribe' as const), who, how: fc.nat({ max: 4 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('unsubscribe' as const, 'suspend' as const, 'gone' as const, 'resume' as const),
      who,
      why: hostile,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), who, to: who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('work' as const),
      on: fc.constantFrom('discord', 'telegram'),
      how: fc.constantFrom('deliver', 'part', 'intent', 'postpone', 'doubt', 'skip', 'refuse'),
      receipt: hostile,
      day: fc.nat({ max: 9 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('value' as const),
      namespace: fc.constantFrom('setting', 'press', 'name'),
      name: hostile,
      value: hostile,
      ttl: fc.option(fc.constantFrom(1, 1_000_000_000)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('count' as const), hour: small, what: hostile }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

export const history = fc.array(step, { minLength: 20, maxLength: 120, size: 'max' });

/** The clock of the history, in milliseconds since 1970. */
export const NOW_MS = (T0 + 5_000_000) * 1_000;
const LIMIT = { count: 2, beforeS: NOW_MS, flood: 6 };
const DAY_MS = 86_400_000;

export async function play(steps: readonly Step[], store: Store): Promise<void> {
  for (const one of steps) await take(one, store);
}

async function take(one: Step, store: Store): Promise<void> {
  const { destinations } = store;
  switch (one.do) {
    case 'note':
      return accept(one, store);
    case 'delete':
      return void (await deleteNotes(store, [`n${one.n}`], [one.address], T0 + 3_000_000));
    case 'subscribe': {
      const preferences = { ...DEFAULT_PREFERENCES, ...PREFERENCES[one.how] };
      return void (await destinations.subscribe({ id: one.who, source: 'command', preferences }));
    }
    case 'unsubscribe':
      return void (await destinations.unsubscribe(one.who));
    case 'suspend':
    case 'gone':
      return destinations.suspend(one.who, one.why, one.do === 'gone');
    case 'resume':
      return void (await destinations.resume(one.who));
    case 'move':
      return destinations.move(one.who, one.to);
    case 'value':
      return void (await store.values
        .keyv<string>(one.namespace)
        .set(one.name, one.value, one.ttl ?? undefined));
    case 'count':
      return store.activity.add([
        { hour: one.hour, what: one.what, subject: 'discord', bucket: 0, count: 2 },
      ]);
    case 'work': {
      const wallMs = NOW_MS + one.day * DAY_MS;
      const tasks = await store.deliveries.nextTasks(one.on, NOW_MS, 1, NOBODY, LIMIT, wallMs);
      for (const task of tasks) await work(task, one.how, one.receipt, store);
    }
  }
}

async function accept(one: Step & { readonly do: 'note' }, store: Store): Promise<void> {
  const arrival = note({
    name: one.address === null ? `n${one.n}` : `n${one.n}@${one.at} ${one.address}`,
    words: `ore n${one.n} ${one.words}`,
    at: T0 + one.at,
    postType: one.type,
    hashtags: one.hashtags,
    ...(one.title !== null && { title: one.title }),
    ...(one.address !== null && { d: one.address }),
    ...(one.expires && { expiresAt: T0 + one.at + 8_000_000 }),
  });
  await store.journal.accept([
    { note: arrival, news: one.isNews, breaking: one.isBreaking, relay: `wss://relay${one.relay}.example` },
  ]);
}

/** Does something about a task; `deliver` settles it. */
export async function work(task: DeliveryTask, how: string, receipt: string, store: Store): Promise<void> {
  const { deliveries } = store;
  const { destination, entry, note: current, catchUp } = task;
  const at = [destination.id, entry.seq] as const;
  const until = NOW_MS + 60_000;
  if (how === 'skip' || how === 'refuse') return deliveries.skip(...at, how === 'refuse');
  if (entry.action === 'delete') return deliveries.recordRemoval(...at, entry.key, 0, true);
  if (catchUp) return deliveries.recordDigest(...at, catchUp.notes, receipt);
  await deliveries.recordIntent(...at, 0);
  if (how === 'intent') return;
  if (how === 'postpone' || how === 'doubt') return deliveries.postpone(...at, until, how === 'doubt');
  const shown = { noteId: current?.id ?? '', part: 0, receipt };
  return deliveries.recordReceipt(...at, entry.key, shown, how === 'deliver');
}
