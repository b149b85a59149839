/** A value that both engines store; lists of values are keys or rows. */
export type Cell = string | number | boolean | null;

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, Cell>>;

type ColumnType = 'text' | 'int' | 'flag';

/** A table that is copied row by row, with the same names in both engines. */
export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** The columns of its primary key, by which rows are read and told apart. */
  readonly key: readonly string[];
  /** Rows copied in one transaction. */
  readonly batch: number;
}

/** Events may be long, and their words are indexed with them. */
const NOTES = 250;
const ROWS = 2_000;

/** Rows of a note belong to its moment, and those of a destination to its `ref`, so both are kept. */
export const NOTE: Table = {
  name: 'note',
  columns: {
    moment: 'int',
    id: 'text',
    key: 'text',
    created_at: 'int',
    post_type: 'text',
    expires_at: 'int',
    event: 'text',
  },
  key: ['moment'],
  batch: NOTES,
};

/**
 * All that is copied, in an order that satisfies foreign keys. What the engines derive from it each in their own way is built
 * again: the index of words, counters, and the columns and tables by which PostgreSQL lists notes. `test/store/copy/tables.test.ts`
 * holds this against the schemas.
 */
export const TABLES: readonly Table[] = [
  NOTE,
  { name: 'series', columns: { moment: 'int', name: 'text' }, key: ['moment'], batch: ROWS },
  { name: 'seen', columns: { moment: 'int', relay: 'text' }, key: ['moment', 'relay'], batch: ROWS },
  { name: 'past', columns: { id: 'text', key: 'text', created_at: 'int' }, key: ['id'], batch: ROWS },
  { name: 'tombstone', columns: { key: 'text', until: 'int' }, key: ['key'], batch: ROWS },
  {
    name: 'journal',
    columns: { seq: 'int', action: 'text', key: 'text', post_type: 'text', is_breaking: 'flag' },
    key: ['seq'],
    batch: ROWS,
  },
  {
    name: 'destination',
    columns: {
      ref: 'int',
      id: 'text',
      platform: 'text',
      source: 'text',
      choices: 'text',
      post_types: 'text',
      state: 'text',
      reason: 'text',
      gone_ms: 'int',
      position: 'int',
      held_ms: 'int',
      ahead_seq: 'int',
    },
    key: ['ref'],
    batch: ROWS,
  },
  {
    name: 'in_flight',
    columns: {
      destination: 'int',
      seq: 'int',
      part: 'int',
      is_uncertain: 'flag',
      is_priority: 'flag',
      attempts: 'int',
      due_ms: 'int',
    },
    key: ['destination'],
    batch: ROWS,
  },
  {
    name: 'receipt',
    columns: { destination: 'int', key: 'text', part: 'int', note_id: 'text', receipt: 'text' },
    key: ['destination', 'key', 'part'],
    batch: ROWS,
  },
  {
    name: 'value',
    columns: { namespace: 'text', name: 'text', value: 'text', expires_ms: 'int' },
    key: ['namespace', 'name'],
    batch: ROWS,
  },
  {
    name: 'figure',
    columns: { day: 'int', platform: 'text', what: 'text', count: 'int' },
    key: ['day', 'platform', 'what'],
    batch: ROWS,
  },
  {
    name: 'activity',
    columns: { hour: 'int', what: 'text', subject: 'text', bucket: 'int', count: 'int' },
    key: ['hour', 'what', 'subject', 'bucket'],
    batch: ROWS,
  },
];

export const columnsOf = ({ columns }: Table): readonly string[] => Object.keys(columns);

/** The key of a row. */
export const keyOf = ({ key }: Table, row: Row): readonly Cell[] => key.map((column) => row[column] ?? null);
