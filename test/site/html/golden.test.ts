import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { VerifiedEvent } from '../../../src/note/note.ts';
import { renderHtml } from '../../../src/site/html/render.ts';
import { testPresenter } from '../../ready.fixture.ts';
import { expectSafe } from './safe-html.fixture.ts';

const folder = join(import.meta.dirname, '../../golden');
const names = globSync('*/event.json', { cwd: folder }).map(dirname).sort();

/** One block per line, to be read. */
function htmlOf(name: string): string {
  const event = JSON.parse(readFileSync(join(folder, name, 'event.json'), 'utf8')) as VerifiedEvent;
  const note = eventToNote(event);
  if (!note) return '';
  const { blocks } = testPresenter().finishNote(note, {});
  const style = {
    titleLevel: 1,
    labels: { show: 'Show', hidden: 'hidden' },
    hashtagUrl: (tag: string) => `/tag/${encodeURIComponent(tag)}`,
  } as const;
  return renderHtml(blocks, style).text.replaceAll(
    /(?<=<\/(?:p|h\d|ul|ol|li|pre|figure|blockquote|details)>)/gu,
    '\n',
  );
}

describe.each(names)('%s', (name) => {
  test('is this HTML, in which nothing can do harm', () => {
    const path = join(folder, name, 'site.html');
    const made = htmlOf(name);
    if (process.env['UPDATE_GOLDEN'] === '1' && !process.env['CI']) writeFileSync(path, made);
    if (!existsSync(path)) throw new Error(`${path} is missing: UPDATE_GOLDEN=1 writes it, then read it`);
    expect(made).toBe(readFileSync(path, 'utf8'));
    expectSafe(made);
  });
});
