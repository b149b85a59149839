import { silentLog } from '../../src/lib/log.ts';
import type { Browser, Size } from '../browser/chromium.ts';
import { startDemo } from '../demo/demo.ts';
import { createDemoClock } from '../demo/demo-clock.ts';
import { createPageDriver } from './page-driver.ts';
import type { Picture } from './picture-names.ts';
import type { Action, Platform } from './plan.ts';

interface DocsPicture extends Picture {
  readonly size: Size;
  readonly deeds: readonly (readonly [platform: Platform, deed: Action])[];
  /** The pane to show on a narrow screen. */
  readonly pane: Platform;
  /** Another page to show at the end. */
  readonly path?: string;
}

const DESKTOP: Size = { width: 1440, height: 900 };
/** Sharp on a high-resolution screen, and small enough for a page. */
const PHONE: Size = { width: 400, height: 800, scale: 2 };

const said = (line: string): Action => ({ does: 'say', line });
const published = (suggestion: number): Action => ({ does: 'publish', suggestion });

/** The pictures in the documentation. */
const PICTURES: readonly DocsPicture[] = [
  {
    file: 'demo.png',
    title: 'the demo',
    size: DESKTOP,
    pane: 'discord',
    deeds: [
      ['telegram', published(2)],
      ['discord', published(1)],
      ['telegram', said('/latest 3')],
    ],
  },
  {
    file: 'telegram-latest.png',
    title: '/latest on Telegram',
    size: PHONE,
    pane: 'telegram',
    deeds: [['telegram', said('/latest')]],
  },
  {
    file: 'discord-settings.png',
    title: '/settings on Discord',
    size: PHONE,
    pane: 'discord',
    deeds: [['discord', said('/settings')]],
  },
  {
    file: 'status-page.png',
    title: 'the status page',
    size: { width: 1100, height: 960 },
    pane: 'telegram',
    deeds: [
      ['telegram', said('/subscribe')],
      ['telegram', published(2)],
      ['discord', published(1)],
    ],
    path: '/status',
  },
];

/** Captures them one after the other, in English, each in a demo of its own. */
export async function takeDocsPictures(
  browser: Browser,
  keep: (picture: Picture, png: Buffer) => Promise<void>,
): Promise<void> {
  for (const picture of PICTURES) {
    const clock = createDemoClock();
    const demo = await startDemo({ port: 0, log: silentLog, clock });
    try {
      const page = await browser.open(demo.url, picture.size);
      const visitors = {
        discord: await createPageDriver(page, clock, 'discord', 'en', picture.size),
        telegram: await createPageDriver(page, clock, 'telegram', 'en', picture.size),
      };
      for (const [platform, deed] of picture.deeds) await visitors[platform].do(deed);
      await visitors[picture.pane].show(picture.pane);
      const shown = picture.path ? await browser.open(demo.url + picture.path, picture.size) : page;
      await shown.run(
        "if (document.readyState !== 'complete') await new Promise((done) => addEventListener('load', done));",
      );
      await keep(picture, await shown.picture());
    } finally {
      await demo.stop();
    }
  }
}
