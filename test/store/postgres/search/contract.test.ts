import { afterEach, beforeEach, describe } from 'vitest';
import { describeSearch } from '../../../contract/store-search.ts';
import { hasPostgres, useTestServer } from '../server.fixture.ts';
import { type IndexedArchive, openIndexedArchive } from './indexed-archive.fixture.ts';

describe.skipIf(!hasPostgres)('search on Postgres', () => {
  const server = useTestServer();
  let archive: IndexedArchive;
  const context = { store: undefined as never, reopen: () => Promise.reject(new Error('Only search')) };
  beforeEach(async () => {
    archive = await openIndexedArchive(await server.createDatabase());
    Object.assign(context, { store: archive.store });
  });
  afterEach(() => archive.close());

  describeSearch(context);
});
