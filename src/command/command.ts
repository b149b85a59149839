import type { Texts } from '../i18n/texts.ts';
import type { Document } from '../note/document.ts';
import type { Author, NostrEvent, Note } from '../note/note.ts';
import type { PostType } from '../note/post-types.ts';
import type { LongNoteFallback } from '../note/present/long-note-fallback.ts';
import type { Query, SearchResult } from '../note/search/query.ts';
import type { Series } from '../note/series.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { Chat, User } from './chat.ts';
import type { Category, Menu } from './menu.ts';
import type { PreviewResult } from './request.ts';
import type { UserPreferences } from './user-preferences.ts';

/** One kind of post, to be looked at where it would arrive. */
export interface SamplePost {
  readonly name: keyof Texts['servers']['trial']['names'];
  readonly postType: PostType;
  readonly document: Document;
  readonly fallback?: LongNoteFallback;
}

export interface SampleResult extends PreviewResult {
  readonly name: SamplePost['name'];
}

/** Posts as deliveries do, with everything that is chosen, past the journal. */
export interface SamplePoster {
  post(
    destination: string,
    samples: readonly SamplePost[],
    choices: Preferences,
  ): Promise<readonly SampleResult[]>;
  /** Takes away all that was posted there so; false where something of it stays. */
  takeAway(destination: string, choices?: Preferences): Promise<boolean>;
}

/** So many characters at most, and so many proposals within 24 hours: of one asker, from one server or chat, in all. */
export const MAX_SUGGESTION_LENGTH = 1_000;
export const SUGGESTION_QUOTAS = { asker: 3, home: 20, all: 100 } as const;

/** One option of a command, said in the vocabulary that Discord and Telegram share. */
export type Option = {
  readonly required?: true;
  /** Left out of the platforms' menus: only buttons use it. */
  readonly hidden?: true;
  /** In a line it is only taken as `name:value`: a bare word belongs to another option. */
  readonly namedOnly?: true;
  /** Only platforms that have a form for options show it: in a line, the rest of the line says the same. */
  readonly formOnly?: true;
} /** The rest of the line where it is typed in one, so it comes last. */ & (
  | {
      readonly type: 'string';
      readonly maxLength: number;
      /** The ends of its lines mean something. */
      readonly multiline?: true;
      /** What the asker may be about to type, best first. Platforms that show such things ask at every letter. */
      readonly autocomplete?: Autocompleter;
      /** Where it is required and left out it is asked for (`command/form`). */
      readonly prompts?: true;
    }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'integer'; readonly min: number; readonly max: number }
);

/** At most 25, of at most 100 characters each: what is more is left out. */
export type Autocompleter = (
  typed: string,
  context: Pick<CommandContext, 'archive' | 'now' | 'texts' | 'timeZone'>,
) => Promise<readonly string[]>;

export type Options = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> = O extends { readonly type: 'integer' }
  ? number
  : O extends { readonly type: 'choice'; readonly choices: readonly (infer C)[] }
    ? C
    : string;

/** The arguments `run` receives: what the command declared, checked, and nothing else. */
export type ArgsOf<O extends Options> = {
  readonly [K in keyof O]: O[K] extends { readonly required: true }
    ? ValueOf<O[K]>
    : ValueOf<O[K]> | undefined;
};

/** The archive, as far as commands may look. */
export interface Archive {
  latest(wanted: {
    readonly count: number;
    readonly offset?: number;
    readonly postType?: PostType;
  }): Promise<readonly Note[]>;
  search(
    query: Query,
    page: { readonly count: number; readonly offset?: number; readonly postType?: PostType },
  ): Promise<SearchResult>;
  find(idOrKey: string): Promise<Note | undefined>;
  series(): Promise<readonly Series[]>;
  notesInSeries(
    name: string,
    page: { readonly count: number; readonly offset?: number },
  ): Promise<{ readonly notes: readonly Note[]; readonly total: number }>;
  neighbours(id: string): Promise<{ readonly earlier?: Note; readonly later?: Note }>;
  hashtags(beginning: string, count: number): Promise<readonly string[]>;
  randomNote(share: number, postTypes: readonly PostType[]): Promise<Note | undefined>;
  relaysOf(id: string): Promise<readonly string[]>;
}

/** How a relay is doing. `live`: all it had has been taken in; else `received` says how much came so far. */
export interface RelayStatus {
  readonly host: string;
  readonly connected: boolean;
  readonly live: boolean;
  readonly received: number;
  /** What kind of trouble there is, and since when it is not live. */
  readonly trouble?: string;
  readonly since?: number;
}

