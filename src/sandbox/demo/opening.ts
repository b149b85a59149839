import type { Board } from './board.ts';

/** What must have happened before the demo begins, and what it then does by itself. */
export interface OpeningParts {
  readonly board: Board;
  /** Old notes that the archive is going to hold. */
  readonly notes: number;
  /** Resolve when the platforms' command menus stand. */
  readonly menus: readonly Promise<void>[];
  /** A reader presses Start on Telegram. Resolves when the bot has answered. */
  readonly welcome: () => Promise<void>;
  readonly publish: () => void;
}

export interface Opening {
  /** So many old notes are in the archive now. */
  archived(notes: number): void;
}

/** Shows how far the start has come, and once the program is at work, welcomes a reader and publishes a first note. */
export function createOpening({ board, notes, menus, welcome, publish }: OpeningParts): Opening {
  const { promise: full, resolve: filled } = Promise.withResolvers<void>();
  let archived = 0;
  const show = (words: string, ready = false): void =>
    board.put('progress', { type: 'progress', progress: { archived, of: notes, words, ready } });

  async function run(): Promise<void> {
    show('Starting: the archive fills…');
    await full;
    show('The archive is full; logging in…');
    await Promise.all(menus);
    await welcome();
    publish();
    show(`At work · ${notes} older notes in the archive`, true);
  }

  void run();
  return {
    archived(count) {
      archived = count;
      show(`${count} of ${notes} older notes in the archive`);
      if (count >= notes) filled();
    },
  };
}
