import { afterEach, beforeEach, describe } from 'vitest';
import { describeSearch } from '../../../contract/store-search.ts';
import { hasPostgres, useTestServer } from '../server.fixture.ts';
import { type IndexedArchive, openIndexedArchive } from './indexed-archive.fixture.ts';

describe.skipIf(!hasPostgres)('search on Postgres', () => {
  const server = useTestServer();
  let url: string;
  let archive: IndexedArchive;
  const context = { store: undefined as never, reopen: () => Promise.reject(new Error('Only search')) };
  beforeEach(async () => {
    archive = await openIndexedArchive((url = await server.createDatabase()));
    Object.assign(context, { store: archive.store });
  });
  afterEach(async () => {
    await archive.close();
    await server.dropDatabase(url);
  });

  describeSearch(context);
});
