import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { describeAccept } from './store-accept.ts';
import { describeActivity } from './store-activity.ts';
import { describeArchive } from './store-archive.ts';
import { describeBrowsing } from './store-browsing.ts';
import { describeDeliveries } from './store-deliveries.ts';
import { describeDestinations } from './store-destinations.ts';
import type { StoreContext, StoreEngine } from './store-engine.fixture.ts';
import { describeForget } from './store-forget.ts';
import { describeJournal } from './store-journal.ts';
import { describeKnownIds } from './store-known-ids.ts';
import { describeLists } from './store-lists.ts';
import { describeSearch } from './store-search.ts';
import { describeSeries } from './store-series.ts';
import { describeStats } from './store-stats.ts';
import { describeValues } from './store-values.ts';

/** The suite that every engine passes, port by port. `makeEngine` returns an engine without data. */
export function describeStore(name: string, makeEngine: () => Promise<StoreEngine>): void {
  describe(`store: ${name}`, () => {
    let engine: StoreEngine;
    let opened: Store[];
    const open = async (now?: () => number): Promise<Store> => {
      const store = await engine.open(now);
      opened.push(store);
      return store;
    };
    const context: { store: Store } & Pick<StoreContext, 'reopen'> = {
      store: undefined as never,
      reopen: open,
    };

    beforeEach(async () => {
      engine = await makeEngine();
      opened = [];
      context.store = await open();
    });
    afterEach(async () => {
      for (const store of opened) await store.close();
      await engine.dispose();
    });

    describe('archive', () => {
      describeArchive(context);
    });
    describe('archive: known ids', () => {
      describeKnownIds(context);
    });
    describe('archive: search', () => {
      describeSearch(context);
    });
    describe('archive: series', () => {
      describeSeries(context);
    });
    describe('archive: browsing', () => {
      describeBrowsing(context);
    });
    describe('archive: lists', () => {
      describeLists(context);
    });
    describe('journal: accept', () => {
      describeAccept(context);
    });
    describe('journal', () => {
      describeJournal(context);
    });
    describe('forget', () => {
      describeForget(context);
    });
    describe('deliveries', () => {
      describeDeliveries(context);
    });
    describe('destinations', () => {
      describeDestinations(context);
    });
    describe('stats', () => {
      describeStats(context);
    });
    describe('activity', () => {
      describeActivity(context);
    });
    describe('values', () => {
      describeValues(context);
    });
  });
}
