import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../../src/lib/log.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { describeStore } from '../../contract/store.ts';
import { noteOf } from '../../contract/store-notes.fixture.ts';

describeStore('sqlite on disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'postrider-store-'));
  const path = join(folder, 'data', 'test.db');
  return {
    open: async (now = Date.now) => openStore({ path, log: silentLog, noteFrom: noteOf, now }),
    dispose: () => rm(folder, { recursive: true }),
  };
});
