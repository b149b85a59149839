import type { Command } from '../../../src/command/command.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import type { Language } from '../../../src/i18n/texts.ts';
import type { Note } from '../../../src/note/note.ts';
import { headlineOf, noteCode } from '../../../src/note/present/note-to-document.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import type { Program } from './program.fixture.ts';

/** `manager` may change the place where many people talk, `reader` may only write there. */
export type Who = 'reader' | 'manager';
/** Where many people talk, which is also the stage's destination; or one person's chat with the bot. */
export type Where = 'company' | 'private';

/** A message as its readers see it. */
export interface Message {
  /** Without markup, and without marks that take no room. */
  readonly text: string;
  /** Where a tap leads, and what is shown there. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly pictures: number;
  readonly buttons: readonly string[];
  /** It came without a sound. */
  readonly silent: boolean;
  /** The text of the message that it is shown to answer. */
  readonly answers?: string;
}

/** What came of asking or pressing, for whoever did it. */
export type Outcome =
  | {
      readonly status: 'answered';
      readonly message: Message;
      /** Nobody else sees it. */
      readonly hidden: boolean;
      /** It took the place of the message that was pressed on. */
      readonly inPlace: boolean;
    }
  /** Something is asked back: by a form, or by a message that the next words answer. */
  | { readonly status: 'asked back'; readonly question: string }
  /** The app does not let it be asked. */
  | { readonly status: 'not offered' }
  | { readonly status: 'unanswered' };

/** What can befall the bot. All but the last two are over after so many requests, or when it is calm again. */
export type InjectedFault =
  /** Nobody can log in. */
  | 'no login'
  /** The menu can be neither read nor written. */
  | 'no menu'
  /** Too many requests, with seven seconds to wait. */
  | 'busy'
  /** Broken on the platform's side. */
  | 'broken'
  /** The message's form is refused. */
  | 'refused'
  /** The message arrives, and the answer to it does not. */
  | 'lost answer'
  | 'dead token'
  /** The bot may no longer write in the destination. */
  | 'forbidden'
  /** The destination is deleted. */
  | 'gone';

export interface AskOptions {
  /** The reader unless said otherwise. */
  readonly by?: Who;
  /** In company unless said otherwise. */
  readonly where?: Where;
}

/** One platform's loopback with an adapter on it, driven in the same way whichever platform it is. */
export interface PlatformDriver {
  readonly platform: Platform;
  /** Another adapter on the same loopback, as after a restart. */
  another(options?: { readonly token: string }): Platform;
  /** Where many people talk, and where notes could be delivered. */
  readonly destination: string;
  /** What is written in it would ping the reader, if it were let. */
  readonly lure: string;
  /** The token, one that the platform does not know, and the variable that holds it. */
  readonly token: { readonly right: string; readonly wrong: string; readonly variable: string };
  /** What stands there for everybody, oldest first. In private: with the reader. */
  shown(where?: Where): readonly Message[];
  /** How many people were pinged so far, or could be by a tap. */
  pings(): number;
  /** Types a command such as `/latest count:3`. */
  ask(line: string, options?: AskOptions): Promise<Outcome>;
  /** Says what was asked back: sends in the form, or answers the question. */
  fill(words: string, options?: AskOptions): Promise<Outcome>;
  /** What the app suggests while somebody types a command, such as `/series morn`. */
  suggested(line: string): Promise<readonly string[]>;
  /** Presses the button with that label on the newest message there that has one. */
  press(label: string, options?: AskOptions): Promise<Outcome>;
  /** Puts up a message with a button that brings back just that, whoever thought of it. */
  postButton(label: string, token: string): Promise<void>;
  /** The commands that the platform's menu shows to somebody, with their descriptions, in the language of their app. */
  offered(to: Who, where?: Where): Readonly<Record<string, string>>;
  /** From now on somebody's app is in that language. */
  speaks(who: Who, language: Language): void;
  /** How often a menu was written. */
  writes(): number;
  /** How often an answer was announced before it came. */
  announced(): number;
  inject(trouble: InjectedFault, times?: number): void;
  /** Ends troubles early, and lets the bot write where it was forbidden. */
  recover(): void;
  /** The reader takes no private messages from the bot any more. */
  closePrivate(): void;
  removeBot(): void;
  returnBot(): void;
  /** Breaks the connection on which commands come in; settles when it is broken. */
  drop(): Promise<void>;
  /** Settles when the condition holds, tried whenever something happens on the loopback. */
  until(condition: () => boolean): Promise<unknown>;
  /** Ends every adapter and the loopback. */
  stop(): Promise<void>;
}

/** What the cases are given: the stage of the current test, and the program behind the adapter. */
export interface ContractFixture {
  readonly stage: PlatformDriver;
  readonly program: Program;
  /** Starts the stage's adapter with that program, or with one of these commands. */
  start(commands?: readonly Command[]): Promise<void>;
}

/** One promise of every platform. A platform may declare that it can't keep it; then it is shown not to. */
export type Case = (sentence: string, run: () => Promise<void>) => void;

/** What was said to whoever asked, or in brackets why nothing was. */
export function replyText(seen: Outcome): string {
  if (seen.status === 'asked back') return `[${seen.status}] ${seen.question}`;
  return seen.status === 'answered' ? seen.message.text : `[${seen.status}]`;
}

/** The codes of the notes that stand in a list, in order: lists show what notes are called. */
export const listedIn = (words: string, notes: readonly Note[]): readonly string[] =>
  [...words.matchAll(/^\d+\. (.+)$/gmu)].flatMap(([, line = '']) =>
    notes.filter((note) => line.startsWith(headlineOf(note, en).slice(0, 20))).map(noteCode),
  );
