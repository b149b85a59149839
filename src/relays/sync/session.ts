import type { BotKey } from '../bot-key.ts';
import { authenticate, KEY_REFUSED } from '../connection/nip42.ts';
import type { RelayBackoff } from '../relay-backoff.ts';
import {
  isTermination,
  isUnexplained,
  NEEDS_KEY,
  type Termination,
  terminationFor,
} from '../relay-errors.ts';
import type { CaughtUp, SyncDepth, SyncProgress } from '../relay-stream.ts';
import { type CatchUpOptions, catchUp } from './catch-up.ts';
import { createLiveSubscription, listen } from './live-subscription.ts';
import type { NegentropySupportRecord } from './negentropy-support.ts';
import { NO_EOSE, terminationFromNotice } from './page-reader.ts';
import { liveFilters } from './relay-capabilities.ts';
import type { RelayStateTracker } from './relay-state.ts';
import type { ResyncPolicy } from './resync-policy.ts';
import type { VerifiedStream } from './verified-stream.ts';
import { createWithholdingMonitor, type WithholdingMonitor } from './withholding.ts';

export interface SessionOptions extends Omit<CatchUpOptions, 'slowDown' | 'refused'> {
  readonly url: string;
  readonly key: BotKey | undefined;
  /** Whether to authenticate before anything is requested. */
  readonly authenticatesFirst: boolean;
  readonly state: RelayStateTracker;
  readonly backoff: RelayBackoff;
  readonly resyncs: ResyncPolicy;
  readonly random: () => number;
  readonly negentropySupport: NegentropySupportRecord;
  /** Kinds of which any other relay has sent something. */
  readonly kindsFromOthers: () => readonly number[];
  readonly progress: () => Promise<SyncProgress>;
  /** Queues it behind the events. */
  readonly onCaughtUp: (caughtUp: Omit<CaughtUp, 'relay'>) => Promise<void>;
  /** Called when nothing more is to be expected for now. */
  readonly onInterrupted: (termination: Termination) => Promise<void>;
  /** Called once it can be said what the relay withholds. That may change with what other relays send. */
  readonly onMonitoring: (withholding: WithholdingMonitor) => void;
}

/** How often a relay may demand authentication before a catch-up is complete. */
const MAX_AUTHENTICATIONS = 20;
const MAYBE_KEY = ' (it may want a key: set BOT_KEY)';

/**
 * Follows a relay on one connection – live subscription, catch-up, resync, over and over – until nothing helps any
 * more. Returns why it ended.
 */
