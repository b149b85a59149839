import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { describeArchive } from './store-archive.ts';
import { describeBrowsing } from './store-browsing.ts';
import { describeDeliveries } from './store-deliveries.ts';
import { describeDestinations } from './store-destinations.ts';
import type { StoreContext, StoreEngine } from './store-engine.fixture.ts';
import { describeForget } from './store-forget.ts';
import { describeJournal } from './store-journal.ts';
import { describeKnownIds } from './store-known-ids.ts';
import { describeSearch } from './store-search.ts';
import { describeSeries } from './store-series.ts';
import { describeStats } from './store-stats.ts';
import { describeValues } from './store-values.ts';

/** The suite that every engine passes. `makePlace` gives an empty place to keep data in. */
export function describeStore(name: string, makePlace: () => Promise<StoreEngine>): void {
  describe(`store: ${name}`, () => {
    let place: StoreEngine;
    let opened: Store[];
    const open = async (now?: () => number): Promise<Store> => {
      const store = await place.open(now);
      opened.push(store);
      return store;
    };
    const bench: { store: Store } & Pick<StoreContext, 'reopen'> = {
      store: undefined as never,
      reopen: open,
    };

    beforeEach(async () => {
      place = await makePlace();
      opened = [];
      bench.store = await open();
    });
    afterEach(async () => {
      for (const store of opened) await store.close();
      await place.dispose();
    });

    describe('archive', () => {
      describeArchive(bench);
    });
    describe('what was taken in', () => {
      describeKnownIds(bench);
    });
    describe('search', () => {
      describeSearch(bench);
    });
    describe('series', () => {
      describeSeries(bench);
    });
    describe('reading', () => {
      describeBrowsing(bench);
    });
    describe('journal', () => {
      describeJournal(bench);
    });
    describe('people', () => {
      describeForget(bench);
    });
    describe('delivery', () => {
      describeDeliveries(bench);
    });
    describe('destinations', () => {
      describeDestinations(bench);
    });
    describe('figures', () => {
      describeStats(bench);
    });
    describe('values', () => {
      describeValues(bench);
    });
  });
}
