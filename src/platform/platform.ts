import type { RequestHandler } from '../command/request-handler.ts';
import type { NewServer } from '../command/views/greeting.ts';
import type { Finding } from '../lib/finding.ts';
import type { Rate } from '../lib/rate-limiter.ts';
import type { ReadyDocument } from '../note/present/finish.ts';
import type { PlatformName } from './platforms.ts';

/** One part of a document, rendered for its platform. Only the adapter that made it can read it. */
export interface Body {
  /** How many messages it counts as for rate limits: an album counts each item. */
  readonly cost: number;
  /** The content of the API call; private to the adapter. */
  readonly call: unknown;
}

/** The result of one send. The adapter classifies it; `delivery/result-recorder` decides what follows. */
export type SendResult =
  /**
   * `receipt` identifies the message or messages; opaque outside the adapter. `simplified`: why the platform refused the
   * body as it was, if a plainer form was posted instead.
   */
  | { readonly status: 'sent'; readonly receipt: string; readonly simplified?: string }
  /**
   * Try again later. `afterMs` is the wait that the platform asked for; `scope` says whether it applies to this destination
   * or to the whole platform. `uncertain`: the request may have succeeded (timeout or reset after the body was written).
   */
  | {
      readonly status: 'retry';
      readonly afterMs?: number;
      readonly scope: 'destination' | 'platform';
      readonly uncertain: boolean;
      readonly reason: string;
    }
  /** The platform refuses this body, even in its plainer forms. Other bodies may succeed at this destination. */
  | { readonly status: 'rejected'; readonly reason: string }
  /** The destination can't be written to, for now or for good (`gone`). `fix`: tells people what to do. */
  | {
      readonly status: 'unreachable';
      readonly gone: boolean;
      readonly reason: string;
      readonly fix?: string;
    }
  /** The destination has a new ID (a group became a supergroup); send there. */
  | { readonly status: 'moved'; readonly to: string; readonly reason: string }
  /** The token was revoked: nothing works on this platform any more. */
  | { readonly status: 'halted'; readonly reason: string };

/**
 * The result of an edit or a deletion. `unsupported`: the platform has no call for it, or not for this message (too
 * old, not of a kind that can be edited). Nothing was changed, and a retry won't help; the journal entry is settled and
 * the message stays.
 */
export type ChangeResult = SendResult | { readonly status: 'unsupported'; readonly reason: string };

/** Options of one send. A platform ignores those it has no means for. */
export interface DeliveryOptions {
  /** Receipt of a message in the same destination to reply to; ignored if that message is gone. */
  readonly replyTo?: string;
  /** An earlier attempt may have arrived. If the platform can look up sent messages, the adapter checks first. */
  readonly uncertain?: boolean;
  /** Without a notification sound. */
  readonly silent?: boolean;
  /** Receipt of the note's first part, if this is a further one: in a forum they belong in the same post. */
  readonly first?: string;
  /** Labels that the post may get, best first: its post type, its series, its hashtags. */
  readonly labels?: readonly string[];
  /** ID of a topic of the destination to post in. Replies and edits need no topic: the receipt is enough. */
  readonly topic?: string;
  /** One of many that aren't answers to anybody: a post to subscribers. Platforms may charge for many of them at once. */
  readonly broadcast?: boolean;
  /** ID of a role to mention; nobody else is notified. An edit doesn't mention it again. */
  readonly mentionRole?: string;
  /** Send the message even while another instance has the token and this one is on standby. */
  readonly urgent?: boolean;
}

/**
 * A problem that only the operator can solve. `refused`: the platform rejects the token or the bot's settings; nothing
 * works until they're changed and the bot is restarted. `shared`: another program uses the token as well. `standby`:
 * another instance had the token first, so this one does nothing. `unpaid`: the platform doesn't grant the rate that was
 * to be paid for; deliveries go on at the free one.
 */
export type PlatformObstacle = 'refused' | 'shared' | 'standby' | 'unpaid';

/** Why a destination gets no posts, for somebody who can fix it. */
export interface FailureNotice {
  readonly destination: string;
  /** A sentence that says what to do. */
  readonly fix: string;
  /** The person to tell first (`User.id`). */
  readonly user?: string;
  /** IETF tag, if known. */
  readonly language?: string;
}

/** The program as an adapter sees it: requests to answer, and events to report. */
export interface Host extends RequestHandler {
  /** The greeting for a server that has just added the bot; `undefined` if it needs none or has had one. */
  readonly greetingFor?: (newcomer: NewServer) => Promise<ReadyDocument | undefined>;
  /** A destination and its topics became unreachable: the bot was blocked or removed, or the chat deleted. */
  destinationLost(destination: string, reason: string): Promise<void>;
  /** A destination can be written to again, or changed so that it may be; that includes one that was gone. */
  destinationRestored(destination: string): Promise<void>;
  /** A destination has a new ID. */
  destinationMoved(from: string, to: string): Promise<void>;
  /** Destinations that are suspended. Report those that can be written to again as `destinationRestored`. */
  suspendedDestinations(): Promise<readonly string[]>;
}

