import { type AuthenticateOptions, authenticate, KEY_REFUSED } from '../connection/nip42.ts';
import type { RelayBackoff } from '../relay-backoff.ts';
import { isUnexplained, NEEDS_KEY, type Termination, terminationFor } from '../relay-errors.ts';
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

export interface SessionOptions extends Omit<CatchUpOptions, 'slowDown' | 'refused'>, AuthenticateOptions {
  readonly keeper: RelayStateTracker;
  /** Whether the key is to be shown before anything is asked for. */
  readonly authenticatesFirst: boolean;
  readonly backoff: RelayBackoff;
  readonly audits: ResyncPolicy;
  readonly random: () => number;
  readonly support: NegentropySupportRecord;
  /** Kinds of which any other relay has shown something. */
  readonly shownByOthers: () => readonly number[];
  readonly progress: () => Promise<SyncProgress>;
  /** Puts it in the line behind the events. */
  readonly report: (caughtUp: Omit<CaughtUp, 'relay'>) => Promise<void>;
  /** Nothing more is to be expected for now. */
  readonly interrupted: (ending: Termination) => Promise<void>;
  /** What the relay keeps back can be told from now on, and may change with what others show. */
  readonly watched: (withholding: Pick<WithholdingMonitor, 'trouble'>) => void;
}

/** How often a relay may ask for the key again before a catch-up is complete. */
const MAX_AUTHENTICATIONS = 20;
const MAYBE_KEY = ' (it may want a key: set BOT_KEY)';

/** Whether it is the connection that ended, and not a request that was refused. */
const isConnectionLost = ({ error, kinds }: Termination): boolean => error === 'lost' && kinds === undefined;

