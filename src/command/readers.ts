import { type Choices, DEFAULT_CHOICES, languageOf } from '../choices/choices.ts';
import type { Log } from '../log.ts';
import { languageFor } from '../text/texts.ts';
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
  choose(destination: string, choices: Choices): Promise<boolean>;
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
  /** Posts to somebody's own chat follow the language of their app while they have chosen none. Never rejects. */
  follow(asked: Pick<Invocation, 'asker' | 'place'>): Promise<void>;
}

/** The zone of those of whom nothing is known. */
const { timeZone: UNIVERSAL } = DEFAULT_CHOICES;

/** The choices with the language that the platform reports now. English, which is spoken anyway, is left out. */
export function withReported(choices: Choices, tag: string | undefined): Choices {
  const { reportedLanguage: _, ...others } = choices;
  const reported = languageFor(tag ?? 'en');
  return reported === 'en' ? others : { ...others, reportedLanguage: reported };
}

export function createReaders({ shelf, choices, choose, log }: ReaderParts): Readers {
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
      // Who asks in their own chat says now what the platform reports of them.
      const spokenThere = there && (place.kind === 'private' ? there.language : languageOf(there));
      return {
        language: chosen.language ?? spokenThere ?? asker.language,
        timeZone: chosen.timeZone ?? there?.timeZone ?? UNIVERSAL,
      };
    },
    async follow({ asker, place }) {
      if (place.kind !== 'private') return;
      try {
        const before = await choices(place.destination);
        const after = before && withReported(before, asker.reported ?? asker.language);
        if (after && after.reportedLanguage !== before.reportedLanguage)
          await choose(place.destination, after);
      } catch (error) {
        log.error('reader.unkept', { error });
      }
    },
  };
}
