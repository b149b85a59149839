import type { Store } from '../../../src/store/store.ts';
import { NOBODY, query, T0 } from '../../contract/store-notes.fixture.ts';
import { NOW_MS, work } from './history.fixture.ts';

const DAY_MS = 86_400_000;
const ALL = { count: 1_000 };

/** What a store answers to everything that people, relays and pages ask; the same for stores with the same data. */
export async function answersOf({ archive, destinations, stats, activity, values, journal }: Store) {
  const notes = await archive.latest(ALL);
  const series = await archive.series();
  const hashtags = inOrder(await archive.hashtags('', 100));
  return {
    notes,
    series,
    hashtags,
    inSeries: await all(series, ({ name }) => archive.notesInSeries(name, ALL)),
    beside: await all(notes, ({ id }) => archive.neighbours(id)),
    relays: await all(notes, ({ id }) => archive.relaysOf(id)),
    tagged: await all(hashtags, ({ tag }) => archive.browse({ of: { hashtag: tag } }, ALL)),
    photos: await archive.browse({ of: { postType: 'photo' } }, ALL),
    entries: await archive.entriesBetween(T0, T0 + 9_000_000, 1_000),
    months: (await archive.months()).filter(({ count }) => count > 0),
    known: inOrder((await archive.knownInRange({ sinceS: 0, untilS: T0 + 9_000_000 }, 1_000)).events),
    deleted: await all(notes, ({ id }) => archive.wasDeleted(id)),
    searches: await all(['ore', 'n1', 'a', 'é', '中', 'diary'], async (word) => {
      const { notes: found, total, more } = await archive.search(query({ words: [word] }), ALL);
      return { found: found.map(({ id }) => id).toSorted(), total, more };
    }),
    tagSearches: await all(hashtags, async ({ tag }) => archive.search(query({ hashtags: [tag] }), ALL)),
    destinations: await destinations.list(),
    totals: await stats.totals(),
    platforms: await all(['discord', 'telegram'], (name) => stats.ofPlatform(name, 0, NOW_MS + DAY_MS)),
    activity: inOrder(await activity.sum(0, 100)),
    values: await all(['setting', 'press', 'name'], (namespace) => entriesIn(values.keyv(namespace))),
    nextExpiry: await journal.nextExpiryMs(),
  };
}

async function entriesIn(keyv: { iterator(): AsyncIterable<readonly unknown[]> }) {
  const entries: (readonly unknown[])[] = [];
  for await (const entry of keyv.iterator()) entries.push(entry);
  return inOrder(entries);
}

/** The same, where no order is promised. */
const inOrder = <Item>(items: readonly Item[]): readonly Item[] =>
  items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** Delivers everything that is left, as a program would that is started on it; returns what that was. */
export async function deliverRest(store: Store): Promise<readonly string[]> {
  const done: string[] = [];
  for (const platform of ['discord', 'telegram'])
    for (;;) {
      const wallMs = NOW_MS + 30 * DAY_MS;
      const tasks = await store.deliveries.nextTasks(platform, wallMs, 100, NOBODY, undefined, wallMs);
      if (tasks.length === 0) break;
      for (const task of tasks) {
        done.push(JSON.stringify(task));
        await work(task, 'deliver', `later ${task.entry.seq}`, store);
      }
    }
  return done.toSorted();
}

const all = async <Item, Result>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const answers: Result[] = [];
  for (const item of items) answers.push(await ask(item));
  return answers;
};
