import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import type { PostType } from '../../src/note/post-types.ts';
import type { DeliveryTask } from '../../src/store/delivery-task.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import {
  addressOf,
  deleteNotes,
  idOf,
  NOBODY,
  note,
  noteOf,
  type Sketch,
  subscribe,
  T0,
} from '../contract/store-notes.fixture.ts';
import { hasPostgres, useTestServer } from './postgres/server.fixture.ts';
import { createStoreDatabase, openStoreAt } from './postgres/store.fixture.ts';
import { createModel } from './reference-model.fixture.ts';

const small = fc.nat({ max: 3 });
const who = small.map((n) => `discord:${n}`);
/** Fixed per destination, because entries skipped under former preferences are not offered again. */
const CHOICES: readonly (readonly PostType[])[] = [['note'], ['photo'], ['note', 'photo'], []];

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('note'), n: fc.nat({ max: 12 }), news: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('article'),
      n: fc.nat({ max: 1 }),
      at: fc.nat({ max: 6 }),
      news: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take note'), n: fc.nat({ max: 12 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('take article'), n: fc.nat({ max: 1 }), at: fc.nat({ max: 6 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('subscribe'), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('unsubscribe', 'resume', 'crash', 'tick'), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('suspend'), who, gone: fc.boolean() }) },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('deliver'),
      who,
      parts: fc.integer({ min: 1, max: 3 }),
      upTo: small,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('postpone', 'skip'), who }) },
);
type Step = { readonly do: string } & Partial<{
  n: number;
  at: number;
  news: boolean;
  who: string;
  gone: boolean;
  parts: number;
  upTo: number;
}>;

