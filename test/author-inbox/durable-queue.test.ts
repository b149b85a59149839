import { expect, onTestFinished, test } from 'vitest';
import { createEvents } from '../../sandbox/discord/events.ts';
import { createDurableQueue, type DurableQueueParts } from '../../src/author-inbox/durable-queue.ts';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import { openMemoryStore } from '../store/memory-store.fixture.ts';

function bench() {
  const store = openMemoryStore({ log: silentLog, noteFrom: eventToNote });
  const events = createEvents<{ tried: undefined }>();
  const tried: string[] = [];
  const runs: { readonly over: AbortController; readonly run: Promise<void> }[] = [];

  async function end(): Promise<void> {
    for (const { over, run } of runs.splice(0)) {
      over.abort();
      await run;
    }
  }
  onTestFinished(async () => {
    await end();
    await store.close();
  });
  /** The queue after a start, which does what `attempt` says. */
  async function open(attempt: DurableQueueParts<string>['attempt'] = async () => 'done') {
    await end();
    const queue = createDurableQueue<string>({
      storage: store.values.keyv('queue'),
      async attempt(name, item, keep, dropped) {
        tried.push(`${name} ${item}`);
        try {
          return await attempt(name, item, keep, dropped);
        } finally {
          events.emit('tried', undefined);
        }
      },
      clock: {
        now: Date.now,
        steady: Date.now,
        wait: () => new Promise((resolve) => setImmediate(resolve)),
      },
      random: () => 0,
      log: silentLog,
    });
    const over = new AbortController();
    runs.push({ over, run: queue.run(over.signal) });
    return queue;
  }
  return { open, end, tried, until: events.until };
}

test('an item is done once, also over restarts', async () => {
  const { open, tried, until } = bench();
  let queue = await open();
  expect(await queue.add('a', '1')).toBe(true);
  expect(await queue.add('a', '2')).toBe(false);
  await until(() => tried.length === 1);
  expect(await queue.add('a', '3')).toBe(false);
  queue = await open();
  expect(await queue.add('a', '4')).toBe(false);
  await queue.add('b', '5');
  await until(() => tried.length === 2);
  expect(tried).toEqual(['a 1', 'b 5']);
});

test('a restart resumes an item where it was', async () => {
  const { open, tried, until, end } = bench();
  const queue = await open(async (_name, item, keep) => {
    await keep(`${item}+`);
    throw new Error('The line broke');
  });
  await queue.add('a', '1');
  await until(() => tried.length > 0);
  await end();
  const before = tried.at(-1);
  tried.length = 0;
  await open();
  await until(() => tried.length === 1);
  expect(tried).toEqual([`${before}+`]);
});