/** How the program is doing, in figures that readers may know. Times in milliseconds since 1970. */
export interface ProgramStatus {
  readonly notes: number;
  readonly firstAt?: number;
  readonly lastAt?: number;
  readonly waiting: number;
  readonly destinations: number;
  /** Posts of the last seven days that did not reach a place, and never will. */
  readonly lost: number;
  readonly relays: readonly RelayStatus[];
  /** What is wrong, in a few words, with `store`, `relays` or a platform by its name; `few-relays`, `withholding-relays`. Empty while all is well. */
  readonly troubles: Readonly<Record<string, string>>;
  readonly startedAt: number;
}

/** What became of a proposal: on its way to the author, or why it is not: too many from `asker`, `home` or `all`. */
export type SuggestionResult = 'taken' | 'blocked' | 'asker' | 'home' | 'all';

/** Addresses by which anybody gets the bot. */
export type InstallLinks = Readonly<Partial<Record<'discord' | 'telegram', string>>>;

/** What a command may see of the program. It can look and subscribe; it can't send. */
export interface CommandContext {
  readonly archive: Archive;
  readonly subscriptions: {
    /** `full`: this server or chat, or the asker, has too many already. */
    subscribe(destination: string, choices?: Preferences): Promise<'added' | 'resumed' | 'already' | 'full'>;
    /** So many destinations may be in one server or chat (`home`), and so many may one asker make. */
    readonly most: { readonly home: number; readonly asker: number };
    unsubscribe(destination: string): Promise<boolean>;
    /** What is chosen there; `undefined` where nothing arrives. */
    choices(destination: string): Promise<Preferences | undefined>;
    /** False where nothing arrives. */
    choose(destination: string, choices: Preferences): Promise<boolean>;
  };
  /** What the asker has chosen for themselves, wherever they ask. */
  readonly preferences: UserPreferences;
  /** IANA name of the zone in which those who see the answer count days. */
  readonly timeZone: string;
  savePreferences(reader: UserPreferences): Promise<void>;
  /** Removes all that is kept about the asker, once nothing else of theirs is in hand; posts to their own chat end. */
  forget(): Promise<void>;
  readonly samplePoster: SamplePoster;
  /** Shows the user alone a sample as it would arrive in the chat with these preferences, where the platform can. */
  readonly show?: (sample: SamplePost, preferences: Preferences) => Promise<PreviewResult>;
  status(): Promise<ProgramStatus>;
  /** Whether the author has a way to mark breaking news (`Choices.breaking`). */
  readonly hasBreaking: boolean;
  /** Where anybody gets the bot, on each platform that has told so. */
  links(): InstallLinks;
  author(): Author;
  /** A note in full, with what is known of those whom it names. Takes some seconds at most, and never rejects for them. */
  renderNote(note: Note): Promise<Document>;
  /** Checks once more, there and then, that an event says what the author signed: its id, its signature, its key. */
  verify(
    event: NostrEvent,
  ): { readonly status: 'verified' } | { readonly status: 'rejected'; readonly reason: string };
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 to 1, as `Math.random`. */
  random(): number;
  /** Passes words on to the author; absent where nobody can. */
  suggestToAuthor?(words: string): Promise<SuggestionResult>;
  readonly user: User;
  readonly chat: Chat;
  readonly platform: 'discord' | 'telegram';
  readonly menu: Menu;
  readonly texts: Texts;
}

export interface Command<O extends Options = Options> {
  /** Lower-case letters, digits, underscores, 1–32: what both platforms accept. Its texts stand in the catalogue under this name. */
  readonly name: string;
  readonly answerTo: 'everyone' | 'asker';
  /** `managers`: only those who manage the place. In private chats everybody does. */
  readonly for: 'readers' | 'managers';
  /** What of the program it can't do without: where that is absent, there is no such command. */
  readonly needs?: 'propose';
  /** Only this platform has what it is about. */
  readonly only?: 'discord' | 'telegram';
  /** Where /help lists it. */
  readonly category: Category;
  /** Required ones first; a `string` last. */
  readonly options: O;
  /** Throws `UserError` for mistakes of the user. */
  run(args: ArgsOf<O>, context: CommandContext): Promise<Document>;
}

/** Names the argument types of a command. It checks nothing and registers nothing. */
export function defineCommand<const O extends Options>(command: Command<O>): Command<O> {
  return command;
}