/** Follows a relay on one connection: live subscription, catch-up, audits, again and again, until nothing helps. */
export async function runSession(source: VerifiedStream, parts: SessionOptions): Promise<Termination> {
  const { keeper, backoff, terms, timeouts, now, random } = parts;
  const live = createLiveSubscription(source);
  const withholding = createWithholdingMonitor(source, { ...parts, slowDown });
  /** The challenge that was answered last, how often that happened since a catch-up was complete, and what had come. */
  let shown: string | undefined;
  let timesShown = 0;
  let heardBeforeKey = 0;
  let hasCaughtUp = false;
  /** What it did not show without the key it left out without a word. */
  let hasWithheld = false;
  let heardBefore = 0;

  async function slowDown(ending: Termination): Promise<Termination | undefined> {
    await parts.interrupted(ending);
    keeper.enter('waiting');
    if (source.eventCount() > heardBefore) backoff.progressed();
    heardBefore = source.eventCount();
    const forMs = backoff.next('slow-down');
    const endMs = performance.now() + forMs;
    for (let leftMs = forMs; leftMs > 0; leftMs = endMs - performance.now()) {
      const worse = await listen(source, leftMs);
      if (worse && worse.remedy !== 'slow-down') return worse;
    }
    keeper.startCatchUp();
    live.resubscribe();
    return undefined;
  }

  /**
   * A relay that has challenged us and now says nothing, or that it does not serve us, or what nobody understands,
   * wants to know who we are. Without a key that is a guess as long as it gives no reason.
   */
  function asDemand(ending: Termination): Termination {
    if (source.challenge() === shown) return ending;
    if (ending.error === 'refuses-us') return NEEDS_KEY;
    if (ending === NO_EOSE) return parts.key || !source.hasAnswered() ? NEEDS_KEY : ending;
    const isVague = ['lost', 'refuses-filter'].includes(ending.error) && isUnexplained(ending.reason);
    if (!isVague || source.hasAnswered()) return ending;
    if (!parts.key) return { ...ending, reason: `${ending.reason}${MAYBE_KEY}` };
    return isConnectionLost(ending) ? ending : NEEDS_KEY;
  }

  async function refused(kinds: readonly number[], ending: Termination): Promise<boolean> {
    const isDead = ending === NO_EOSE && !source.hasResponded();
    const meant = asDemand(ending);
    if (isDead || meant === NEEDS_KEY || !terms.refused(kinds, ending)) return false;
    // The pages find out what it answers to.
    live.end();
    await parts.interrupted(meant);
    return true;
  }

  /** One catch-up or audit, reported. */
  async function caughtUp(reach: SyncDepth): Promise<Termination | undefined> {
    const startedMs = now();
    const done = await catchUp(source, reach, await parts.progress(), { ...parts, refused, slowDown });
    if ('remedy' in done) return done;
    const demand = await withholding.probe();
    if (demand && parts.key) {
      hasWithheld = true;
      return demand;
    }
    await terms.confirm(hasWithheld && done.reach === 'whole');
    backoff.reset();
    parts.log[keeper.isCaughtUp() ? 'debug' : 'info']('relay.completed', {
      reach: done.reach,
      received: keeper.state().received,
    });
    keeper.recovered();
    hasCaughtUp = true;
    timesShown = 0;
    parts.watched(withholding);
    await parts.report({ type: 'caught-up', depth: done.reach, cursorMs: startedMs });
    return undefined;
  }

  /** Begins live subscriptions where that had to wait for the catch-up, and finds out whether they are refused. */
  async function subscribed(): Promise<Termination | undefined> {
    const { count } = source.notices();
    live.replace(filters());
    const worse = await listen(source, Math.min(timeouts.pageSilenceMs, timeouts.refreshMs));
    const kinds = live.unanswered()?.kinds;
    const notice = source.notices();
    if (worse || !kinds || notice.count === count) return worse;
    return { ...terminationFromNotice(notice.text), kinds };
  }

  async function cycle(): Promise<Termination | undefined> {
    const heard = source.eventCount();
    if (terms.current().live === 'beside' && terms.isConfirmed()) live.replace(filters());
    else live.end();
    // What it withheld in former catch-ups is older than the cursor.
    const ending = await caughtUp(hasWithheld && !terms.hasSyncedWithKey() ? 'whole' : 'cursor');
    // It answers but never ends: what it says is worth listening to, and its cursor stays.
    if (ending && !(ending === NO_EOSE && source.eventCount() > heard)) return ending;
    live.markLive();
    if (ending) await parts.interrupted(ending);
    else {
      const due = parts.audits.due(await parts.progress(), await parts.support.get());
      const failed = due && (await caughtUp(due));
      if (failed) parts.audits.failed();
      if (failed) return failed;
    }
    if (live.isEmpty()) {
      const worse = await subscribed();
      if (worse) return worse;
      live.markLive();
    }
    return listen(source, timeouts.refreshMs * (0.8 + 0.4 * random()));
  }

  const filters = (): ReturnType<typeof liveFilters> =>
    liveFilters(parts.author, terms.current(), Math.floor((now() - timeouts.overlapMs) / 1000));

  async function showKey(): Promise<Termination | undefined> {
    timesShown += 1;
    heardBeforeKey = source.eventCount();
    keeper.enter('authenticating');
    const ending = await authenticate(source, parts);
    shown = source.challenge();
    withholding.authenticated(ending === KEY_REFUSED);
    // What it shows to everybody is worth having without the rest.
    return ending === KEY_REFUSED && source.hasAnswered() ? undefined : ending;
  }

  /** What can be done on this connection has been done; `undefined`: a next cycle may come. */
  async function remedied(ending: Termination): Promise<Termination | undefined> {
    switch (ending.remedy) {
      case 'slow-down':
        return slowDown(ending);
      case 'simplify':
        return ending.kinds && (await refused(ending.kinds, ending)) ? undefined : ending;
      case 'authenticate': {
        if (shown === undefined) return showKey();
        // One that was content before and no longer is may be so in answer to its next challenge, or on a new connection.
        const wasContent = source.eventCount() > heardBeforeKey;
        if (wasContent && source.challenge() !== shown && timesShown < MAX_AUTHENTICATIONS) return showKey();
        return hasCaughtUp || wasContent ? terminationFor('lost', 'asks for our key again') : KEY_REFUSED;
      }
      default:
        return shown !== undefined && ending.error === 'refuses-us'
          ? { ...ending, error: 'refuses-key' }
          : ending;
    }
  }

  const unwelcome = parts.authenticatesFirst ? await showKey() : undefined;
  if (unwelcome) return unwelcome;
  for (;;) {
    if (!keeper.isCaughtUp()) keeper.startCatchUp();
    const ending = await cycle();
    const final = ending && (await remedied(asDemand(ending)));
    if (final) return final;
  }
}
