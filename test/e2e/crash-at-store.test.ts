import { fileURLToPath } from 'node:url';
// oxlint-disable vitest/expect-expect -- `killAt` asserts
import { describe, test } from 'vitest';
import { hasPostgres, useTestServer } from '../store/postgres/server.fixture.ts';
import { type AllowedRepeats, type KillPoint, killAtEach } from './kill-points.fixture.ts';

const MORTAL = [
  process.execPath,
  '--require',
  './src/runtime.cjs',
  fileURLToPath(new URL('killable-main.fixture.ts', import.meta.url)),
];
const NONE: AllowedRepeats = { repeats: [0], doubts: [0] };
const DOUBT: AllowedRepeats = { repeats: [0], doubts: [1] };
const REPEAT: AllowedRepeats = { repeats: [1], doubts: [1] };
/** What the other platform, or delivery during intake, has in progress then is random. */
const EITHER: AllowedRepeats = { repeats: [0, 1], doubts: [0, 1] };

function end(moment: string, toll: AllowedRepeats, act?: KillPoint['act']): KillPoint {
  return {
    name: moment,
    async prepare(_world, program) {
      program.tell(moment);
      await program.logged('end.chosen');
    },
    toll,
    ...(act && { act }),
  };
}

test(
  'killed before and after each write of a post, the program loses nothing and counts what it may send twice',
  () =>
    killAtEach(
      [
        end('before accept', NONE),
        end('after accept', EITHER),
        end('before recordIntent telegram', NONE),
        end('after recordIntent telegram', DOUBT),
        end('before recordReceipt telegram', REPEAT),
        end('after recordReceipt telegram', NONE),
        end('before recordIntent discord', EITHER),
        end('after recordIntent discord', EITHER),
        end('before recordReceipt discord', EITHER),
        end('after recordReceipt discord', EITHER),
      ],
      MORTAL,
    ),
  180_000,
);

test(
  'killed before and after each write of a change, the program makes it all the same',
  () =>
    killAtEach(
      [
        end('before delete', NONE, 'delete'),
        end('after delete', NONE, 'delete'),
        end('after recordIntent telegram', DOUBT, 'delete'),
        end('before recordRemoval telegram', DOUBT, 'delete'),
        end('after recordRemoval telegram', NONE, 'delete'),
        end('before recordRemoval discord', EITHER, 'delete'),
        end('before recordReceipt telegram', DOUBT, 'edit'),
        end('after recordReceipt telegram', NONE, 'edit'),
        end('before recordReceipt discord', EITHER, 'edit'),
      ],
      MORTAL,
    ),
  180_000,
);

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  const server = useTestServer();
  test(
    'killed before and after a write of each role, the program loses nothing and counts what it may send twice',
    async () =>
      killAtEach(
        [
          end('after accept', EITHER),
          end('after recordIntent telegram', DOUBT),
          end('before recordReceipt telegram', REPEAT),
          end('before recordReceipt discord', EITHER),
          end('after recordRemoval telegram', NONE, 'delete'),
        ],
        MORTAL,
        { DATABASE_URL: await server.createDatabase() },
      ),
    180_000,
  );
});
