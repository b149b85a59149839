import type { RequestHandler } from '../command/request-handler.ts';
import type { NewServer } from '../command/views/greeting.ts';
import type { Rate } from '../lib/rate-limiter.ts';
import type { ReadyDocument } from '../note/present/finish.ts';
import type { PlatformName } from './platforms.ts';

/** One part of a document as its platform will be told. Only the adapter that made it can read it. */
export interface Body {
  /** How many messages of the platform's budget it costs: an album counts its items. */
  readonly cost: number;
  /** What the call says, for the adapter alone. */
  readonly call: unknown;
}

/** What became of one send. The adapter classifies it; `delivery/result-recorder` decides what follows. */
export type SendResult =
  /**
   * `receipt` names the message or messages that now stand there; opaque outside the adapter. `simplified`: why the
   * platform refused the body as it was, where a plainer form of it stands there.
   */
  | { readonly status: 'sent'; readonly receipt: string; readonly simplified?: string }
  /**
   * Not now. `afterMs` is what the platform asked for; `scope` says whether this destination or the whole platform
   * must wait. `uncertain`: the request may have been carried out (time-out or reset after the body was written).
   */
  | {
      readonly status: 'retry';
      readonly afterMs?: number;
      readonly scope: 'destination' | 'platform';
      readonly uncertain: boolean;
      readonly reason: string;
    }
  /** This body never, not even in its plainer forms; the destination itself is well. */
  | { readonly status: 'rejected'; readonly reason: string }
  /** This destination, until somebody acts (`suspended`) or for good (`gone`). `remedy` is a sentence for people. */
  | {
      readonly status: 'unreachable';
      readonly gone: boolean;
      readonly reason: string;
      readonly remedy?: string;
    }
  /** The destination has a new id (a group became a supergroup); send there. */
  | { readonly status: 'moved'; readonly to: string; readonly reason: string }
  /** The token is dead: nothing more will work on this platform. */
  | { readonly status: 'halted'; readonly reason: string };

/**
 * What became of an edit or a deletion. `unsupported`: the platform has no such call, or not for this message (too old, not
 * of a kind that can be edited). Nothing was changed and no retry will; the journal entry is settled and the message stays.
 */
export type ChangeResult = SendResult | { readonly status: 'unsupported'; readonly reason: string };

/** What else there is to say of one send; a platform leaves out what it has no means for. */
export interface DeliveryOptions {
  /** A receipt in the same destination to answer to, ignored where that message is gone. */
  readonly replyTo?: string;
  /** An earlier try may have arrived; where the platform can be asked whether it did, it is asked first. */
  readonly inDoubt?: boolean;
  /** The message makes no sound. */
  readonly silent?: boolean;
  /** Receipt of the note's first part, where this is a further one: what has a place of its own is kept together. */
  readonly first?: string;
  /** What the note may be filed under, best first: its post type, its series, its hashtags. */
  readonly labels?: readonly string[];
  /** The message goes to that topic of the destination, by its id; it is answered and changed there all the same. */
  readonly topic?: string;
  /** A role of that id is told of the message, and nobody else. Never said again when the message is edited. */
  readonly ping?: string;
  /** The message is sent even while another instance has the token and this one stands by. */
  readonly urgent?: boolean;
}

/**
 * What only the operator can change. `refused`: the token or the bot's settings; nothing works until somebody changes them
 * and restarts. `shared`: another program uses the token, too. `standby`: it was first, so this one does nothing.
 */
export type PlatformObstacle = 'refused' | 'shared' | 'standby';

/** What keeps posts from a destination, for people. */
export interface FailureNotice {
  readonly destination: string;
  /** A sentence that says what to do. */
  readonly remedy: string;
  /** Who is told first (`User.id`). */
  readonly person?: string;
  /** IETF tag; absent: not known. */
  readonly language?: string;
}

/** The program as an adapter sees it while it serves: what to ask it, and what to tell it. */
export interface Host extends RequestHandler {
  /** The greeting for a server that has just added the bot; `undefined` if it needs none or had one. */
  readonly welcome?: (newcomer: NewServer) => Promise<ReadyDocument | undefined>;
  /** The platform says that a destination and its topics are unreachable: blocked, kicked, deleted. The same for the next two. */
  left(destination: string, reason: string): Promise<void>;
  /** The platform says that a destination can be written to again, or has changed so that it might be; also one that was gone. */
  returned(destination: string): Promise<void>;
  moved(from: string, to: string): Promise<void>;
  /** Destinations that get nothing for now. Those that can be written to again are to be reported as `returned`. */
  absent(): Promise<readonly string[]>;
}

