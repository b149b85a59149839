import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NostrEvent } from '../../src/note/note.ts';
import { type Case, type Cases, wren } from './case.fixture.ts';
import { articles } from './cases-articles.fixture.ts';
import { failures } from './cases-failures.fixture.ts';
import { hostile } from './cases-hostile.fixture.ts';
import { kinds } from './cases-kinds.fixture.ts';
import { links } from './cases-links.fixture.ts';
import { media } from './cases-media.fixture.ts';
import { scripts } from './cases-scripts.fixture.ts';
import { words } from './cases-words.fixture.ts';

export const cases: Cases = {
  ...words,
  ...scripts,
  ...links,
  ...media,
  ...articles,
  ...kinds,
  ...failures,
  ...hostile,
};

/** 16 June 2025, all of them. */
const CREATED_AT = 1_750_100_000;

/** The event of a case. Its id is the same each time; its signature is not. */
export function eventOf(one: Case): NostrEvent {
  const { content, ...fields } = typeof one === 'string' ? { content: one } : one;
  return wren.note(content, { createdAt: CREATED_AT, ...fields });
}

// `node test/golden/make.ts` writes the events that are missing or have changed.
if (import.meta.main)
  for (const [name, one] of Object.entries(cases)) {
    const folder = join(import.meta.dirname, name);
    const path = join(folder, 'event.json');
    const event = eventOf(one);
    if (existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).id === event.id) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, `${JSON.stringify(event, null, 2)}\n`);
  }
