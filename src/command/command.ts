import type { Texts } from '../i18n/texts.ts';
import type { Document } from '../note/document.ts';
import type { Author, NostrEvent, Note } from '../note/note.ts';
import type { PlatformFeature, PlatformName } from '../platform/platforms.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { ReadableArchive } from '../store/archive.ts';
import type { Chat, User } from './chat.ts';
import type { Category, Menu } from './menu.ts';
import type { ArgsOf, Options } from './options.ts';
import type { ProgramStatus } from './program-status.ts';
import type { PreviewResult } from './request.ts';
import type { SamplePost, SamplePoster } from './sample-poster.ts';
import type { SuggestionResult } from './suggestions.ts';
import type { UserPreferences } from './user-preferences.ts';

/** Links that add the bot, by platform. */
export type InstallLinks = Readonly<Partial<Record<PlatformName, string>>>;

/** How many channels and chats receive posts on a platform. */
export interface Audience {
  readonly active: number;
  readonly joined: number;
  readonly left: number;
}

/** Everything that a command can use. It can read and subscribe; it can't send. */
export interface CommandContext {
  readonly archive: ReadableArchive;
  readonly subscriptions: {
    /** `full`: the server, the chat or the user has reached the limit. */
    subscribe(
      destination: string,
      preferences?: Preferences,
    ): Promise<'added' | 'resumed' | 'already' | 'full'>;
    /** Maximum number of destinations per server or chat (`home`), and per user. */
    readonly limits: { readonly home: number; readonly user: number };
    unsubscribe(destination: string): Promise<boolean>;
    /** The preferences of a destination; `undefined` if it isn't subscribed. */
    preferencesOf(destination: string): Promise<Preferences | undefined>;
    /** False if the destination isn't subscribed. */
    setPreferences(destination: string, preferences: Preferences): Promise<boolean>;
  };
  /** The user's own preferences, which apply in every chat. */
  readonly preferences: UserPreferences;
  /** IANA time zone of the answer's readers, for its dates. */
  readonly timeZone: string;
  savePreferences(preferences: UserPreferences): Promise<void>;
  /**
   * Deletes everything stored about the user, once their other requests have finished, and unsubscribes their private
   * chat.
   */
  forget(): Promise<void>;
  readonly samplePoster: SamplePoster;
  /**
   * Shows only the user a sample as it would arrive in the chat with these preferences. Absent if the platform can't.
   */
  readonly previewSample?: (sample: SamplePost, preferences: Preferences) => Promise<PreviewResult>;
  status(): Promise<ProgramStatus>;
  /** Subscribed chats by platform; `joined` and `left` count the last 30 days. */
  audience(): Promise<Readonly<Partial<Record<PlatformName, Audience>>>>;
  /** Draws an SVG picture and returns its URL, for media in the answer; `undefined` if that fails. */
  drawPicture(svg: string): Promise<string | undefined>;
  /** Whether the author can mark breaking news (`Preferences.breaking`). */
  readonly hasBreaking: boolean;
  /** The links of the platforms that have reported one. */
  installLinks(): InstallLinks;
  author(): Author;
  /**
   * A note in full, with the people and notes it mentions resolved. That takes some seconds at most; what isn't found
   * stays unresolved.
   */
  renderNote(note: Note): Promise<Document>;
  /** Verifies an event again, from scratch: its ID, its signature and its key. */
  verify(
    event: NostrEvent,
  ): { readonly status: 'verified' } | { readonly status: 'rejected'; readonly reason: string };
  /** Milliseconds since 1970. */
  now(): number;
  /** Like `Math.random`. */
  random(): number;
  /** Passes a suggestion on to the author. Absent if the bot has no key to do so. */
  suggestToAuthor?(words: string): Promise<SuggestionResult>;
  readonly user: User;
  readonly chat: Chat;
  readonly platform: PlatformName;
  readonly menu: Menu;
  readonly texts: Texts;
}

export interface Command<O extends Options = Options> {
  /**
   * Lower-case letters, digits, underscores, 1–32: what all platforms accept. Its texts are in the catalogues under
   * this name.
   */
  readonly name: string;
  readonly answerTo: 'everyone' | 'user';
  /** `managers`: only people who manage the chat; in a private chat, everybody does. */
  readonly for: 'readers' | 'managers';
  /** An optional part of the program; without it, the command doesn't exist. */
  readonly requires?: 'submitSuggestion';
  /** The command exists only on platforms with this feature. */
  readonly requiredFeature?: PlatformFeature;
  /** Where /help lists it. */
  readonly category: Category;
  /** Required ones first; a `string` last. */
  readonly options: O;
  /** Throws `UserError` for the user's mistakes. */
  run(args: ArgsOf<O>, context: CommandContext): Promise<Document>;
}

/** Infers the argument types of a command. It checks and registers nothing. */
export function defineCommand<const O extends Options>(command: Command<O>): Command<O> {
  return command;
}
