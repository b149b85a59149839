import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silent } from '../../src/log.ts';
import { type Browser, type BrowserPage, startBrowser } from '../../src/sandbox/browser/chromium.ts';
import { findBrowser } from '../../src/sandbox/browser/find-browser.ts';
import { type Demo, startDemo } from '../../src/sandbox/demo/demo.ts';

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
    demo = await startDemo({ port: 0, log: silent });
    browser = await startBrowser(chromium ?? '');
    page = await browser.open(demo.url, { width: 1440, height: 900 });
  }, 30_000);

  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });

  const run = (script: string): Promise<unknown> => page.run(UNTIL + script);

  test('shows the first note in both chats, without a word of complaint in its console', async () => {
    const words = await run(`
      await Promise.all([shown('#discord .message', 'Good morning'), shown('#telegram .message', 'Good morning')]);
      return (await shown('#progress.ready', 'At work')).textContent;
    `);
    expect(words).toContain('older notes in the archive');
    expect(page.errors).toEqual([]);
  });

  test('takes a suggestion to the desk, publishes it with its picture, and takes it back again', async () => {
    const picture = await run(`
      (await shown('.suggestions button', 'A photo')).click();
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
        [...answer.querySelectorAll('button.button')].find((one) => one.textContent === 'Older ›').click();
        return (await shown('${pane} .message', '6. ')).textContent;
      `);
      expect(words).toContain('‹ Newer');
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

  test('offers what may be meant while a command is typed, and posts to send while the bot’s name is', async () => {
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

  test('uncovers what is hidden only when it is clicked, and follows no link', async () => {
    const states = await run(`
      const input = document.querySelector('#telegram input');
      input.value = '/search carp';
      input.form.requestSubmit();
      const list = await shown('#telegram .message', 'Found for');
      list.querySelector('button.button').click();
      const spoiler = (await shown('#telegram .message:has(.spoiler)', 'Content warning')).querySelector('.spoiler');
      const before = getComputedStyle(spoiler).color;
      spoiler.click();
      const after = getComputedStyle(spoiler).color;
      all('#telegram a').at(-1).click();
      return [before, after, document.querySelector('#toast').textContent, location.pathname];
    `);
    expect(states).toEqual([
      'rgba(0, 0, 0, 0)',
      'rgb(15, 20, 25)',
      expect.stringContaining('A reader would now see https://njump.me/'),
      '/',
    ]);
    expect(page.errors).toEqual([]);
  });
});
