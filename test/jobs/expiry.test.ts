import { expect, onTestFinished, test } from 'vitest';
import { createExpiryTimer } from '../../src/jobs/expiry.ts';
import { watchedStore } from '../../src/store/watched-store.ts';
import { manualClock, memoryStore, noteSaying } from '../delivery/delivery.fixture.ts';

/** A store and what takes its notes back, which looks once before this resolves. */
async function watching() {
  const clock = manualClock();
  const { store, watch } = watchedStore(memoryStore());
  const over = new AbortController();
  let announced = 0;
  watch('journal', () => (announced += 1));
  const expiry = createExpiryTimer({ journal: store.journal, clock });
  const running = expiry.run(over.signal);
  onTestFinished(async () => {
    over.abort();
    await running;
  });
  const left = async () => (await store.archive.latest({ count: 9 })).map(({ event }) => event.content);
  const put = async (content: string, inS: number) => {
    const note = { ...noteSaying(content), expiresAt: clock.now() / 1000 + inS };
    await store.journal.accept([{ note, news: true }]);
    announced = 0;
    expiry.reschedule();
  };
  /** The next look is over, and it waits again. */
  async function looked(): Promise<void> {
    await expect.poll(() => clock.waiting).toBe(1);
  }
  await looked();
  return { clock, store, left, put, looked, announced: () => announced };
}

test('a note is deleted the second it expires', async () => {
  const { clock, left, put, announced } = await watching();
  await put('late', 50);
  await put('early', 20);
  await expect.poll(() => clock.waiting).toBe(1);
  clock.advance(19_999);
  expect(await left()).toEqual(['early', 'late']);
  clock.advance(1);
  await expect.poll(left).toEqual(['late']);
  await expect.poll(() => clock.waiting).toBe(1);
  clock.advance(30_000);
  await expect.poll(left).toEqual([]);
  await expect.poll(announced).toBe(2);
});

test('with the clock set ahead it takes a minute at most', async () => {
  const { clock, left, put, looked } = await watching();
  await put('brief', 86_400);
  await looked();
  clock.set(86_400_000);
  expect(clock.advanceToNext()).toBe(true);
  await expect.poll(left).toEqual([]);
});
