import { noteEncode } from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import type { NostrEvent } from '../../src/note/note.ts';
import { metaOf, named, note, pageIn, pathOf } from './pages.fixture.ts';
import { elementsIn, textIn } from './parse-xml.fixture.ts';
import { NOW_S, siteWith, wren } from './site.fixture.ts';

const HOUR_S = 3_600;

describe('what mustn’t be seen', () => {
  const everywhere = [
    '/',
    '/type/missive',
    '/tag/tide',
    '/feed.atom',
    '/feed.rss',
    '/feed.json',
    '/search?q=secret',
    '/month/2026-03',
    '/series/log',
    '/sitemap-2026-03.xml',
  ];
  async function traces(
    ask: Awaited<ReturnType<typeof siteWith>>['ask'],
    event: NostrEvent,
  ): Promise<readonly string[]> {
    const found: string[] = [];
    for (const path of everywhere) {
      const { text } = await ask(path);
      if (text.includes('secret words') || text.includes(event.id.slice(0, 16))) found.push(path);
    }
    return found;
  }
  const hidden = (createdAt: number, ...tags: readonly (readonly string[])[]): NostrEvent =>
    wren.note('The secret words #tide', { createdAt, tags: [['subject', 'Log 3'], ...tags] });
  const others = [note('Log', 2, ['subject', 'Log 1']), note('Log #tide', 3, ['subject', 'Log 2'])];

  test('what was deleted is gone at once, whatever copies there are', async () => {
    const event = hidden(NOW_S - HOUR_S);
    const { ask, store } = await siteWith([...others, event]);
    expect(await traces(ask, event)).toEqual(everywhere);
    const copies = new Map<string, Readonly<Record<string, string>>>();
    for (const path of [...everywhere, pathOf(event)]) {
      const { headers } = await ask(path);
      copies.set(path, {
        'if-none-match': String(headers['etag']),
        'if-modified-since': String(headers['last-modified']),
      });
    }
    await store.journal.delete({ id: 'd'.repeat(64), createdAt: NOW_S, ids: [event.id], addresses: [] });
    expect(await traces(ask, event)).toEqual([]);
    for (const [path, copy] of copies) {
      const { 'if-modified-since': date = '' } = copy;
      const expected = path === pathOf(event) ? 410 : 200;
      expect([path, (await ask(path, copy)).status]).toEqual([path, expected]);
      expect([path, (await ask(path, { 'if-modified-since': date })).status]).toEqual([path, expected]);
    }
    for (const name of [event.id, noteEncode(event.id)])
      expect((await ask(`/post/${name}`)).status).toBe(410);
    expect((await ask(pathOf(event))).headers['cache-control']).toBe('no-store');
  });

  test('what expired is gone in that second, even before it is deleted', async () => {
    const event = hidden(NOW_S - HOUR_S, ['expiration', String(NOW_S + 10)]);
    const { ask, clock, store } = await siteWith([...others, event]);
    expect(await traces(ask, event)).toEqual(everywhere);
    clock.nowMs = (NOW_S + 10) * 1000;
    expect((await traces(ask, event)).filter((path) => !path.startsWith('/sitemap'))).toEqual([]);
    expect((await ask(pathOf(event))).status).toBe(410);
    await store.journal.deleteExpired(clock.nowMs);
    expect(await traces(ask, event)).toEqual([]);
    expect((await ask(pathOf(event))).status).toBe(410);
  });

  test('what is dated in the future waits for it', async () => {
    const event = hidden(NOW_S + 300);
    const { ask, clock } = await siteWith([...others, event]);
    expect(await traces(ask, event)).toEqual([]);
    expect((await ask(pathOf(event))).status).toBe(404);
    expect((await ask(pathOf(others[1]!))).text).not.toContain('secret words');
    clock.nowMs += 301_000;
    expect(await traces(ask, event)).toEqual(everywhere);
  });

  test('what is protected is shown only if the author runs this', async () => {
    const event = hidden(NOW_S - HOUR_S, ['-']);
    const { ask } = await siteWith([...others, event]);
    expect(await traces(ask, event)).toEqual([]);
    expect((await ask(pathOf(event))).status).toBe(404);
    const own = await siteWith([...others, event], { showProtected: true });
    expect(await traces(own.ask, event)).toEqual(everywhere);
  });

  test('what has a warning stays covered', async () => {
    const event = wren.note('A wreck https://pictures.example/wreck.jpg', {
      createdAt: NOW_S - 10,
      tags: [
        ['content-warning', 'war'],
        ['title', 'Wreck'],
      ],
    });
    const { ask } = await siteWith([event]);
    for (const path of ['/', pathOf(event)]) {
      const page = pageIn((await ask(path)).text);
      const [cover] = named(page, 'details');
      expect(textIn(cover!)).toContain('Content warning: war');
      expect(cover?.attributes['open']).toBeUndefined();
      expect(elementsIn(cover!).filter(({ name }) => name === 'img')).toHaveLength(1);
      // Nothing of it anywhere else.
      expect(JSON.stringify(metaOf(page))).not.toMatch(/wreck/iu);
      expect(textIn(named(page, 'title')[0]!)).not.toMatch(/wreck/iu);
      expect(
        named(page, 'img').filter(({ attributes }) => /wreck/u.test(attributes['src'] ?? '')),
      ).toHaveLength(1);
    }
    for (const path of ['/search?q=wreck', '/month/2026-03', '/feed.atom', '/feed.json', '/feed.rss'])
      expect(
        (await ask(path)).text.replaceAll('value="wreck"', '').replaceAll(/Search: wreck/gu, ''),
      ).not.toMatch(/wreck/iu);
  });
});
