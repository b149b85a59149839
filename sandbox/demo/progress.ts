import type { LanguageState } from './app-language.ts';
import type { Progress } from './change.ts';
import type { Feed } from './feed.ts';
import type { PageWords } from './page/words/en.ts';

/** A line on the page about what the demo is doing. */
export interface ProgressLine {
  show(said: (words: PageWords) => string, state: Omit<Progress, 'words'>): void;
}

export function createProgressLine(feed: Feed, appLanguage: LanguageState): ProgressLine {
  let last: readonly [said: (words: PageWords) => string, state: Omit<Progress, 'words'>] = [
    ({ progress }) => progress.starting,
    { archived: 0, of: 1, ready: false },
  ];
  const put = (): void => {
    const [said, state] = last;
    feed.put('progress', { type: 'progress', progress: { ...state, words: said(appLanguage.words) } });
  };
  appLanguage.onChange(put);
  return {
    show(said, state) {
      last = [said, state];
      put();
    },
  };
}
