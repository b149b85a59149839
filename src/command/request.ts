import type { CommandTexts } from '../i18n/command-texts.ts';
import type { Texts } from '../i18n/texts.ts';
import type { ReadyDocument } from '../note/present/finish.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { Chat, User } from './chat.ts';

/** Options by name, as from menus, buttons and forms, or the text typed after a command. */
export type CommandInput =
  | { readonly named: Readonly<Record<string, string | number | boolean>> }
  | { readonly line: string };

/** A user's request, as the platform reports it. The handler works out what it means. */
export type UserRequest = RequestBase &
  (
    | {
        readonly type: 'command';
        /** Without the slash, lower-case; the current name or a former one. */
        readonly command: string;
        readonly input: CommandInput;
        /** False where it may be meant for another bot: then an unknown command gets no answer. */
        readonly isAddressed: boolean;
      }
    /** A button or a select: its token (`callback-codec`), and the selected values. */
    | { readonly type: 'callback'; readonly token: string; readonly selected?: readonly string[] }
    /** A submitted form: the token that `Responder.prompt` opened it with, and its fields by option. */
    | { readonly type: 'form'; readonly token: string; readonly fields: Readonly<Record<string, string>> }
  );

interface RequestBase {
  readonly platform: PlatformName;
  /** `isManager` is a function where finding out takes an API call; it never rejects. `language` is as reported. */
  readonly user: Omit<User, 'isManager' | 'reportedLanguage'> & {
    readonly isManager: boolean | (() => Promise<boolean>);
  };
  /** The chat it comes from, with sentences for people in these texts' language. */
  chat(texts: Texts): Chat;
  /** Set if only managers may use the bot here: the refusal for everybody else. */
  readonly managersOnly?: (texts: Texts) => string;
}

/**
 * A platform's side of one request. No method rejects: what can't be delivered is logged. `refuse`, `prompt`,
 * `cleanUp` and `answer` each end the request; `accept` comes before `answer`.
 */
export interface Responder {
  /** Acknowledges the request, at once or when the answer takes long, as the platform requires. */
  accept(mode: ResponseMode): void;
  answer(answer: Answer): Promise<void>;
  refuse(refusal: Refusal): Promise<void>;
  /** Prompts for a missing option. Absent if the user couldn't answer. */
  prompt?(form: PromptForm, texts: Texts): Promise<void>;
  /** Drops the prompt that the user hasn't answered yet. False if there is none. */
  cancelPrompt?(): Promise<boolean>;
  /** Shows a post below the answer, to the user only. Absent where nobody else would see it anyway. */
  readonly preview?: ShowPreview;
  /**
   * Deletes the messages about setting up the chat. False if that failed. Absent on platforms where others don't see
   * them.
   */
  cleanUp?(texts: Texts): Promise<boolean>;
}

/** How an answer will be shown, as far as that is known before there is one. */
export interface ResponseMode {
  /** Whether it replaces the message whose button was pressed. */
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
  /** `user`: nobody else needs to see it, and platforms that can hide it from others do. */
  readonly to: 'everyone' | 'user';
}

export type FormTexts = NonNullable<CommandTexts['form']>;

/** A prompt for a missing option: a form on some platforms, elsewhere a question that the next message answers. */
export interface PromptForm extends Omit<FormTexts, 'question'> {
  readonly question: string;
  readonly command: string;
  readonly option: string;
  readonly maxLength: number;
}

/** Why a request isn't answered. Only the user sees it. */
export interface Refusal {
  readonly sentence: string;
  /** False from the second refusal in a row: a platform that allows silence needn't answer those. */
  readonly isFirst: boolean;
}

/** What happened to a sample: `plainer` if only a simpler form was accepted. `reason` is for people. */
export interface PreviewResult {
  readonly outcome: 'posted' | 'plainer' | 'refused';
  readonly reason?: string;
}

/**
 * Shows only the user, below the answer, what a post would look like in the chat in a style (`Preferences.style`).
 * Never rejects.
 */
export type ShowPreview = (post: ReadyDocument, style: string) => Promise<PreviewResult>;

/** A request for values that complete what is typed into an option. */
export interface AutocompleteRequest {
  readonly command: string;
  readonly option: string;
  /** What has been typed so far. */
  readonly typed: string;
  /** `User.id`. */
  readonly user: string;
  /** IETF tag, as reported. */
  readonly language: string;
}

/** A request for posts to share in another chat: search results, or the newest posts if there are no words. */
export interface SharedNotesRequest {
  readonly words: string;
  /** Empty at first, then `SharedNotesPage.next`. */
  readonly offset: string;
  /** `User.id`. */
  readonly user: string;
  /** IETF tag, as reported. */
  readonly language: string;
}
