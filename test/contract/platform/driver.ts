import type { Command } from '../../../src/command/command.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import type { Language } from '../../../src/i18n/texts.ts';
import type { Note } from '../../../src/note/note.ts';
import { headlineOf, noteCode } from '../../../src/note/present/note-to-document.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import type { Program } from './program.fixture.ts';

/** `manager` may change the group, `reader` may only write in it. */
export type Who = 'reader' | 'manager';
/** The group, which is also the destination, or a user's private chat with the bot. */
export type Where = 'company' | 'private';

/** A message as its readers see it. */
export interface Message {
  /** Without markup and zero-width characters. */
  readonly text: string;
  /** Links: where they lead, and the text shown. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly pictures: number;
  readonly buttons: readonly string[];
  /** It made no sound. */
  readonly silent: boolean;
  /** The text of the message that it replies to. */
  readonly answers?: string;
}

/** What a user sees after a command or a button. */
export type Outcome =
  | {
      readonly status: 'answered';
      readonly message: Message;
      /** Nobody else sees it. */
      readonly hidden: boolean;
      /** It replaced the message with the button. */
      readonly inPlace: boolean;
    }
  /** The user is prompted, by a form or by a question that their next message answers. */
  | { readonly status: 'asked back'; readonly question: string }
  /** The app doesn't offer the command. */
  | { readonly status: 'not offered' }
  | { readonly status: 'unanswered' };

/** Faults. All but the last two end after a number of requests, or with `recover`. */
export type InjectedFault =
  /** Nobody can log in. */
  | 'no login'
  /** The menu can be neither read nor written. */
  | 'no menu'
  /** Too many requests, with seven seconds to wait. */
  | 'busy'
  /** Broken on the platform's side. */
  | 'broken'
  /** The format of the message is refused. */
  | 'refused'
  /** The message arrives, but the response is lost. */
  | 'lost answer'
  | 'dead token'
  /** The bot may no longer write in the destination. */
  | 'forbidden'
  /** The destination is deleted. */
  | 'gone';

export interface AskOptions {
  /** The reader by default. */
  readonly by?: Who;
  /** The group by default. */
  readonly where?: Where;
}

/** A platform's sandbox with an adapter, driven the same way for every platform. */
export interface PlatformDriver {
  readonly platform: Platform;
  /** Another adapter on the same sandbox, as after a restart. */
  another(options?: { readonly token: string }): Platform;
  /** The group. */
  readonly destination: string;
  /** Text that would ping the reader if it weren't escaped. */
  readonly lure: string;
  /** The token, one that the platform doesn't know, and the name of its variable. */
  readonly token: { readonly right: string; readonly wrong: string; readonly variable: string };
  /** The messages that everybody sees there, oldest first; in private, those with the reader. */
  shown(where?: Where): readonly Message[];
  /** How many people were pinged so far, or could be by tapping a link. */
  pings(): number;
  /** Types a command such as `/latest count:3`. */
  ask(line: string, options?: AskOptions): Promise<Outcome>;
  /** Answers a prompt: submits the form, or replies to the question. */
  fill(words: string, options?: AskOptions): Promise<Outcome>;
  /** What the app suggests while somebody types a command, such as `/series morn`. */
  suggested(line: string): Promise<readonly string[]>;
  /** Presses the button with this label on the newest message that has one. */
  press(label: string, options?: AskOptions): Promise<Outcome>;
  /** Posts a message with a button with this token, possibly a forged one. */
  postButton(label: string, token: string): Promise<void>;
  /** The commands that the platform's menu shows to somebody, with their descriptions, in the language of their app. */
  offered(to: Who, where?: Where): Readonly<Record<string, string>>;
  /** Sets the language of somebody's app. */
  speaks(who: Who, language: Language): void;
  /** How often a menu was written. */
  writes(): number;
  /** How often an answer was deferred. */
  announced(): number;
  inject(trouble: InjectedFault, times?: number): void;
  /** Ends all faults and gives the bot its permissions back. */
  recover(): void;
  /** The reader no longer accepts private messages from the bot. */
  closePrivate(): void;
  removeBot(): void;
  returnBot(): void;
  /** Closes the connection on which commands arrive; resolves when it is closed. */
  drop(): Promise<void>;
  /** Resolves when the condition holds. Checked whenever something happens in the sandbox. */
  until(condition: () => boolean): Promise<unknown>;
  /** Stops every adapter and the sandbox. */
  stop(): Promise<void>;
}

/** What the cases use: the driver of the current test, and the program behind the adapter. */
export interface ContractFixture {
  readonly stage: PlatformDriver;
  readonly program: Program;
  /** Starts the adapter with the program, or with one that has these commands. */
  start(commands?: readonly Command[]): Promise<void>;
}

/** A promise that every platform keeps. If one declares that it can't, the suite checks that it really doesn't. */
export type Case = (sentence: string, run: () => Promise<void>) => void;

/** The text of the answer, or in brackets why there is none. */
export function replyText(seen: Outcome): string {
  if (seen.status === 'asked back') return `[${seen.status}] ${seen.question}`;
  return seen.status === 'answered' ? seen.message.text : `[${seen.status}]`;
}

/** The names of the notes in a list, in order. */
export const listedIn = (words: string, notes: readonly Note[]): readonly string[] =>
  [...words.matchAll(/^\d+\. (.+)$/gmu)].flatMap(([, line = '']) =>
    notes.filter((note) => line.startsWith(headlineOf(note, en).slice(0, 20))).map(noteCode),
  );
