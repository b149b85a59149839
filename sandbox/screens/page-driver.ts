import type { BrowserPage, Size } from '../browser/chromium.ts';
import type { DemoClock } from '../demo/demo-clock.ts';
import type { Action, Language, Platform } from './plan.ts';

/** The result of an action (`demo/page/browser/visitor.ts`). */
export interface Seen {
  readonly words: string;
  readonly controls: readonly string[];
  readonly answered: boolean;
}

/** Drives the demo's page as a person would. */
export interface PageDriver {
  /** Selects a tab. */
  show(pane: 'desk' | Platform): Promise<void>;
  enter(chat: number): Promise<void>;
  do(deed: Action): Promise<Seen>;
  /** Presses the control of the last answer at that index. */
  press(index: number): Promise<Seen>;
  /** A picture of the whole last answer, however long. */
  picture(): Promise<Buffer>;
}

/** Pause between two actions in milliseconds: people who ask faster are rate-limited. */
const BETWEEN_MS = 15_000;

/** The script in the page that performs actions (`demo/page/browser/visitor.ts`). */
const SCRIPT = '/browser/visitor.ts';

/** More than the height of any answer on a phone, in pixels. */
const MAX_HEIGHT = 6_000;

export async function createPageDriver(
  page: BrowserPage,
  clock: Pick<DemoClock, 'skip'>,
  platform: Platform,
  language: Language,
  size: Size,
): Promise<PageDriver> {
  const ask = (what: string, ...args: readonly (string | number)[]): Promise<unknown> =>
    page.run(`const visitor = await import(${JSON.stringify(SCRIPT)});
      return visitor.${what}(...${JSON.stringify(args)});`);
  const see = async (what: string, ...args: readonly (string | number)[]): Promise<Seen> =>
    (await ask(what, platform, ...args)) as Seen;
  await ask('ready');
  await ask('speak', language);
  await ask('show', platform);
  return {
    show: async (pane) => void (await ask('show', pane)),
    enter: async (chat) => void (await ask('enter', platform, chat)),
    do(deed) {
      clock.skip(BETWEEN_MS);
      switch (deed.does) {
        case 'say':
          return see('say', deed.line);
        case 'publish':
          return see('publish', deed.suggestion);
        case 'click':
          return see('click', deed.selector);
      }
    },
    press(index) {
      clock.skip(BETWEEN_MS);
      return see('press', index);
    },
    async picture() {
      const more = Number(await ask('frame', platform));
      if (more > 0) {
        await page.resize({ ...size, height: Math.min(size.height + more, MAX_HEIGHT) });
        await ask('frame', platform);
      }
      const png = await page.picture();
      if (more > 0) await page.resize(size);
      return png;
    },
  };
}
