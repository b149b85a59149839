import { type Choices, DEFAULT_CHOICES } from '../choices/choices.ts';
import type { Log } from '../log.ts';
import type { Invocation } from './invocation.ts';
import type { KnownReader, Reader } from './reader.ts';

/** What people have chosen for themselves, by the asker's id. */
export interface ReaderShelf {
  get(asker: string): Promise<KnownReader | undefined>;
  set(asker: string, reader: KnownReader): Promise<unknown>;
  delete(asker: string): Promise<unknown>;
}

export interface ReaderParts {
  readonly shelf: ReaderShelf;
  /** What is chosen at a destination; `undefined` where nothing arrives. */
  choices(destination: string): Promise<Choices | undefined>;
  readonly log: Log;
}

/** In what language and zone people are spoken to. */
export interface Readers {
  /** What somebody has chosen; nothing where that can't be read. Never rejects. */
  chosenBy(asker: string): Promise<KnownReader>;
  /** How to speak to somebody alone: as they chose, else in the language that their platform reported. Never rejects. */
  readerFor(asker: string, language: string): Promise<Required<Reader>>;
  /** How to answer; `shared`: everybody at the place sees it, so its language counts unless the asker has chosen one. */
  readersOf(asked: Invocation, chosen: Reader, shared: boolean): Promise<Required<Reader>>;
}

/** The zone of those of whom nothing is known. */
const { timeZone: UNIVERSAL } = DEFAULT_CHOICES;

export function createReaders({ shelf, choices, log }: ReaderParts): Readers {
  async function chosenBy(asker: string): Promise<KnownReader> {
    try {
      return (await shelf.get(asker)) ?? {};
    } catch (error) {
      // An answer in another language is better than none.
      log.error('reader.unread', { error });
      return {};
    }
  }

  return {
    chosenBy,
    async readerFor(asker, language) {
      const chosen = await chosenBy(asker);
      return { language: chosen.language ?? language, timeZone: chosen.timeZone ?? UNIVERSAL };
    },
    async readersOf({ asker, place }, chosen, shared) {
      const there = shared || place.kind === 'private' ? await choices(place.destination) : undefined;
      return {
        language: chosen.language ?? there?.language ?? asker.language,
        timeZone: chosen.timeZone ?? there?.timeZone ?? UNIVERSAL,
      };
    },
  };
}