/** Runs the steps on a store and on the model, and compares the due tasks after each. */
async function play(steps: readonly Step[], open: () => Promise<Store>): Promise<void> {
  const model = createModel();
  let store = await open();
  const stores = [store];
  let now = 0;

  const accept = async (sketch: Sketch, isNews: boolean) => {
    const arrival = note(sketch);
    await store.journal.accept([{ note: arrival, news: isNews }]);
    model.accept(arrival.key, { id: arrival.id, at: arrival.createdAt }, arrival.postType, isNews);
  };

  async function deliver(task: DeliveryTask, parts: number, upTo: number): Promise<void> {
    const { id } = task.destination;
    const { seq, key, action } = task.entry;
    const mine = model.destinations.get(id);
    if (!mine) throw new Error('A task for nobody');
    mine.dueAt = 0;
    if (action === 'delete') {
      await store.deliveries.recordRemoval(id, seq, key, 0, true);
      mine.delivered.delete(key);
      mine.position = seq;
      return;
    }
    const delivered = mine.delivered.get(key) ?? [];
    mine.delivered.set(key, delivered);
    mine.begun = seq;
    for (let part = 0; part < parts; part++) {
      const surplus = delivered.length > parts;
      const last = part === parts - 1;
      await store.deliveries.recordIntent(id, seq, part);
      const receipt = { noteId: task.note?.id ?? '', part, receipt: `m${seq}.${part}` };
      await store.deliveries.recordReceipt(id, seq, key, receipt, last && !surplus);
      delivered[part] = receipt.noteId;
      if (last && surplus) {
        await store.deliveries.recordRemoval(id, seq, key, parts, true);
        delivered.length = parts;
      }
      if (last) mine.position = seq;
      else if (part === upTo) return;
    }
  }

  async function take(step: Step): Promise<void> {
    const { n = 0, at = 0, who: id = '', news = false } = step;
    const mine = model.destinations.get(id);
    switch (step.do) {
      case 'note':
        return accept({ name: `n${n}`, postType: n % 2 ? 'photo' : 'note' }, news);
      case 'article':
        return accept({ d: `d${n}`, name: `d${n}@${at}`, at: T0 + at }, news);
      case 'take note':
        await deleteNotes(store, [`n${n}`]);
        return model.delete(idOf(`n${n}`), T0);
      case 'take article':
        await deleteNotes(store, [], [`d${n}`], T0 + at);
        return model.delete(addressOf(`d${n}`), T0 + at);
      case 'subscribe': {
        const chosen = CHOICES[Number(id.at(-1))] ?? [];
        const how = await subscribe(store, id, chosen);
        if (!mine) {
          const fresh = {
            state: 'active',
            position: model.head(),
            dueAt: 0,
            begun: undefined,
          } as const;
          model.destinations.set(id, { ...fresh, types: chosen, delivered: new Map() });
          return expect(how).toBe('added');
        }
        expect(how).toBe(mine.state === 'active' ? 'already' : 'resumed');
        if (mine.state === 'gone') mine.position = model.head();
        if (mine.state !== 'active') Object.assign(mine, { state: 'active', dueAt: 0 });
        return;
      }
      case 'unsubscribe':
        expect(await store.destinations.unsubscribe(id)).toBe(model.destinations.delete(id));
        return;
      case 'suspend':
        await store.destinations.suspend(id, 'x', step.gone ?? false);
        if (mine && mine.state !== 'gone') mine.state = step.gone ? 'gone' : 'suspended';
        return;
      case 'resume':
        expect(await store.destinations.resume(id)).toBe(mine !== undefined && mine.state !== 'active');
        if (mine && mine.state !== 'active') Object.assign(mine, { state: 'active', dueAt: 0 });
        return;
      case 'crash':
        store = await open();
        stores.push(store);
        return;
      case 'tick':
        now += 10;
        return;
    }
    // All others are busy, so that skipping alone is tested as well as together.
    const others = new Set([...model.destinations.keys()].filter((other) => other !== id));
    const [task] = await store.deliveries.nextTasks('discord', now, 1, others);
    if (!task || !mine) return;
    if (step.do === 'deliver') return deliver(task, step.parts ?? 1, step.upTo ?? 0);
    if (step.do === 'skip') {
      await store.deliveries.skip(id, task.entry.seq);
      Object.assign(mine, { position: task.entry.seq, dueAt: 0 });
      return;
    }
    await store.deliveries.postpone(id, task.entry.seq, now + 10, false);
    mine.dueAt = now + 10;
  }

  async function compare(): Promise<void> {
    const tasks = await store.deliveries.nextTasks('discord', now, 100, NOBODY);
    const expected = [...model.destinations].flatMap(([id, mine]) => {
      const entry = mine.state === 'active' && mine.dueAt <= now ? model.next(mine) : undefined;
      if (!entry) return [];
      const { seq, action, key } = entry;
      return {
        id,
        seq,
        action,
        shown: action === 'delete' ? undefined : model.newest(key),
        delivered: mine.delivered.get(key) ?? [],
      };
    });
    const found = tasks.map(({ destination, entry, note, receipts }) => {
      const { seq, action } = entry;
      return {
        id: destination.id,
        seq,
        action,
        shown: note?.id,
        delivered: receipts.map(({ noteId }) => noteId),
      };
    });
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect(found.sort(byId)).toEqual(expected.sort(byId));
    for (const [id, mine] of model.destinations) {
      if (mine.state !== 'active' || mine.dueAt > now) continue;
      const next = model.next(mine);
      mine.position = next ? next.seq - 1 : model.head();
      expect((await store.destinations.get(id))?.position).toBe(mine.position);
    }
  }

  try {
    for (const each of steps) {
      await take(each);
      await compare();
    }
  } finally {
    for (const each of stores) await each.close();
  }
}

/** An empty database, which may be opened several times. */
interface Database {
  open(): Promise<Store>;
  dispose(): Promise<void>;
}

async function playAll(create: () => Promise<Database>, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), async (steps) => {
      const database = await create();
      try {
        await play(steps, database.open);
      } finally {
        await database.dispose();
      }
    }),
    { numRuns },
  );
}

describe('each wanted entry is due once and in order at each destination', () => {
  // oxlint-disable-next-line vitest/expect-expect -- `play` compares
  test('on SQLite', () =>
    playAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'postrider-model-'));
      return {
        open: async () => openStore({ path: join(folder, 'test.db'), log: silentLog, noteFrom: noteOf }),
        dispose: async () => rmSync(folder, { recursive: true }),
      };
    }, 60));

  describe.skipIf(!hasPostgres)('with a server', () => {
    const server = useTestServer();
    // oxlint-disable-next-line vitest/expect-expect -- `play` compares
    test('on Postgres', { timeout: 120_000 }, () =>
      playAll(async () => {
        const url = await createStoreDatabase(server);
        return {
          open: async () => (await openStoreAt(url)).store,
          dispose: () => server.dropDatabase(url),
        };
      }, 30),
    );
  });
});
