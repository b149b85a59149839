import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { describeArchive } from './store-archive.ts';
import type { Bench, Place } from './store-bench.ts';
import { describeDelivery } from './store-delivery.ts';
import { describeDestinations } from './store-destinations.ts';
import { describeFigures } from './store-figures.ts';
import { describeJournal } from './store-journal.ts';
import { describePeople } from './store-people.ts';
import { describeReading } from './store-reading.ts';
import { describeSearch } from './store-search.ts';
import { describeSeries } from './store-series.ts';
import { describeTaken } from './store-taken.ts';
import { describeValues } from './store-values.ts';

/** The suite that every engine passes. `makePlace` gives an empty place to keep data in. */
export function describeStore(name: string, makePlace: () => Promise<Place>): void {
  describe(`store: ${name}`, () => {
    let place: Place;
    let opened: Store[];
    const open = async (now?: () => number): Promise<Store> => {
      const store = await place.open(now);
      opened.push(store);
      return store;
    };
    const bench: { store: Store } & Pick<Bench, 'again'> = { store: undefined as never, again: open };

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
      describeTaken(bench);
    });
    describe('search', () => {
      describeSearch(bench);
    });
    describe('series', () => {
      describeSeries(bench);
    });
    describe('reading', () => {
      describeReading(bench);
    });
    describe('journal', () => {
      describeJournal(bench);
    });
    describe('people', () => {
      describePeople(bench);
    });
    describe('delivery', () => {
      describeDelivery(bench);
    });
    describe('destinations', () => {
      describeDestinations(bench);
    });
    describe('figures', () => {
      describeFigures(bench);
    });
    describe('values', () => {
      describeValues(bench);
    });
  });
}
