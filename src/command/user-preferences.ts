import { languageFor } from '../i18n/texts.ts';
import type { KeyValue } from '../lib/key-value.ts';
import type { Log } from '../lib/log.ts';
import { DEFAULT_PREFERENCES, languageOf, type Preferences } from '../preferences/preferences.ts';
import type { Chat, User } from './chat.ts';

/** A user's own preferences, which apply in every chat. */
export interface UserPreferences {
  /** IETF tag of one of the catalogues; absent: as the platform reports. */
  readonly language?: string;
  /** IANA name; absent: UTC. */
  readonly timeZone?: string;
}

/** Everything stored about a user. */
export interface UserRecord extends UserPreferences {
  /** Destination of their private chat, once posts were delivered there. */
  readonly chat?: string;
}

/** Records by `User.id`. */
export type UserKeyValue = Pick<KeyValue<UserRecord>, 'get' | 'set' | 'delete'>;

export interface UserPreferencesParts {
  readonly storage: UserKeyValue;
  /** The preferences of a destination; `undefined` if it isn't subscribed. */
  preferencesOf(destination: string): Promise<Preferences | undefined>;
  setPreferences(destination: string, preferences: Preferences): Promise<boolean>;
  readonly log: Log;
}

/** The language and time zone of answers. */
export interface UserPreferencesService {
  /** A user's record, empty if it can't be read: an answer in another language is better than none. Never rejects. */
  load(user: string): Promise<UserRecord>;
  /**
   * The language and time zone for an answer. `isPublic`: everybody in the chat sees it, so the chat's language
   * counts unless the user has chosen one. In a private chat this also records the language that the app reports,
   * which posts there use.
   */
  localeFor(
    user: User,
    chat: Chat,
    record: UserRecord,
    isPublic: boolean,
  ): Promise<Required<UserPreferences>>;
}

/** The language and time zone for a user alone: those they chose, or else the language their platform reports. */
export const privateLocale = (record: UserRecord, reported: string): Required<UserPreferences> => ({
  language: record.language ?? reported,
  timeZone: record.timeZone ?? DEFAULT_PREFERENCES.timeZone,
});

/** The preferences with the language that the platform reports now. English is the default and left out. */
export function withReportedLanguage(preferences: Preferences, tag: string | undefined): Preferences {
  const { reportedLanguage: _, ...others } = preferences;
  const reported = languageFor(tag ?? 'en');
  return reported === 'en' ? others : { ...others, reportedLanguage: reported };
}

export function createUserPreferences({
  storage,
  preferencesOf,
  setPreferences,
  log,
}: UserPreferencesParts): UserPreferencesService {
  async function recordReported({ destination }: Chat, before: Preferences, reported: string) {
    const after = withReportedLanguage(before, reported);
    if (after.reportedLanguage === before.reportedLanguage) return;
    try {
      await setPreferences(destination, after);
    } catch (error) {
      log.error('user.save_failed', { error });
    }
  }

  return {
    async load(user) {
      try {
        return (await storage.get(user)) ?? {};
      } catch (error) {
        log.error('user.read_failed', { error });
        return {};
      }
    },
    async localeFor(user, chat, record, isPublic) {
      const isPrivate = chat.kind === 'private';
      const chatPreferences = isPublic || isPrivate ? await preferencesOf(chat.destination) : undefined;
      if (chatPreferences && isPrivate)
        await recordReported(chat, chatPreferences, user.reportedLanguage ?? user.language);
      // In a private chat, the language that the app reports now takes precedence over an earlier one.
      const chatLanguage =
        chatPreferences && (isPrivate ? chatPreferences.language : languageOf(chatPreferences));
      return {
        language: record.language ?? chatLanguage ?? user.language,
        timeZone: record.timeZone ?? chatPreferences?.timeZone ?? DEFAULT_PREFERENCES.timeZone,
      };
    },
  };
}
