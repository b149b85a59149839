import { describe } from 'vitest';
import { describeStore } from '../../contract/store.ts';
import { openPostgresEngine } from './engine.fixture.ts';
import { hasPostgres, useTestServer } from './server.fixture.ts';

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  const server = useTestServer();
  describeStore('postgres', () => openPostgresEngine(server));
});
