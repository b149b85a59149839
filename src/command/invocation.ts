import type { ReadyDocument } from '../note/present/finish.ts';

/**
 * Options as a platform hands them over: by name (Discord's options, presses), as the rest of the line, or by the name
 * under which a press keeps them.
 */
export type CommandInput =
  | { readonly named: Readonly<Record<string, string | number | boolean>> }
  | { readonly line: string }
  | { readonly kept: string };

/** Who asks. `id` is the platform's, prefixed: `discord:<user id>`, `telegram:<user id>`. */
export interface User {
  readonly id: string;
  /** May manage the place asked from: Manage Server there, or admin of the group or channel; true in private. */
  readonly manages: boolean;
  /** IETF language tag as the platform reports it (`en-US`, `zh-hans`); `en` where it says nothing. */
  readonly language: string;
  /** The same whatever they chose, where a platform puts their choice in `language`. */
  readonly reported?: string;
  /** The destination that is their private chat with the bot, whether there is one yet or not; absent where nobody can say
   * who asks. */
  readonly inbox?: string;
}

/** Where the asker asks from. */
export interface Place {
  /** The destination that `subscribe` would make of this place: `discord:<channel>`, `telegram:<chat>[/topic]`. */
  readonly destination: string;
  /** The server, or the chat with all its topics, that the place is a part of. */
  readonly home: string;
  /** One reader's own chat; many people talking; a broadcast channel. */
  readonly kind: 'private' | 'group' | 'channel';
  /** False where notes can't be delivered: a server that has not installed the app, a kind of channel without messages. */
  readonly subscribable: boolean;
  /** Why not, and what can be done, in the asker's language, where the platform knows more than that. */
  readonly obstacle?: string;
  /** What is missing before notes can be delivered here, named as the platform's own screens name it. Empty: nothing. */
  missing(): Promise<readonly string[]>;
  /** What posts can look like here: styles, and what can be done with long texts, as the platform names them (`platform/variant`). */
  readonly looks: { readonly styles: readonly string[]; readonly longs: readonly string[] };
  /** IETF tag of the language that those who manage the place say it speaks, where the platform knows it. */
  readonly language?: string;
  /** The server that the place is in, where the platform has such and knows it. */
  readonly server?: Server;
  /** Addresses by which one lets the bot into a group or a channel of one's own, where the platform has such. */
  readonly invites?: { readonly group: string; readonly channel: string };
  /** What is typed before words in any chat to find posts to share (`@name`), where the platform has such and it is on. */
  readonly inlineName?: string;
}

/** What the platform knows of the server that somebody asks from, and can do there for them. Only where it has servers. */
export interface Server {
  /** A place of it by its id, whether or not posts come there; `undefined` where it has none of that id. */
  channel(id: string): Place | undefined;
  /** What is shown for a place of it, and leads there; `undefined` where the destination is none of its places. */
  nameOf(destination: string): string | undefined;
  /** Every place of it, as destinations. */
  readonly destinations: readonly string[];
  /** Whether what is posted where somebody asks can go out to other servers. */
  readonly isPublished: boolean;
  /** `undefined` where it has no such role. */
  role(id: string): Role | undefined;
  /** Why who asks may not have the role pinged where they ask, judged by what holds now; `undefined`: they may. */
  mentionRefusal(role: string): Promise<MentionRefusal | undefined>;
  /** A new role that everybody may be told by; gives its id, or why there is none: `forbidden`, we may not make roles. */
  makeRole(name: string): Promise<{ readonly id: string } | 'forbidden' | MentionRefusal>;
  /** Gives the asker the role, or takes it away where they have it; not where by what holds now it is none to give. */
  toggleRole(id: string): Promise<'given' | 'taken' | RoleRefusal>;
}

export interface Role {
  readonly name: string;
  /** Whether a message of ours that names it tells those who have it. */
  readonly isMentionable: boolean;
  /** Why we don't give it to people, as far as is known without asking; absent where we do. */
  readonly refusal?: RoleRefusal;
}

/**
 * Why we don't give a role to whoever asks, nor take it: it is everybody's; an app, a boost or a linked account gives it;
 * it allows more than everybody may in the server, or makes a difference in some channel; we are not above it or may not;
 * what it allows can't be seen now.
 */
export type RoleRefusal = 'everyone' | 'managed' | 'powers' | 'channels' | 'rank' | 'unknown';

/**
 * Why somebody may not have a role pinged by us: it is everybody's; there is none; they may not manage roles, or not one
 * as high; they may not mention it themselves; none of that can be seen now.
 */
export type MentionRefusal = 'everyone' | 'absent' | 'chooser' | 'rank' | 'mention' | 'unknown';

/** That somebody asks, before anything is done about it. */
export interface AdmissionRequest {
  readonly command: string;
  readonly asker: User;
  /** The channel or chat that the answer is read in. */
  readonly place: string;
}

/** `sentence` is for the asker alone. `first`: of several in a row; those after it need no words. */
export type Admission =
  | { readonly status: 'admitted' }
  | { readonly status: 'refused'; readonly sentence: string; readonly first: boolean };

/** One command asked for, on either platform, typed or by a button. */
export interface Invocation {
  readonly platform: 'discord' | 'telegram';
  /** Without slash, lower-case. */
  readonly command: string;
  readonly input: CommandInput;
  readonly asker: User;
  readonly place: Place;
  /** Where a platform can show the asker alone what a post would look like there. */
  readonly show?: ShowPreview;
}

/** What became of a sample: `plainer`, where the platform refused it as it was. `reason` is for people where it is a fix. */
export interface PreviewResult {
  readonly outcome: 'posted' | 'plainer' | 'refused';
  readonly reason?: string;
}

/** Shows the user alone what a post would look like at the place in a style (`Preferences.look`), beside the answer. Never rejects. */
export type ShowPreview = (post: ReadyDocument, style: string) => Promise<PreviewResult>;

/** An option of a command that is being typed. */
export interface AutocompleteRequest {
  readonly command: string;
  readonly option: string;
  /** As far as it has been typed. */
  readonly typed: string;
  /** As in `Asker`. */
  readonly asker: string;
  readonly language: string;
}

/** What is to be said to an invocation. Buttons in it carry presses of at most `MAX_PRESS_BYTES`. */
export interface Answer {
  readonly document: ReadyDocument;
  /** `asker`: nobody else needs to see it; platforms that can, hide it from others. */
  readonly to: 'everyone' | 'asker';
}
