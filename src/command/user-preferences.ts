import { languageFor } from '../i18n/texts.ts';
import type { Log } from '../lib/log.ts';
import { DEFAULT_PREFERENCES, languageOf, type Preferences } from '../preferences/preferences.ts';
import type { Invocation } from './invocation.ts';

/** What somebody has chosen for themselves, wherever they ask. */
export interface UserPreferences {
  /** IETF tag of one of the catalogues; absent: as the platform says. */
  readonly language?: string;
  /** IANA name; absent: UTC. */
  readonly timeZone?: string;
}

/** All that is kept of somebody. */
export interface UserRecord extends UserPreferences {
  /** Destination of their own chat, where posts came to it. */
  readonly chat?: string;
}

/** What people have chosen for themselves, by the asker's id. */
export interface UserKeyValue {
  get(asker: string): Promise<UserRecord | undefined>;
  set(asker: string, reader: UserRecord): Promise<unknown>;
  delete(asker: string): Promise<unknown>;
}

export interface UserPreferencesParts {
  readonly shelf: UserKeyValue;
  /** What is chosen at a destination; `undefined` where nothing arrives. */
  choices(destination: string): Promise<Preferences | undefined>;
  choose(destination: string, choices: Preferences): Promise<boolean>;
  readonly log: Log;
}

/** In what language and zone people are spoken to. */
export interface UserPreferencesService {
  /** What somebody has chosen; nothing where that can't be read. Never rejects. */
  load(asker: string): Promise<UserRecord>;
  /** How to speak to somebody alone: as they chose, else in the language that their platform reported. Never rejects. */
  readerFor(asker: string, language: string): Promise<Required<UserPreferences>>;
  /** How to answer; `shared`: everybody at the place sees it, so its language counts unless the asker has chosen one. */
  audienceOf(asked: Invocation, chosen: UserPreferences, shared: boolean): Promise<Required<UserPreferences>>;
  /** Posts to somebody's own chat follow the language of their app while they have chosen none. Never rejects. */
  recordReportedLanguage(asked: Pick<Invocation, 'user' | 'chat'>): Promise<void>;
}

/** The zone of those of whom nothing is known. */
const { timeZone: UNIVERSAL } = DEFAULT_PREFERENCES;

/** The choices with the language that the platform reports now. English, which is spoken anyway, is left out. */
export function withReportedLanguage(choices: Preferences, tag: string | undefined): Preferences {
  const { reportedLanguage: _, ...others } = choices;
  const reported = languageFor(tag ?? 'en');
  return reported === 'en' ? others : { ...others, reportedLanguage: reported };
}

export function createUserPreferences({
  shelf,
  choices,
  choose,
  log,
}: UserPreferencesParts): UserPreferencesService {
  async function chosenBy(asker: string): Promise<UserRecord> {
    try {
      return (await shelf.get(asker)) ?? {};
    } catch (error) {
      // An answer in another language is better than none.
      log.error('user.read_failed', { error });
      return {};
    }
  }

  return {
    load: chosenBy,
    async readerFor(asker, language) {
      const chosen = await chosenBy(asker);
      return { language: chosen.language ?? language, timeZone: chosen.timeZone ?? UNIVERSAL };
    },
    async audienceOf({ user, chat }, chosen, shared) {
      const there = shared || chat.kind === 'private' ? await choices(chat.destination) : undefined;
      // Who asks in their own chat says now what the platform reports of them.
      const spokenThere = there && (chat.kind === 'private' ? there.language : languageOf(there));
      return {
        language: chosen.language ?? spokenThere ?? user.language,
        timeZone: chosen.timeZone ?? there?.timeZone ?? UNIVERSAL,
      };
    },
    async recordReportedLanguage({ user, chat }) {
      if (chat.kind !== 'private') return;
      try {
        const before = await choices(chat.destination);
        const after = before && withReportedLanguage(before, user.reported ?? user.language);
        if (after && after.reportedLanguage !== before.reportedLanguage)
          await choose(chat.destination, after);
      } catch (error) {
        log.error('user.save_failed', { error });
      }
    },
  };
}
