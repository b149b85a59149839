import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { createErrands } from '../../src/roles/errands.ts';
import { manualClock, memoryStore } from '../delivery/delivery.fixture.ts';
import { createSharedDatabase } from './shared-database.fixture.ts';

/** Two processes: the first has the role `relay`, the second `telegram`. */
async function stage() {
  const clock = manualClock();
  const shared = createSharedDatabase(memoryStore(), clock.now);
  const stopping = new AbortController();
  const { signal } = stopping;
  onTestFinished(() => stopping.abort());
  const process = async (pid: number, role: string) => {
    const database = shared.process(pid);
    const lease = await database.acquire(role);
    if (!lease) throw new Error(`${role} is taken`);
    return { store: lease.store, errands: createErrands({ database, clock, log: silentLog, signal }), lease };
  };
  const waiting = async () => {
    const keys: string[] = [];
    for await (const [key] of shared.process(0).store.values.keyv('errand').iterator()) keys.push(key);
    return keys;
  };
  return { clock, shared, process, waiting, signal };
}

test('another process does what it is asked, once, and nothing is left of it', async () => {
  const { process, waiting, signal } = await stage();
  const [relay, telegram] = [await process(1, 'relay'), await process(2, 'telegram')];
  const asked: unknown[] = [];
  void relay.errands.serve(
    'relay',
    relay.store,
    async (task: { readonly n: number }) => {
      asked.push(task);
      return { doubled: task.n * 2 };
    },
    signal,
  );
  const replies = await Promise.all(
    [1, 2, 3].map((n) => telegram.errands.ask('relay', { n }, telegram.store, 10_000)),
  );
  expect(replies).toEqual([2, 4, 6].map((doubled) => ({ status: 'done', result: { doubled } })));
  expect(asked).toHaveLength(3);
  expect(await waiting()).toEqual([]);
});

test('what fails is told; what nobody does in time isn’t done later', async () => {
  const { clock, process, waiting, signal } = await stage();
  const [relay, telegram] = [await process(1, 'relay'), await process(2, 'telegram')];
  const late = telegram.errands.ask('relay', {}, telegram.store, 10_000);
  await expect.poll(waiting).toHaveLength(1);
  clock.advance(10_000);
  expect(await late).toEqual({ status: 'unanswered' });
  const asked: unknown[] = [];
  const work = async (task: unknown): Promise<never> => {
    asked.push(task);
    throw new Error('The ink ran out');
  };
  void relay.errands.serve('relay', relay.store, work, signal);
  expect(await telegram.errands.ask('relay', 'write', telegram.store, 10_000)).toEqual({
    status: 'failed',
    reason: 'The ink ran out',
  });
  expect(asked).toEqual(['write']);
});

test('what a process had begun when it ended is neither done again nor called undone', async () => {
  const { shared, process, signal } = await stage();
  const [relay, telegram] = [await process(1, 'relay'), await process(2, 'telegram')];
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  void relay.errands.serve('relay', relay.store, () => (begin(), new Promise(() => undefined)), signal);
  const asking = telegram.errands.ask('relay', 'send', telegram.store, 60_000);
  await begun;
  shared.lose('relay');
  const next = await process(3, 'relay');
  const asked: unknown[] = [];
  void next.errands.serve('relay', next.store, async (task: unknown) => asked.push(task), signal);
  expect(await asking).toEqual({ status: 'unanswered' });
  expect(asked).toEqual([]);
});

test('in the same process it is a call, and a failure is the handler’s own', async () => {
  const { process, waiting, signal } = await stage();
  const relay = await process(1, 'relay');
  const failure = new Error('The ink ran out');
  void relay.errands.serve('relay', relay.store, () => Promise.reject(failure), signal);
  await expect(relay.errands.ask('relay', {}, relay.store, 1_000)).rejects.toBe(failure);
  expect(await waiting()).toEqual([]);
});

test('a list that is older than what was done since leads to nothing', async () => {
  const { process, clock, signal } = await stage();
  const relay = await process(1, 'relay');
  const own = relay.store.values.keyv('errand');
  const old = ['an-errand', { to: 'relay', task: 'write' }] as const;
  await own.set(...old);
  let lists = 0;
  const listing = {
    get: (key: string) => own.get(key),
    set: (key: string, value: unknown) => own.set(key, value),
    async *iterator() {
      lists += 1;
      yield old;
    },
  };
  const store = { values: { keyv: () => listing } } as unknown as typeof relay.store;
  const asked: unknown[] = [];
  void relay.errands.serve('relay', store, async (task: unknown) => asked.push(task), signal);
  await expect.poll(() => (clock.advance(5_000), lists)).toBeGreaterThan(4);
  expect(asked).toEqual(['write']);
});
