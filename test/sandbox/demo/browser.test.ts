import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, type BrowserPage, startBrowser } from '../../../sandbox/browser/chromium.ts';
import { findBrowser } from '../../../sandbox/browser/find-browser.ts';
import { type Demo, startDemo } from '../../../sandbox/demo/demo.ts';
import { silentLog } from '../../../src/lib/log.ts';

const chromium = findBrowser(process.env);

/** For scripts in the page: waits for what the page shows, looked for again after each change of it. */
const UNTIL = `
  const all = (selector, words = '') =>
    [...document.querySelectorAll(selector)].filter((one) => one.textContent.includes(words));
  const until = (find) => new Promise((resolve) => {
    const look = () => {
      const found = find();
      if (!found) return;
      observer.disconnect();
      resolve(found);
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });
  const shown = (selector, words) => until(() => all(selector, words).at(-1));
`;

describe.skipIf(chromium === undefined)('the page in a real browser', () => {
  let demo: Demo;
  let browser: Browser;
  let page: BrowserPage;

  beforeAll(async () => {
    demo = await startDemo({ port: 0, log: silentLog });
    browser = await startBrowser(chromium ?? '');
    page = await browser.open(demo.url, { width: 1440, height: 900 });
  }, 30_000);

  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });

  const run = (script: string): Promise<unknown> => page.run(UNTIL + script);

  test('shows the first note in both chats, without console errors', async () => {
    const words = await run(`
      await Promise.all([shown('#discord .message', 'Good morning'), shown('#telegram .message', 'Good morning')]);
      return (await shown('#progress.ready', 'Running')).textContent;
    `);
    expect(words).toContain('archived notes');
    expect(page.errors).toEqual([]);
  });

  test('publishes a suggestion with its picture, and deletes it again', async () => {
    const picture = await run(`
      (await shown('.suggestions button', 'Photo')).click();
      document.querySelector('.publish').click();
      const [there] = await Promise.all([shown('#discord .message', 'Two boats'), shown('#telegram .message', 'Two boats')]);
      const image = there.querySelector('img');
      await image.decode();
      return image.naturalWidth;
    `);
    expect(picture).toBe(640);
    const left = await run(`
      (await shown('.note', 'Two boats')).querySelector('[data-act=delete]').click();
      await until(() => all('#discord .message, #telegram .message, .note', 'Two boats').length === 0);
      return all('.note', 'China Morning Missive').length;
    `);
    expect(left).toBe(16);
  });

  test('answers a chip and a button in each chat', async () => {
    for (const pane of ['#discord', '#telegram']) {
      const words = await run(`
        (await shown('${pane} .chips button', '/latest')).click();
        const answer = await shown('${pane} .message', 'Latest from');
        [...answer.querySelectorAll('button.button')].find((one) => one.textContent === 'Next ›').click();
        return (await shown('${pane} .message', '6. ')).textContent;
      `);
      expect(words).toContain('‹ Previous');
    }
  });

  test('offers commands while a slash is typed', async () => {
    const words = await run(`
      const input = document.querySelector('#discord input');
      input.value = '/sea';
      input.dispatchEvent(new Event('input'));
      return document.querySelector('#discord .menu').textContent;
    `);
    expect(words).toMatch(/^\/search<query>/u);
  });

  test('completes commands, and offers inline results', async () => {
    const type = (pane: string, line: string) => `
      const input = document.querySelector('${pane} input');
      input.value = ${JSON.stringify(line)};
      input.dispatchEvent(new Event('input'));`;
    const taken = await run(`${type('#discord', '/series barge')}
      (await shown('#discord .menu button', 'The Barge Ledger')).dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
      return input.value;
    `);
    expect(taken).toBe('/series The Barge Ledger');
    const sent = await run(`${type('#telegram', '@postrider_bot piano')}
      (await shown('#telegram .menu button', 'The Barge Ledger')).dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
      return (await shown('#telegram .message.mine', 'via @postrider_bot')).textContent + input.value;
    `);
    expect(sent).toContain('somebody sent a piano');
    expect(page.errors).toEqual([]);
  });

  test('reveals a spoiler on click, without following its link', async () => {
    const states = await run(`
      const input = document.querySelector('#telegram input');
      input.value = '/search carp';
      input.form.requestSubmit();
      const list = await shown('#telegram .message', '🔍');
      list.querySelector('button.button').click();
      const spoiler = (await shown('#telegram .message:has(.spoiler)', 'Content warning')).querySelector('.spoiler');
      const before = getComputedStyle(spoiler).color;
      spoiler.click();
      const after = getComputedStyle(spoiler).color;
      const opened = [];
      window.open = (url) => void opened.push(url);
      all('#telegram a').at(-1).click();
      return [before, after, opened, location.pathname];
    `);
    expect(states).toEqual([
      'rgba(0, 0, 0, 0)',
      'rgb(15, 20, 25)',
      [expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/post\//u)],
      '/',
    ]);
    expect(page.errors).toEqual([]);
  });

  test('uncovers by the keyboard too', async () => {
    const open = await run(`
      const spoiler = all('#telegram .spoiler').at(-1);
      spoiler.classList.remove('open');
      spoiler.focus();
      spoiler.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      return [document.activeElement === spoiler, spoiler.classList.contains('open')];
    `);
    expect(open).toEqual([true, true]);
  });

  const PANES = [
    ['phone', 400, 800, { desk: ['desk'], discord: ['discord'], telegram: ['telegram'] }],
    ['tablet', 1024, 768, { discord: ['desk', 'discord'], telegram: ['desk', 'telegram'] }],
    ['desktop', 1440, 900, { desk: ['desk', 'discord', 'telegram'] }],
  ] as const;
  for (const language of ['en', 'zh'])
    test.each(PANES)(
      `on a %s nothing is cut off, and what can be tried is in view (${language})`,
      async (_, width, height, tabs) => {
        await run(`
        const select = document.querySelector('.language select');
        select.value = '${language}';
        select.dispatchEvent(new Event('change', { bubbles: true }));
        await until(() => document.documentElement.lang.startsWith('${language}'));
      `);
        await page.resize({ width, height });
        for (const [tab, panes] of Object.entries(tabs)) {
          const found = await run(`
          document.querySelector('.tabs [data-tab="${tab}"]').click();
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          const isShown = (element) => element.checkVisibility();
          const named = (element) => element.className + ' ' + element.textContent.trim();
          const inView = (element) => {
            const { left, right, top, bottom } = element.getBoundingClientRect();
            return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
          };
          const panes = all('.pane').filter(isShown);
          const own = all('h1, .headline p *, .language, .progress .words, .tabs button, .strip, .switcher .open, .strip:not(.more-after) > *, .about, .suggestions button, .days button, .publish, .hint').filter(isShown);
          const isLonger = (strip) => strip.scrollWidth > strip.clientWidth;
          return {
            panes: panes.map(({ id }) => id),
            wider: document.documentElement.scrollWidth - innerWidth,
            cut: own.filter((element) => !inView(element) || !element.matches('.strip') && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline').map(named),
            // Only a phone's rows are swiped, and they show that there is more.
            strips: all('.strip').filter(isShown).filter((strip) => isLonger(strip) && (innerWidth > 400 || !strip.matches('.more-after'))).map(named),
            small: all('button:not(.command), select, input, textarea').filter(isShown).filter((element) => innerWidth <= 400 && element.getBoundingClientRect().height < 32).map(named),
            labels: panes.map((pane) => pane.querySelector('.try').textContent),
            chips: panes.map((pane) => pane.querySelectorAll('.chips button, .suggestions button').length > 3),
            explained: all('.headline b').filter(isShown).length,
          };
        `);
          const label = language === 'zh' ? '试试：' : 'Try:';
          expect(found).toEqual({
            panes,
            wider: 0,
            cut: [],
            strips: [],
            small: [],
            labels: panes.map(() => label),
            chips: panes.map(() => true),
            // On a phone the chats have all the room.
            explained: tab === 'desk' || width > 400 ? 1 : 0,
          });
        }
      },
    );

  const PHONES = [
    ['discord', 'en'],
    ['discord', 'zh'],
    ['telegram', 'en'],
    ['telegram', 'zh'],
  ] as const;
  test.each(PHONES)('five posts of /latest fit a phone (%s, %s)', async (pane, language) => {
    await page.resize({ width: 400, height: 800 });
    const found = await run(`
      const select = document.querySelector('.language select');
      select.value = '${language}';
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await until(() => document.documentElement.lang.startsWith('${language}'));
      document.querySelector('.tabs [data-tab="${pane}"]').click();
      const before = all('#${pane} .message').at(-1);
      all('#${pane} .chips button', '/latest')[0].click();
      await until(() => {
        const last = all('#${pane} .message').at(-1);
        return last !== before && [...last.querySelectorAll('.button')].some((one) => one.textContent === '5');
      });
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const room = document.querySelector('#${pane} .feed').getBoundingClientRect();
      // Shown anew, it is another element.
      return [...all('#${pane} .message').at(-1).querySelectorAll('.text, .button')].filter((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top < room.top || bottom > room.bottom;
      }).map((element) => element.textContent);
    `);
    expect(found).toEqual([]);
  });

  test('the open chat is in view, and the row shows where there is more', async () => {
    await page.resize({ width: 400, height: 800 });
    const found = await run(`
      document.querySelector('.tabs [data-tab=discord]').click();
      const row = document.querySelector('#discord .switcher');
      const seen = [];
      for (const name of ['# reading-room', '@ Postrider', '# mara-lindqvist']) {
        all('#discord .switcher button', name)[0].click();
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const { left, right } = row.querySelector('.open').getBoundingClientRect();
        seen.push([name, left >= 0 && right <= innerWidth, row.matches('.more-before'), row.matches('.more-after')]);
      }
      return seen;
    `);
    expect(found).toEqual([
      ['# reading-room', true, true, true],
      ['@ Postrider', true, true, false],
      ['# mara-lindqvist', true, false, true],
    ]);
  });

  test.each(PANES)(
    'on a %s a line over the page covers nothing that can be tapped',
    async (_, width, height, tabs) => {
      await page.resize({ width, height });
      for (const tab of Object.keys(tabs)) {
        const covered = await run(`
        document.querySelector('.tabs [data-tab="${tab}"]').click();
        all('.feed a').findLast(({ hostname }) => hostname !== location.hostname).click();
        const over = document.querySelector('#toast').getBoundingClientRect();
        return [over.height > 0, ...all(':is(button, select, input, textarea):not(.feed *, .notes *, .letters *), .feed, .notes, .letters').filter((element) => element.checkVisibility()).filter((element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          return left < over.right && right > over.left && top < over.bottom && bottom > over.top;
        }).map((element) => element.textContent)];
      `);
        expect(covered).toEqual([true]);
      }
    },
  );

  test('examples and days stay in view, however long the letters', async () => {
    await page.resize({ width: 1024, height: 768 });
    const found = await run(`
      document.querySelector('[data-tab=telegram]').click();
      const input = document.querySelector('#telegram .asking input');
      for (const words of ['More pots, please.', 'Who paints the cranes?', 'How do tides know?']) {
        input.value = '/suggest ' + words;
        input.form.requestSubmit();
        await shown('.letter', words);
      }
      return [...document.querySelectorAll('.suggestions button, .days button, .publish, .published h3')].filter((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top < 0 || bottom > innerHeight;
      }).map((element) => element.textContent);
    `);
    expect(found).toEqual([]);
  });

  test('an empty forum says what to do', async () => {
    const hint = await run(`
      document.querySelector('[data-tab=discord]').click();
      all('#discord .switcher button', 'reading-room')[0].click();
      const words = document.querySelector('#discord .feed').textContent;
      all('#discord .switcher button', 'mara-lindqvist')[0].click();
      return [words, all('#discord .empty').length];
    `);
    expect(hint).toEqual([expect.stringContaining('/settings'), 0]);
  });

  test('the suggested missive gets the new date on the next day', async () => {
    const [before, after] = (await run(`
      const sheet = document.querySelector('#desk textarea');
      const first = () => sheet.value.split('\\n')[0];
      document.querySelector('.suggestions [data-text]').click();
      const before = first();
      document.querySelector('[data-act=skip]').click();
      await until(() => document.querySelector('.suggestions [data-text]').dataset.text.split('\\n')[0] !== before);
      return [before, first()];
    `)) as readonly string[];
    const day = (offset: number): string =>
      new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
        .format(Date.now() + offset * 86_400_000)
        .replace(',', '');
    expect(before).toBe(`China Morning Missive – ${day(0)}`);
    expect(after).toBe(`China Morning Missive – ${day(1)}`);
    expect(page.errors).toEqual([]);
  });
});
