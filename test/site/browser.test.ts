import { describe, expect, onTestFinished, test } from 'vitest';
import { startBrowser } from '../../sandbox/browser/chromium.ts';
import { findBrowser } from '../../sandbox/browser/find-browser.ts';
import type { NostrEvent } from '../../src/note/note.ts';
import { NOW_S, siteWith, wren } from './site.fixture.ts';

const chromium = findBrowser(process.env);

/** All that is wide, long or covered. Nothing is loaded from anywhere: a browser without a network would report that. */
const events: readonly NostrEvent[] = [
  wren.note(
    [
      '## Sizes',
      `A word: ${'Donaudampfschifffahrt'.repeat(8)}`,
      `An address: https://a.example/${'x'.repeat(300)}`,
      `\`\`\`\n${'const tide = 1; '.repeat(40)}\n\`\`\``,
      `| a | b |\n| - | - |\n| ${'wide '.repeat(30)} | c |`,
      `> > > > > > ${'deep '.repeat(30)}`,
      '1. one\n2. two\n   - three',
    ].join('\n\n'),
    {
      kind: 30_023,
      createdAt: NOW_S - 50,
      tags: [
        ['d', 'wide'],
        ['title', `On ${'extraordinarily'.repeat(6)} wide things`],
      ],
    },
  ),
  wren.note('The secret words', { createdAt: NOW_S - 40, tags: [['content-warning', 'war']] }),
  wren.note(`#${'longhashtag'.repeat(9)} שלום and مرحبا, mixed`, { createdAt: NOW_S - 30 }),
  wren.note('Words', { createdAt: NOW_S - 20, tags: [['subject', 'Log 1']] }),
  wren.note('Words', { createdAt: NOW_S - 10, tags: [['subject', 'Log 2']] }),
];
const PAGES = [
  '/',
  '/post/wide',
  '/series',
  '/series/log',
  '/month',
  '/month/2026-03',
  '/search?q=words',
  '/search',
  '/nowhere',
];

const LOADED = `if (document.readyState !== 'complete') await new Promise((done) => addEventListener('load', done));`;

async function stage() {
  const publicUrl = 'http://127.0.0.1:8081/';
  const site = await siteWith(events, { publicUrl, author: { picture: '' } });
  const browser = await startBrowser(chromium ?? '');
  onTestFinished(browser.close);
  return { url: site.url, open: browser.open };
}

describe.skipIf(!chromium)('in a browser', () => {
  test.each(['light', 'dark'] as const)(
    'every page fits a phone, without an error, in %s',
    async (scheme) => {
      const { url, open } = await stage();
      for (const path of PAGES) {
        const page = await open(url + path, { width: 390, height: 844, colorScheme: scheme });
        const seen = await page.run(`${LOADED}
        const { backgroundColor, color } = getComputedStyle(document.body);
        const sheet = document.styleSheets[0]?.cssRules.length ?? 0;
        return { width: document.documentElement.scrollWidth, backgroundColor, color, styled: sheet > 20 };`);
        const colours = {
          light: { backgroundColor: 'rgb(253, 252, 250)', color: 'rgb(29, 31, 33)' },
          dark: { backgroundColor: 'rgb(22, 24, 26)', color: 'rgb(230, 228, 223)' },
        }[scheme];
        expect([path, seen]).toEqual([path, { width: 390, styled: true, ...colours }]);
        expect(page.errors.filter((error) => !error.includes('status of 404'))).toEqual([]);
      }
    },
  );

  test('what has a warning is seen only once the reader opens it', async () => {
    const { url, open } = await stage();
    const page = await open(url, { width: 390, height: 844 });
    const isSeen = `[...document.querySelectorAll('details p')].some((p) => p.checkVisibility())`;
    expect(await page.run(`${LOADED} return ${isSeen};`)).toBe(false);
    expect(await page.run(`document.querySelector('summary').click(); return ${isSeen};`)).toBe(true);
  });

  test('a search is typed and sent without a script', async () => {
    const { url, open } = await stage();
    const page = await open(`${url}/search`, { width: 390, height: 844 });
    await page.run(
      `${LOADED} document.querySelector('input').value = 'secret'; document.querySelector('button').click();`,
    );
    await expect.poll(() => page.run('return location.search;')).toBe('?q=secret');
    expect(page.errors).toEqual([]);
  });
});
