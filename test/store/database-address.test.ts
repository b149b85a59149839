import { expect, test } from 'vitest';
import { databaseName, parseDatabaseAddress } from '../../src/store/database-address.ts';

test.each([
  ['sqlite:data/postrider.db', 'sqlite:data/postrider.db'],
  ['sqlite::memory:', 'sqlite::memory:'],
  ['postgres://me:secret@db.example:5432/notes?sslmode=require', 'postgres://me@db.example:5432/notes'],
  ['postgresql://me:sec%23ret@/notes?host=/run/postgresql', 'postgres://me@/notes?host=/run/postgresql'],
  ['postgres://%2Frun%2Fpostgresql/notes?password=secret', 'postgres://%2Frun%2Fpostgresql/notes'],
  ['postgres://', 'postgres://'],
  ['POSTGRES://db.example', 'postgres://db.example'],
])('people read %s as %s', (text, name) => {
  const address = parseDatabaseAddress(text);
  expect(address && databaseName(address)).toBe(name);
});

test.each(['mysql://db.example', 'postgres:db', 'sqlite:', 'data/postrider.db', ''])('%j is none', (text) => {
  expect(parseDatabaseAddress(text)).toBeUndefined();
});
