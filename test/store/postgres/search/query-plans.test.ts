import { Client, type QueryConfig } from 'pg';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { query } from '../../../contract/store-notes.fixture.ts';
import { hasPostgres, useTestServer } from '../server.fixture.ts';
import { openIndexedArchive } from './indexed-archive.fixture.ts';

const ROWS = 25_000;

describe.skipIf(!hasPostgres)('plans of searches on Postgres', () => {
  const server = useTestServer();

  test('no statement of a search reads a whole table, however common its words are', async () => {
    const archive = await openIndexedArchive(await server.createDatabase());
    onTestFinished(() => archive.close());
    await archive.client.query(`
      INSERT INTO word SELECT (1500000000 + n * 20000)::bigint << 20, format(
        '''·all'' ''·note'' ''··%s'' ''common'':1A,9 ''usual%s'':2 ''rare%s'':3 ''·h%s'' ''·j%s'' ''·k%s'' ''·l%s''',
        encode(format('tag%s', n % 50)::bytea, 'hex'), n % 40, n % 5000, at >> 16, at >> 19, at >> 22, at >> 25
      )::tsvector FROM (SELECT n, 1500000000 + n * 20000 AS at FROM generate_series(1, ${ROWS}) AS n) AS made;
      INSERT INTO vocabulary SELECT 'rare' || n FROM generate_series(1, ${ROWS}) AS n;
      INSERT INTO spelling SELECT 'rare' || n, 'ra re' || n FROM generate_series(1, ${ROWS}) AS n;
      INSERT INTO hashtag SELECT 'tag' || n, n FROM generate_series(1, ${ROWS}) AS n;
      UPDATE note_count SET count = ${ROWS};
    `);
    await archive.client.query('VACUUM ANALYZE word, vocabulary, spelling, hashtag');

    const asked = vi.spyOn(Client.prototype, 'query');
    onTestFinished(() => asked.mockRestore());
    await archive.search(query({ words: ['common'] }), undefined);
    await archive.search(
      query({ phrases: ['common usual1'], after: 1_600_000_000, before: 1_700_000_000 }),
      'note',
    );
    await archive.search(query({ words: ['rare1'], without: ['usual3'] }), undefined);
    await archive.search(query({ without: ['common'], hashtags: ['tag7'] }), undefined);
    await archive.hashtags('tag1', 25);
    const calls: readonly unknown[][] = asked.mock.calls;
    asked.mockRestore();

    const plans: string[] = [];
    for (const [first] of calls) {
      // What the search sets for its transaction is repeated here.
      if (typeof first === 'string') await archive.client.query(first);
      else {
        const { text, values } = first as QueryConfig;
        const { rows } = await archive.client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values);
        plans.push([text, ...rows.map((row) => row['QUERY PLAN'])].join('\n'));
      }
    }
    expect(plans.length).toBeGreaterThan(15);
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on (?:word|vocabulary|spelling|hashtag)\b/);
    expect(plans.filter((plan) => plan.includes('Index Scan on word_by_words')).length).toBeGreaterThan(3);
  });
});