/** Thrown by `start` where the platform refuses the token or the set-up; the message is for the operator. */
export class LoginRefusedError extends Error {
  override readonly name = 'LoginRefusedError';
}

/**
 * A chat platform. Every adapter passes `test/contract/platform/suite.ts` over the wire.
 * `render` is pure; `send`, `edit` and `remove` never throw and make no retries of their own.
 *
 * What a platform can't do it says in one of three ways: an optional member is absent, `edit` and `remove` return
 * `unsupported`, and of `DeliveryOptions` it leaves out what it has no means for. What people see of it depends on
 * `PLATFORMS[name].features` (`platforms.ts`).
 */
export interface Platform {
  /** Its key in `PLATFORMS`, and the prefix of its destinations and users: `<name>:<id>`. */
  readonly name: PlatformName;
  /** Styles this platform can give a document; the first is the default. */
  readonly styles: readonly string[];
  readonly rateLimits: { readonly whole: Rate; destination(destination: string): Rate };
  /**
   * As many bodies as the platform's limits ask for, in the order to send them; at least one. `variant` is a style and
   * how to show long texts (`platform/style-spec`); empty: as the operator configured. Text is left out only where the
   * document has a fallback, which says where to read all of it. The platform's own words are in the document's language.
   */
  render(document: ReadyDocument, variant: string): readonly Body[];
  /**
   * The same for what may be long: no turn of the event loop is taken for more than some milliseconds, and what was
   * rendered lately is not rendered again, whether for a delivery or for an answer. Rejects only where `render` throws.
   */
  rendered(document: ReadyDocument, variant: string): Promise<readonly Body[]>;
  /**
   * One body to one destination (`discord:<id>`, `telegram:<id>[/topic]`), or to somebody's inbox (`User.inbox`). `key` is the same for every try of the
   * same part: where the platform knows idempotency keys, repeating is safe. Goes down the adapter's own ladder of
   * plainer forms before it says `rejected`.
   */
  send(destination: string, body: Body, key: string, sending?: DeliveryOptions): Promise<SendResult>;
  /**
   * Changes what stands there; `sent` carries the receipt that holds from now on. What somebody took away stays away.
   * What can't become the body is taken back, as by `remove`.
   */
  edit(destination: string, receipt: string, body: Body, language?: string): Promise<ChangeResult>;
  /**
   * Takes back what stands there, or as much as the platform allows; `sent` also where it was gone already. What stays is
   * said to be taken back, in that language.
   */
  remove(destination: string, receipt: string, language?: string): Promise<ChangeResult>;
  /**
   * Lets what stands there go out to the channels that follow the destination; `sent` also where it did already, or is
   * gone. Only platforms that have such a thing have this.
   */
  readonly publish?: (destination: string, receipt: string) => Promise<SendResult>;
  /**
   * Tells somebody alone what keeps posts from a destination; where that person can't be told, whoever answers for the
   * place, where the platform knows one. False where nobody could be told. Never throws.
   */
  readonly tell?: (notice: FailureNotice) => Promise<boolean>;
  /**
   * What keeps somebody from being written to in private (`User.inbox`), as far as the platform tells without a message: a
   * sentence that says what to do. `undefined`: nothing known. Never throws.
   */
  readonly inboxObstacle?: (inbox: string) => Promise<string | undefined>;
  /** The address by which anybody gets the bot there; `undefined` until logged in, and where only its owner may add it. */
  readonly link?: () => string | undefined;
  /** Whether the platform answers a harmless question now, whatever becomes of what is sent. Never throws. */
  readonly answers?: () => Promise<boolean>;
  /**
   * Logs in, publishes the menu where it changed, and answers invocations until `stop`. Resolves when logged in.
   * While the platform can't be reached it keeps trying. Throws `LoginRefusedError` if retrying is pointless.
   */
  start(host: Host): Promise<void>;
  /** Takes no new invocations, lets those in hand finish, and closes the connections. */
  stop(): Promise<void>;
  /** `undefined` while all is well; else what is wrong, in a few words. */
  trouble(): string | undefined;
  /** What of it waits for the operator; `undefined` if nothing does. */
  obstacle?(): PlatformObstacle | undefined;
}
