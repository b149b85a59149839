import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startBrowser } from '../../sandbox/browser/chromium.ts';
import { findBrowser } from '../../sandbox/browser/find-browser.ts';
import { COMPONENT_TYPES } from '../../sandbox/demo/page/view/discord-components.ts';
import { ENTITY_TYPES } from '../../sandbox/demo/page/view/telegram-text.ts';
import { h } from '../../sandbox/demo/page/view/view.ts';
import { type GoldenCase, readCases } from '../../sandbox/golden/cases.ts';
import { markupOf } from '../../sandbox/golden/markup.ts';
import { discordMessage, telegramMessages } from '../../sandbox/golden/messages.ts';
import { readOptions } from '../../sandbox/golden/options.ts';
import { goldenPage } from '../../sandbox/golden/page.ts';
import { sourceView } from '../../sandbox/golden/source-view.ts';
import { cases as table } from '../golden/make.ts';

const chromium = findBrowser(process.env);
const cases = readCases(join(import.meta.dirname, '../golden'));
const page = goldenPage(cases);

/** What stands under a name, at any depth. */
function valuesOf(value: unknown, name: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === name && typeof inner !== 'object' ? [inner] : valuesOf(inner, name),
  );
}

test('the page has every case of the table, each once', () => {
  const sections = [...page.matchAll(/<section class="case" id="([^"]+)"/gu)].map(([, name]) => name);
  expect(sections).toEqual(Object.keys(table).sort());
});

test('nothing on the page is left to show: every call has a view', () => {
  expect(page).not.toContain('class="unknown"');
});

test('the page needs nothing but itself', () => {
  expect(page).not.toMatch(/<(?:img|link rel="stylesheet"|script src|iframe)\b/u);
});

test('every component of every case has a view', () => {
  const unknown = cases.flatMap(({ name, discord }) =>
    valuesOf(
      discord.map((call) => discordMessage(call, '1', 0).payload['components']),
      'type',
    )
      .filter((type) => !COMPONENT_TYPES.includes(Number(type)))
      .map((type) => `${name}: ${String(type)}`),
  );
  expect(unknown).toEqual([]);
});

/** The server marks these too, and they look like any other words here. */
const UNMARKED = ['email', 'cashtag'];

test('every entity of every case has a view', () => {
  const unknown = cases.flatMap(({ name, telegram }) =>
    telegram
      .flatMap((call) => telegramMessages(call, '1', 0) ?? [])
      .flatMap(({ message }) =>
        [message['entities'], message['caption_entities']].flatMap((entities) => valuesOf(entities, 'type')),
      )
      .filter((type) => !ENTITY_TYPES.includes(String(type)) && !UNMARKED.includes(String(type)))
      .map((type) => `${name}: ${String(type)}`),
  );
  expect(unknown).toEqual([]);
});

test('a call that is not known stands on the page as it is', () => {
  const [one] = cases;
  const odd: GoldenCase = { ...(one as GoldenCase), telegram: [{ type: 'unheard-of' }] };
  expect(goldenPage([odd])).toContain('<pre class="unknown">\n{\n  &quot;type&quot;: &quot;unheard-of&quot;');
});

test('what an author writes stays text in the markup', () => {
  const view = h('p', { title: '"><script>' }, '<script>alert(1)</script> & more');
  expect(markupOf(view)).toBe(
    '<p title="&quot;&gt;&lt;script&gt;">&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>',
  );
});

test.each([
  ['https://a.example/?a&b', '<a href="https://a.example/?a&amp;b">x</a>'],
  ['#place', '<a href="#place">x</a>'],
  ['javascript:alert(1)', '<a>x</a>'],
  ['data:text/html,x', '<a>x</a>'],
])('a link to %s is markup as %s', (href, expected) => {
  expect(markupOf(h('a', { href }, 'x'))).toBe(expected);
});

test('invisible characters in the source are named, except joiners', () => {
  const [one] = cases;
  const event = { ...(one as GoldenCase).event, tags: [], content: 'a\u202Eb\u200Bc 👩\u200D🚀' };
  const markup = markupOf(sourceView(event));
  expect(markup).toContain('a<span class="invisible">U+202E</span>b<span class="invisible">U+200B</span>c');
  expect(markup).toContain('👩\u200D🚀');
});

test.each([
  ['', { wants: 'page', open: true }],
  ['--no-open --out a.html', { wants: 'page', open: false, out: 'a.html' }],
  ['--out=a.html', { wants: 'page', open: true, out: 'a.html' }],
  ['-h', { wants: 'help' }],
])('"%s" is understood', (line, expected) => {
  expect(readOptions(line.split(' ').filter(Boolean))).toEqual(expected);
});

test.each([['--out'], ['--open'], ['page.html']])('"%s" is refused with a hint at --help', (line) => {
  expect(readOptions([line])).toMatchObject({
    wants: 'nothing',
    problem: expect.stringContaining('npm run golden -- --help'),
  });
});

/** The page in a file, as the command writes it. */
async function written(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'golden-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const out = join(folder, 'page.html');
  const entry = join(import.meta.dirname, '../../sandbox/golden.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [entry, '--no-open', '--out', out]);
  expect(stdout).toContain(`${cases.length} golden cases are in ${out}`);
  return out;
}

test('the command writes the page and says where', async () => {
  expect(await readFile(await written(), 'utf8')).toBe(page);
});

test.skipIf(!chromium)('in a browser the filter shows the matching cases', async () => {
  const browser = await startBrowser(chromium ?? '');
  const opened = await browser.open(`file://${await written()}`, { width: 1440, height: 900 });
  onTestFinished(browser.close);
  const shown = await opened.run(`
    if (document.readyState !== 'complete') await new Promise((done) => addEventListener('load', done));
    const input = document.querySelector('#filter');
    input.value = 'WARNING photo';
    input.dispatchEvent(new Event('input'));
    document.querySelector('#unveil').click();
    return {
      names: [...document.querySelectorAll('section:not([hidden])')].map(({ id }) => id),
      count: document.querySelector('#count').textContent,
      covered: document.querySelectorAll('[data-act="unveil"]:not(.open)').length,
    };
  `);
  expect(shown).toEqual({ names: ['warning-with-photo'], count: '1 case', covered: 0 });
  expect(opened.errors).toEqual([]);
});
