import type { BrowserPage, Size } from '../browser/chromium.ts';
import type { DemoClock } from '../demo/demo-clock.ts';
import type { Action, Language, Platform } from './plan.ts';

/** What came of a deed (`demo/page/browser/visitor.ts`). */
export interface Seen {
  readonly words: string;
  readonly controls: readonly string[];
  readonly answered: boolean;
}

/** A person in front of the demo's page. */
export interface PageDriver {
  /** Chooses a tab. */
  show(pane: 'desk' | Platform): Promise<void>;
  enter(chat: number): Promise<void>;
  do(deed: Action): Promise<Seen>;
  /** Presses the control of the last answer that comes at that place. */
  press(index: number): Promise<Seen>;
  /** The last answer from its beginning, whole: where it is long, so is the picture. */
  picture(): Promise<Buffer>;
}

/** Who asks faster than people do is asked to slow down. So much passes between two deeds, in milliseconds. */
const BETWEEN_MS = 15_000;

/** Where the page has what acts in it (`demo/page/browser/visitor.ts`). */
const SCRIPT = '/browser/visitor.ts';

/** A phone has so much; no answer is taller than all of it. */
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
