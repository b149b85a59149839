import type { CommandTexts } from '../i18n/command-texts.ts';
import type { Texts } from '../i18n/texts.ts';
import type { ReadyDocument } from '../note/present/finish.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { Chat, User } from './chat.ts';

/** Options by name, as menus, buttons and forms have them, or what was typed after a command. */
export type CommandInput =
  | { readonly named: Readonly<Record<string, string | number | boolean>> }
  | { readonly line: string };

/** What a user asks of the bot, as the platform reports it. The handler works out what it means. */
export type UserRequest = RequestBase &
  (
    | {
        readonly type: 'command';
        /** Without the slash, lower-case, by its present name or a former one. */
        readonly command: string;
        readonly input: CommandInput;
        /** False where it may be meant for another bot: then an unknown command gets no answer. */
        readonly isAddressed: boolean;
      }
    /** A button or a select: its token (`callback-codec`), and what was selected. */
    | { readonly type: 'callback'; readonly token: string; readonly selected?: readonly string[] }
    /** A form that `Responder.prompt` opened, sent in: the token it was opened with, and its fields by option. */
    | { readonly type: 'form'; readonly token: string; readonly fields: Readonly<Record<string, string>> }
  );

interface RequestBase {
  readonly platform: PlatformName;
  /** `manages` is a function where finding out takes an API call; it never rejects. `language` is as reported. */
  readonly user: Omit<User, 'manages' | 'reported'> & {
    readonly manages: boolean | (() => Promise<boolean>);
  };
  /** The chat it comes from. What `Chat` says to people is in the language of these texts. */
  chat(texts: Texts): Chat;
  /** Set where only managers may ask: what everybody else is told. */
  readonly managersOnly?: (texts: Texts) => string;
}

/**
 * A platform's side of one request. No method rejects: what can't be delivered is logged. `refuse`, `prompt`, `cleanUp` and
 * `answer` each end the request; `accept` comes before `answer`.
 */
export interface Responder {
  /** The request is being worked on. Platforms that want a quick sign of that give it now, or once it takes long. */
  accept(mode: ResponseMode): void;
  answer(answer: Answer): Promise<void>;
  refuse(refusal: Refusal): Promise<void>;
  /** Asks for what a command lacks. Absent where there is nobody to ask. */
  prompt?(form: PromptForm, texts: Texts): Promise<void>;
  /** Forgets what the user was last prompted for. False if there was nothing. */
  cancelPrompt?(): Promise<boolean>;
  /** Shows the user alone a post below the answer. Absent where the user is alone anyway. */
  readonly preview?: ShowPreview;
  /** Deletes the messages about setting up the chat. False where that failed. Only platforms on which others see them have it. */
  cleanUp?(texts: Texts): Promise<boolean>;
}

/** How an answer will be shown, as far as that is known before there is one. */
export interface ResponseMode {
  /** Whether it takes the place of the message whose button was pressed. */
  readonly replace: boolean;
  readonly to: Answer['to'];
  /** Whether the command is one for managers. */
  readonly isSetup: boolean;
  /** IETF tag of the user's language. */
  readonly language: string;
}

/** A reply to a request. Its buttons hold callbacks of at most `MAX_CALLBACK_BYTES`. */
export interface Answer {
  readonly document: ReadyDocument;
  /** `asker`: nobody else needs to see it, and platforms that can hide it from others do. */
  readonly to: 'everyone' | 'asker';
}

export type FormTexts = NonNullable<CommandTexts['form']>;

/** What a command still needs to be told: platforms show a form, or ask and take the next message for the answer. */
export interface PromptForm extends Omit<FormTexts, 'question'> {
  readonly question: string;
  readonly command: string;
  readonly option: string;
  readonly maxLength: number;
}

/** Why a request is not answered, for the user alone. */
export interface Refusal {
  readonly sentence: string;
  /** False for the second and later of several refusals in a row: those need no words where the platform allows silence. */
  readonly isFirst: boolean;
}

/** What became of a sample: `plainer` if the platform refused it as it was. A `reason` that can be fixed is for people. */
export interface PreviewResult {
  readonly outcome: 'posted' | 'plainer' | 'refused';
  readonly reason?: string;
}

/** Shows the user alone what a post would look like in the chat in a style (`Preferences.look`), below the answer. Never rejects. */
export type ShowPreview = (post: ReadyDocument, style: string) => Promise<PreviewResult>;

/** Asks what somebody may be typing into an option. */
export interface AutocompleteRequest {
  readonly command: string;
  readonly option: string;
  /** As far as it has been typed. */
  readonly typed: string;
  /** `User.id`. */
  readonly user: string;
  /** IETF tag, as reported. */
  readonly language: string;
}

/** Asks for posts to pass on into another chat: what the words find, or the newest. */
export interface SharedNotesRequest {
  readonly words: string;
  /** Empty at first, then `SharedNotesPage.next`. */
  readonly offset: string;
  /** `User.id`. */
  readonly user: string;
  /** IETF tag, as reported. */
  readonly language: string;
}
