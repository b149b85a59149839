import { type Language, languageFor, type Texts, textsFor } from '../i18n/texts.ts';
import type { Document } from '../note/document.ts';
import type { Note } from '../note/note.ts';
import type { Presenter } from '../note/present/finish.ts';
import type { PlatformName } from '../platform/platforms.ts';
import { languageOf, type Preferences } from '../preferences/preferences.ts';
import type { Chat, User } from './chat.ts';
import type { CommandContext } from './command.ts';
import { type Menu, menuOnPlatform } from './menu.ts';
import type { Responder } from './request.ts';
import type { UserLock } from './user-locks.ts';
import type { UserKeyValue, UserPreferences, UserRecord } from './user-preferences.ts';

/** The part of the command context that is the same for all requests. */
export interface CommandProgram
  extends Pick<
    CommandContext,
    | 'archive'
    | 'samplePoster'
    | 'status'
    | 'audience'
    | 'drawPicture'
    | 'author'
    | 'verify'
    | 'hasBreaking'
    | 'installLinks'
    | 'now'
    | 'random'
  > {
  present(note: Note, texts: Texts): Promise<Document>;
  readonly finish: Presenter['finish'];
  /** Deletes what is stored about a user; `own`: their inbox and the destinations that are theirs alone. */
  forget(user: string, own: readonly string[]): Promise<void>;
  /** Absent if nobody reads suggestions; commands that need it then don't exist. */
  submitSuggestion?(words: string, by: Invoker): ReturnType<NonNullable<CommandContext['suggestToAuthor']>>;
  readonly subscriptions: Omit<CommandContext['subscriptions'], 'subscribe'> & {
    /** `owner`: the user, and the server or chat that the destination belongs to (`Chat.home`). */
    subscribe(
      destination: string,
      owner: { readonly user: string; readonly home: string },
      preferences?: Preferences,
    ): ReturnType<CommandContext['subscriptions']['subscribe']>;
  };
  readonly userStorage: UserKeyValue;
}

/** Who invoked a command, and where. */
export interface Invoker {
  readonly platform: PlatformName;
  readonly user: User;
  readonly chat: Chat;
}

export interface Invocation extends Invoker {
  readonly record: UserRecord;
  readonly locale: Required<UserPreferences>;
  readonly lock: UserLock;
  readonly preview?: Responder['preview'];
}

/** The context for one run of a command. */
export function createCommandContext(
  { present, finish, forget, submitSuggestion, subscriptions, userStorage, ...program }: CommandProgram,
  menuIn: (language: Language) => Menu,
  { record, locale, lock, preview, ...invoker }: Invocation,
): CommandContext {
  const { user, chat, platform } = invoker;
  const texts = textsFor(locale.language);
  const owner = { user: user.id, home: chat.home };
  let { chat: ownChat } = record;
  const savePreferences = async (preferences: UserPreferences): Promise<void> =>
    void (await userStorage.set(user.id, {
      ...preferences,
      ...(ownChat !== undefined && { chat: ownChat }),
    }));
  return {
    ...program,
    renderNote: (note) => present(note, texts),
    subscriptions: {
      ...subscriptions,
      async subscribe(destination, preferences) {
        const outcome = await subscriptions.subscribe(destination, owner, preferences);
        if (chat.kind === 'private' && outcome !== 'full' && ownChat !== destination) {
          ownChat = destination;
          await savePreferences(record);
        }
        return outcome;
      },
    },
    ...(submitSuggestion && { suggestToAuthor: (words) => submitSuggestion(words, invoker) }),
    ...(preview && {
      previewSample: ({ document, fallback }, preferences) => {
        const { style, timeZone } = preferences;
        return preview(finish(document, { language: languageOf(preferences), timeZone }, fallback), style);
      },
    }),
    preferences: record,
    timeZone: locale.timeZone,
    savePreferences,
    forget: () =>
      lock.runExclusive(async () => {
        const here = chat.kind === 'private' ? [chat.destination, chat.home] : [];
        // A request that has just finished may have recorded the private chat.
        const recorded = (await userStorage.get(user.id))?.chat;
        const own = [...here, ownChat, recorded, user.inbox].filter((id) => id !== undefined);
        for (const id of new Set(own)) await subscriptions.unsubscribe(id);
        await userStorage.delete(user.id);
        await forget(user.id, own);
      }),
    ...invoker,
    menu: menuOnPlatform(platform, menuIn(languageFor(locale.language))),
    texts,
  };
}
