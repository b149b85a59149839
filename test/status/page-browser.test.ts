import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Browser, startBrowser } from '../../sandbox/browser/chromium.ts';
import { findBrowser } from '../../sandbox/browser/find-browser.ts';
import { renderPage } from '../../src/status/page/page.ts';
import type { Snapshot } from '../../src/status/page/snapshot.ts';
import { startStatusServer } from '../../src/status/server.ts';
import { busySnapshot, NOW_MS, noteAt, relayState, suspendedAt } from './snapshot.fixture.ts';

const chromium = findBrowser(process.env);

/** Names that are as long as they get, without a place to break. */
const LONG = 'Wörterbuchverlagsgesellschaft'.repeat(12);
const crowded = (): Promise<Snapshot> =>
  busySnapshot({
    authorName: LONG,
    notes: [noteAt(LONG, 1), noteAt('ל'.repeat(300), 2)],
    relays: [
      relayState(`wss://${'a'.repeat(60)}.${'b'.repeat(60)}.example`, {
        state: 'closed',
        error: { kind: 'lost', reason: LONG, since: NOW_MS },
      }),
    ],
    health: { problems: [{ name: 'discord', error: LONG, sinceMs: NOW_MS }] },
    platforms: [
      {
        name: 'discord',
        stats: {
          posts: 0,
          delivered: 0,
          refused: 0,
          joined: 0,
          left: 0,
          active: 123_456_789,
          waiting: 987_654_321,
          suspended: [{ reason: LONG, count: 1 }],
        },
        suspended: [suspendedAt(`discord:${'1'.repeat(90)}`, LONG)],
      },
    ],
  });

/** All text whose contrast with what is behind it is below 4.5 (WCAG 2.1, AA). */
const FAINT_TEXT = `
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color[3] !== 0) return color;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const one = node.parentElement;
    if (!node.data.trim() || one.closest('title, desc')) continue;
    const style = getComputedStyle(one);
    const color = one.closest('svg') ? style.fill : style.color;
    const [low, high] = [luminance(channels(color)), luminance(behind(one))].sort((a, b) => a - b);
    if ((high + 0.05) / (low + 0.05) < 4.5) faint.push(node.data);
  }
  return faint;
`;

/** Letters of a chart that are drawn outside of it, or over each other. */
const BAD_LABELS = `
  return [...document.querySelectorAll('svg')].flatMap((svg) => {
    const { width, height } = svg.viewBox.baseVal;
    const boxes = [...svg.querySelectorAll('text')].map((one) => ({ words: one.textContent, box: one.getBBox() }));
    const touch = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height;
    return boxes.filter(({ box }, index) =>
      box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height ||
      boxes.slice(index + 1).some((other) => touch(box, other.box))).map(({ words }) => words);
  });
`;

const VIEWS = [
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
  { width: 320, height: 568, colorScheme: 'light' },
  { width: 1440, height: 900, colorScheme: 'light' },
  { width: 1440, height: 900, colorScheme: 'dark' },
] as const;

describe.skipIf(chromium === undefined)('the status page in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser(chromium ?? '');
  }, 30_000);
  afterAll(() => browser.close());

  describe.each(VIEWS)('$width pixels wide, $colorScheme', (view) => {
    test.each([
      ['a busy day', busySnapshot, 'en'],
      ['a busy day in Chinese', busySnapshot, 'zh'],
      ['names without end', crowded, 'en'],
    ] as const)('%s', async (_, snapshot, language) => {
      const page = await renderPage(await snapshot(), language);
      const source = { healthErrors: async () => ({}), metrics: async () => '', page: async () => page };
      const server = await startStatusServer(source, { host: '127.0.0.1', port: 0, steady: () => 0 });
      onTestFinished(server.stop);
      const shown = await browser.open(server.url, view);
      const facts = await shown.run(`
        if (document.readyState !== 'complete') await new Promise((done) => addEventListener('load', done));
        return {
          width: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          charts: [...document.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width > 250).length,
          loaded: performance.getEntriesByType('resource').map(({ name }) => name),
          isStyled: getComputedStyle(document.body).margin === '0px',
        };
      `);
      expect(facts).toEqual({ width: 0, charts: 10, loaded: [], isStyled: true });
      expect(await shown.run(FAINT_TEXT)).toEqual([]);
      expect(await shown.run(BAD_LABELS)).toEqual([]);
      expect(shown.errors).toEqual([]);
    });
  });
});
