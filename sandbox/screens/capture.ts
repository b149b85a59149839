import { commands } from '../../commands/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { type Browser, type BrowserPage, type Size, startBrowser } from '../browser/chromium.ts';
import { startDemo } from '../demo/demo.ts';
import { createDemoClock, type DemoClock } from '../demo/demo-clock.ts';
import { createPageDriver } from './page-driver.ts';
import { PAGE_STOPS } from './page-stops.ts';
import { isSelected, type Picture, pagePictureOf, pictureOf } from './picture-names.ts';
import { LANGUAGES, type Language, PLATFORMS, type Platform, planOf } from './plan.ts';
import { tour } from './tour.ts';

export const PHONE: Size = { width: 400, height: 800 };

type Keep = (picture: Picture, png: Buffer) => Promise<void>;

/**
 * Captures the selected screens, each platform and language in a demo of its own. Resolves with the titles of those that
 * got no answer.
 */
export async function captureAll(
  browserPath: string,
  only: readonly string[],
  keep: Keep,
): Promise<readonly string[]> {
  const unanswered: string[] = [];
  const browser = await startBrowser(browserPath);
  try {
    for (const platform of PLATFORMS)
      for (const language of LANGUAGES)
        unanswered.push(...(await takeIn(browser, platform, language, only, keep)));
    for (const language of LANGUAGES) await capturePage(browser, language, only, keep);
  } finally {
    await browser.close();
  }
  return unanswered;
}

async function takeIn(
  browser: Browser,
  platform: Platform,
  language: Language,
  only: readonly string[],
  keep: Keep,
): Promise<readonly string[]> {
  const run = `${platform}-${language}`;
  const plan = planOf(platform, language, commands);
  const choosing = only.filter(
    (word) =>
      ['page', ...PLATFORMS, ...LANGUAGES].includes(word) || plan.some(({ command }) => command === word),
  );
  const wanted = plan
    .map((stop, index) => ({ stop, nn: index + 1 }))
    .filter(({ stop }) => isSelected(`${run}-${stop.command}`, choosing));
  if (wanted.length === 0) return [];
  const unanswered: string[] = [];
  await onNewPage(browser, async (page, clock) => {
    const visitor = await createPageDriver(page, clock, platform, language, PHONE);
    for (const { stop, nn } of wanted)
      await tour(visitor, stop, async (screen) => {
        const picture = pictureOf(screen, run, nn);
        if (!screen.answered) unanswered.push(`${run}: ${picture.title}`);
        if (isSelected(picture.file, only)) await keep(picture, await visitor.picture());
      });
  });
  return unanswered;
}

/** Runs a demo of its own and opens its page while `use` runs. */
async function onNewPage(
  browser: Browser,
  use: (page: BrowserPage, clock: DemoClock) => Promise<void>,
): Promise<void> {
  const clock = createDemoClock();
  const demo = await startDemo({ port: 0, log: silentLog, clock });
  try {
    await use(await browser.open(demo.url, PHONE), clock);
  } finally {
    await demo.stop();
  }
}

/** Captures the page itself at several widths. */
async function capturePage(
  browser: Browser,
  language: Language,
  only: readonly string[],
  keep: Keep,
): Promise<void> {
  const run = `page-${language}`;
  const named = PAGE_STOPS.map((stop, index) => ({ stop, picture: pagePictureOf(stop, run, index + 1) }));
  if (!named.some(({ picture }) => isSelected(picture.file, only))) return;
  await onNewPage(browser, async (page, clock) => {
    const visitors = {
      discord: await createPageDriver(page, clock, 'discord', language, PHONE),
      telegram: await createPageDriver(page, clock, 'telegram', language, PHONE),
    };
    for (const { stop, picture } of named) {
      for (const platform of PLATFORMS) {
        const chat = stop.chats?.[platform];
        if (chat !== undefined) await visitors[platform].enter(chat);
      }
      for (const [platform, deed] of stop.actions) await visitors[platform].do(deed);
      await page.resize(stop.size);
      await visitors.discord.show(stop.pane);
      if (isSelected(picture.file, only)) await keep(picture, await page.picture());
    }
  });
}