export async function runSession(stream: VerifiedStream, options: SessionOptions): Promise<Termination> {
  const { key, state, backoff, capabilities, timeouts, now, random } = options;
  const live = createLiveSubscription(stream);
  const withholding = createWithholdingMonitor(stream, { ...options, slowDown });
  /** The challenge answered last, how often one was since the last complete catch-up, and how much had come by then. */
  let answeredChallenge: string | undefined;
  let authentications = 0;
  let eventsBeforeAuth = 0;
  let hasCaughtUp = false;
  /** Whether it silently left something out before we authenticated. */
  let hasWithheld = false;
  let eventsBeforeWait = 0;

  async function slowDown(termination: Termination): Promise<Termination | undefined> {
    await options.onInterrupted(termination);
    state.enter('waiting');
    if (stream.eventCount() > eventsBeforeWait) backoff.progressed();
    eventsBeforeWait = stream.eventCount();
    const endMs = performance.now() + backoff.next('slow-down');
    for (let leftMs = endMs - performance.now(); leftMs > 0; leftMs = endMs - performance.now()) {
      const worse = await listen(stream, leftMs);
      if (worse && worse.recovery !== 'slow-down') return worse;
    }
    state.startCatchUp();
    live.resubscribe();
    return undefined;
  }

  /**
   * A relay that has challenged us, and now says nothing, or that it won't serve us, or something unintelligible, wants
   * us to authenticate. Without a key and a reason, that is only a guess.
   */
  function asAuthDemand(termination: Termination): Termination {
    if (stream.challenge() === answeredChallenge) return termination;
    if (termination.error === 'refuses-us') return NEEDS_KEY;
    if (termination === NO_EOSE) return key || !stream.hasAnswered() ? NEEDS_KEY : termination;
    const isVague =
      ['lost', 'refuses-filter'].includes(termination.error) && isUnexplained(termination.reason);
    if (!isVague || stream.hasAnswered()) return termination;
    if (!key) return { ...termination, reason: `${termination.reason}${MAYBE_KEY}` };
    return stream.isDisconnected() ? termination : NEEDS_KEY;
  }

  async function refused(kinds: readonly number[], termination: Termination): Promise<boolean> {
    const isDead = termination === NO_EOSE && !stream.hasResponded();
    const meant = asAuthDemand(termination);
    if (isDead || meant === NEEDS_KEY || !capabilities.refused(kinds, termination)) return false;
    // Pages will show what it accepts.
    live.end();
    await options.onInterrupted(meant);
    return true;
  }

  async function catchUpTo(depth: SyncDepth): Promise<Termination | undefined> {
    const startedMs = now();
    const result = await catchUp(stream, depth, await options.progress(), { ...options, refused, slowDown });
    if (isTermination(result)) return result;
    const demand = await withholding.probe();
    if (demand && key) {
      hasWithheld = true;
      return demand;
    }
    await capabilities.confirm(hasWithheld && result.depth === 'whole');
    backoff.reset();
    options.log[state.isCaughtUp() ? 'debug' : 'info']('relay.completed', {
      reach: result.depth,
      received: state.state().received,
    });
    hasCaughtUp = true;
    authentications = 0;
    if (!live.isEmpty()) recovered();
    await options.onCaughtUp({ type: 'caught-up', depth: result.depth, cursorMs: startedMs });
    return undefined;
  }

  function recovered(): void {
    state.recovered();
    options.onMonitoring(withholding);
  }

  /** Subscribes if that had to wait for the catch-up. Settles once the relay has accepted everything, or refused. */
  async function subscribe(): Promise<Termination | undefined> {
    const noticesBefore = stream.notices().count;
    const withinMs = Math.min(timeouts.pageSilenceMs, timeouts.refreshMs);
    live.replace(filters());
    const termination = await listen(stream, withinMs, () => live.unanswered() === undefined);
    const kinds = live.unanswered()?.kinds;
    const { count, text } = stream.notices();
    if (termination || !kinds || count === noticesBefore) return termination;
    return { ...terminationFromNotice(text), kinds };
  }

  async function cycle(): Promise<Termination | undefined> {
    const eventsBefore = stream.eventCount();
    if (capabilities.current().live === 'beside' && capabilities.isConfirmed()) live.replace(filters());
    else live.end();
    // What it withheld from earlier catch-ups is older than the cursor.
    const needsAll = hasWithheld && !capabilities.hasSyncedWithKey();
    const failure = await catchUpTo(needsAll ? 'whole' : 'cursor');
    // It answers but never finishes: worth listening to, though its cursor stays.
    if (failure && !(failure === NO_EOSE && stream.eventCount() > eventsBefore)) return failure;
    live.markLive();
    if (failure) await options.onInterrupted(failure);
    else {
      const due = options.resyncs.due(await options.progress(), await options.negentropySupport.get());
      const resyncFailure = due && (await catchUpTo(due));
      if (resyncFailure) options.resyncs.failed();
      if (resyncFailure) return resyncFailure;
    }
    if (live.isEmpty()) {
      const refusal = await subscribe();
      if (refusal) return refusal;
      live.markLive();
      // Not before: until the subscriptions stand, nothing new would come.
      if (!failure) recovered();
    }
    return listen(stream, timeouts.refreshMs * (0.8 + 0.4 * random()));
  }

  const filters = (): ReturnType<typeof liveFilters> =>
    liveFilters(
      { authors: [options.author] },
      capabilities.current(),
      Math.floor((now() - timeouts.overlapMs) / 1000),
    );

  async function authenticateNow(): Promise<Termination | undefined> {
    authentications += 1;
    eventsBeforeAuth = stream.eventCount();
    state.enter('authenticating');
    const termination = key
      ? await authenticate(stream, { ...options, key })
      : terminationFor('needs-key', 'needs a key: set BOT_KEY');
    answeredChallenge = stream.challenge();
    withholding.authenticated(termination === KEY_REFUSED);
    // What it shows everybody is worth having even without the rest.
    return termination === KEY_REFUSED && stream.hasAnswered() ? undefined : termination;
  }

  /** Does what can be done about it on this connection. Undefined if another cycle may follow. */
  async function recover(termination: Termination): Promise<Termination | undefined> {
    switch (termination.recovery) {
      case 'slow-down':
        return slowDown(termination);
      case 'simplify':
        return termination.kinds && (await refused(termination.kinds, termination)) ? undefined : termination;
      case 'authenticate': {
        if (answeredChallenge === undefined) return authenticateNow();
        // A relay that was satisfied before may be so again, by its next challenge or on a new connection.
        const wasSatisfied = stream.eventCount() > eventsBeforeAuth;
        const isNew = stream.challenge() !== answeredChallenge;
        if (wasSatisfied && isNew && authentications < MAX_AUTHENTICATIONS) return authenticateNow();
        return hasCaughtUp || wasSatisfied ? terminationFor('lost', 'asks for our key again') : KEY_REFUSED;
      }
      default:
        return answeredChallenge !== undefined && termination.error === 'refuses-us'
          ? { ...termination, error: 'refuses-key' }
          : termination;
    }
  }

  const rejection = options.authenticatesFirst ? await authenticateNow() : undefined;
  if (rejection) return rejection;
  for (;;) {
    if (!state.isCaughtUp()) state.startCatchUp();
    const termination = await cycle();
    const final = termination && (await recover(asAuthDemand(termination)));
    if (final) return final;
  }
}