/** Checks of a platform's set-up, made without logging in. They post and change nothing, and never reject. */
export interface PlatformInspection {
  /** Address of the API. */
  readonly apiUrl: string;
  /** Which bot the token belongs to. */
  identify(): Promise<TokenProbe>;
  /** The bot's account: its name, and what stands in its way. */
  account(): Promise<readonly Finding[]>;
  /** Whether posts can be delivered to a destination, as the configuration names it. */
  destination(written: string): Promise<readonly Finding[]>;
}

/** Thrown by `start` if the platform refuses the token or the setup. The message is for the operator. */
export class LoginRefusedError extends Error {
  override readonly name = 'LoginRefusedError';
}

/** The result of checking a token. `links` lead people to the bot, by purpose. */
export type TokenProbe =
  | { readonly status: 'valid'; readonly name: string; readonly links: Readonly<Record<string, string>> }
  | { readonly status: 'refused' }
  | { readonly status: 'unanswered'; readonly reason: string };

/**
 * A chat platform. Every adapter passes `test/contract/platform/suite.ts` over the wire.
 * `render` is pure; `send`, `edit` and `remove` never throw and make no retries of their own.
 *
 * A platform declares what it can't do in one of three ways: an optional member is absent, `edit` and `remove` return
 * `unsupported`, and it ignores those `DeliveryOptions` that it can't support. What people see of that depends on
 * `PLATFORMS[name].features` (`platforms.ts`).
 */
export interface Platform {
  /** Its key in `PLATFORMS`, and the prefix of its destinations and users: `<name>:<id>`. */
  readonly name: PlatformName;
  /** Styles this platform can give a document; the first is the default. */
  readonly styles: readonly string[];
  /**
   * How often deliveries may call the platform: `global` for all of them, `changes` for edits and deletions alone if those
   * may not use all of it. Asked before each call, since a platform may allow more or less after a while.
   */
  readonly rateLimits: {
    readonly global: Rate;
    readonly changes?: Rate;
    destination(destination: string): Rate;
  };
  /**
   * As many bodies as the platform's limits require, at least one, in the order to send them. `variant` is a style and how
   * to show long texts (`platform/style-spec`); empty: as the operator configured. Text is left out only if the document has
   * a fallback, which says where to read all of it. Words that the platform adds are in the document's language.
   */
  render(document: ReadyDocument, variant: string): readonly Body[];
  /**
   * The same for documents that may be long: never blocks the event loop for more than a few milliseconds, and caches
   * recent results, for deliveries and responses alike. Rejects only if `render` throws.
   */
  renderAsync(document: ReadyDocument, variant: string): Promise<readonly Body[]>;
  /**
   * Sends one body to one destination (`discord:<id>`, `telegram:<id>[/topic]`) or to a user's inbox (`User.inbox`). `key` is
   * the same for every attempt at the same part, so repeating is safe if the platform has idempotency keys. Tries the body's
   * plainer forms before it returns `rejected`.
   */
  send(destination: string, body: Body, key: string, sending?: DeliveryOptions): Promise<SendResult>;
  /**
   * Edits a message. `sent` has the receipt that is valid from now on. A message that somebody deleted stays deleted; one that
   * can't become the new body is deleted, as by `remove`.
   */
  edit(destination: string, receipt: string, body: Body, language?: string): Promise<ChangeResult>;
  /**
   * Deletes a message, or as much of it as the platform allows; `sent` also if it was gone already. If it can't be deleted,
   * its text is replaced by a note in that language that it was.
   */
  remove(destination: string, receipt: string, language?: string): Promise<ChangeResult>;
  /**
   * Publishes a message to the channels that follow the destination; `sent` also if that was done already, or the message is
   * gone.
   */
  readonly publish?: (destination: string, receipt: string) => Promise<SendResult>;
  /**
   * Tells somebody in private why a destination gets no posts; if that person can't be reached, whoever is responsible for
   * the chat, if the platform knows one. False if nobody could be told. Never throws.
   */
  readonly notifyOwner?: (notice: FailureNotice) => Promise<boolean>;
  /**
   * Why somebody can't be written to in private (`User.inbox`), as far as the platform tells without a message: a
   * sentence that says what to do. `undefined`: nothing known. Never throws.
   */
  readonly inboxObstacle?: (inbox: string) => Promise<string | undefined>;
  /** The link by which anybody can add the bot; `undefined` until logged in, and if only its owner may add it. */
  readonly installLink?: () => string | undefined;
  /** Whether the platform responds to a harmless request now, regardless of the state of deliveries. Never throws. */
  readonly isReachable?: () => Promise<boolean>;
  /**
   * Logs in, updates the menu if it changed, and answers requests until `stop`. Resolves when logged in.
   * Keeps trying while the platform can't be reached. Throws `LoginRefusedError` if retrying is pointless.
   */
  start(host: Host): Promise<void>;
  /** Takes no new requests, finishes those in progress, and closes the connections. */
  stop(): Promise<void>;
  /** What is wrong, in a few words; `undefined` while all is well. */
  error(): string | undefined;
  /** The problem that only the operator can solve; `undefined` if there is none. */
  obstacle?(): PlatformObstacle | undefined;
}
