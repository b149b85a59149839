import type { PageWords } from './page/words/en.ts';
import type { ProgressLine } from './progress.ts';

/** What the demo waits for before it starts, and what it then does by itself. */
export interface IntroParts {
  readonly progress: ProgressLine;
  /** How many old notes the archive will contain. */
  readonly notes: number;
  /** Each resolves when a platform's command menu is registered. */
  readonly menus: readonly Promise<void>[];
  /** A reader presses Start on Telegram. Resolves when the bot has answered. */
  readonly welcome: () => Promise<void>;
  readonly publish: () => void;
}

export interface Intro {
  /** Reports how many old notes are in the archive so far. */
  archived(notes: number): void;
}

/** Shows the progress of the start; then greets a reader and publishes a first note. */
export function createIntro({ progress, notes, menus, welcome, publish }: IntroParts): Intro {
  const { promise: full, resolve: filled } = Promise.withResolvers<void>();
  let archived = 0;
  const show = (said: (words: PageWords['progress']) => string, ready = false): void =>
    progress.show((words) => said(words.progress), { archived, of: notes, ready });

  async function run(): Promise<void> {
    show((words) => words.loading);
    await full;
    show((words) => words.loggingIn);
    await Promise.all(menus);
    await welcome();
    publish();
    show((words) => words.running(notes), true);
  }

  void run();
  return {
    archived(count) {
      archived = count;
      show((words) => words.loaded(count, notes));
      if (count >= notes) filled();
    },
  };
}
