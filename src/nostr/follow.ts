import type { Audits } from './audits.ts';
import { type AuthenticateOptions, authenticate, REFUSES_KEY } from './authenticate.ts';
import type { Backoff } from './backoff.ts';
import type { SupportRecord } from './comparing.ts';
import type { CaughtUp, Progress, Reach } from './from-relay.ts';
import { createLive, listen } from './live.ts';
import { endingNoticed, NO_EOSE } from './page.ts';
import type { StateKeeper } from './relay-state.ts';
import { type RoundParts, round } from './round.ts';
import type { Source } from './source.ts';
import { liveFilters } from './terms.ts';
import { type Ending, endingWith, isUnexplained, NEEDS_KEY } from './trouble.ts';
import { createWithholding, type Withholding } from './withholding.ts';

export interface FollowParts extends Omit<RoundParts, 'slowDown' | 'refused'>, AuthenticateOptions {
  readonly keeper: StateKeeper;
  /** Whether the key is to be shown before anything is asked for. */
  readonly introduces: boolean;
  readonly backoff: Backoff;
  readonly audits: Audits;
  readonly random: () => number;
  readonly support: SupportRecord;
  /** Kinds of which any other relay has shown something. */
  readonly shownByOthers: () => readonly number[];
  readonly progress: () => Promise<Progress>;
  /** Puts it in the line behind the events. */
  readonly report: (caughtUp: Omit<CaughtUp, 'relay'>) => Promise<void>;
  /** Nothing more is to be expected for now. */
  readonly interrupted: (ending: Ending) => Promise<void>;
  /** What the relay keeps back can be told from now on, and may change with what others show. */
  readonly watched: (withholding: Pick<Withholding, 'trouble'>) => void;
}

/** How often a relay may ask for the key again before a catch-up is complete. */
const MAX_TIMES_SHOWN = 20;
const MAYBE_KEY = ' (it may want a key: set BOT_KEY)';

/** Whether it is the connection that ended, and not a request that was refused. */
const isGone = ({ trouble, kinds }: Ending): boolean => trouble === 'lost' && kinds === undefined;

/** Follows a relay on one connection: live subscription, catch-up, audits, again and again, until nothing helps. */
export async function follow(source: Source, parts: FollowParts): Promise<Ending> {
  const { keeper, backoff, terms, timers, now, random } = parts;
  const live = createLive(source);
  const withholding = createWithholding(source, { ...parts, slowDown });
  /** The challenge that was answered last, how often that happened since a catch-up was complete, and what had come. */
  let shown: string | undefined;
  let timesShown = 0;
  let heardBeforeKey = 0;
  let hasCaughtUp = false;
  /** What it did not show without the key it left out without a word. */
  let hasWithheld = false;
  let heardBefore = 0;

  async function slowDown(ending: Ending): Promise<Ending | undefined> {
    await parts.interrupted(ending);
    keeper.enter('waiting');
    if (source.heard() > heardBefore) backoff.progressed();
    heardBefore = source.heard();
    const forMs = backoff.next('slow-down');
    const endMs = performance.now() + forMs;
    for (let leftMs = forMs; leftMs > 0; leftMs = endMs - performance.now()) {
      const worse = await listen(source, leftMs);
      if (worse && worse.remedy !== 'slow-down') return worse;
    }
    keeper.ask();
    live.mend();
    return undefined;
  }

  /**
   * A relay that has challenged us and now says nothing, or that it does not serve us, or what nobody understands,
   * wants to know who we are. Without a key that is a guess as long as it gives no reason.
   */
  function asDemand(ending: Ending): Ending {
    if (source.challenge() === shown) return ending;
    if (ending.trouble === 'refuses-us') return NEEDS_KEY;
    if (ending === NO_EOSE) return parts.key || !source.hasAnswered() ? NEEDS_KEY : ending;
    const isVague = ['lost', 'refuses-filter'].includes(ending.trouble) && isUnexplained(ending.reason);
    if (!isVague || source.hasAnswered()) return ending;
    if (!parts.key) return { ...ending, reason: `${ending.reason}${MAYBE_KEY}` };
    return isGone(ending) ? ending : NEEDS_KEY;
  }

  async function refused(kinds: readonly number[], ending: Ending): Promise<boolean> {
    const isDead = ending === NO_EOSE && !source.hasSpoken();
    const meant = asDemand(ending);
    if (isDead || meant === NEEDS_KEY || !terms.refused(kinds, ending)) return false;
    // The pages find out what it answers to.
    live.end();
    await parts.interrupted(meant);
    return true;
  }

  /** One catch-up or audit, reported. */
  async function caughtUp(reach: Reach): Promise<Ending | undefined> {
    const startedMs = now();
    const done = await round(source, reach, await parts.progress(), { ...parts, refused, slowDown });
    if ('remedy' in done) return done;
    const demand = await withholding.probe();
    if (demand && parts.key) {
      hasWithheld = true;
      return demand;
    }
    await terms.settle(hasWithheld && done.reach === 'whole');
    backoff.reset();
    parts.log[keeper.isSettled() ? 'debug' : 'info']('relay.completed', {
      reach: done.reach,
      received: keeper.state().received,
    });
    keeper.recovered();
    hasCaughtUp = true;
    timesShown = 0;
    parts.watched(withholding);
    await parts.report({ type: 'caught-up', reach: done.reach, cursorMs: startedMs });
    return undefined;
  }

  /** Begins live subscriptions where that had to wait for the catch-up, and finds out whether they are refused. */
  async function subscribed(): Promise<Ending | undefined> {
    const { count } = source.noticed();
    live.renew(filters());
    const worse = await listen(source, Math.min(timers.pageSilenceMs, timers.refreshMs));
    const kinds = live.unanswered()?.kinds;
    const notice = source.noticed();
    if (worse || !kinds || notice.count === count) return worse;
    return { ...endingNoticed(notice.text), kinds };
  }

  async function cycle(): Promise<Ending | undefined> {
    const heard = source.heard();
    if (terms.now().live === 'beside' && terms.isSettled()) live.renew(filters());
    else live.end();
    // What it withheld in former catch-ups is older than the cursor.
    const ending = await caughtUp(hasWithheld && !terms.isKeyed() ? 'whole' : 'cursor');
    // It answers but never ends: what it says is worth listening to, and its cursor stays.
    if (ending && !(ending === NO_EOSE && source.heard() > heard)) return ending;
    live.settle();
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
      live.settle();
    }
    return listen(source, timers.refreshMs * (0.8 + 0.4 * random()));
  }

  const filters = (): ReturnType<typeof liveFilters> =>
    liveFilters(parts.author, terms.now(), Math.floor((now() - timers.overlapMs) / 1000));

  async function showKey(): Promise<Ending | undefined> {
    timesShown += 1;
    heardBeforeKey = source.heard();
    keeper.enter('authenticating');
    const ending = await authenticate(source, parts);
    shown = source.challenge();
    withholding.keyShown(ending === REFUSES_KEY);
    // What it shows to everybody is worth having without the rest.
    return ending === REFUSES_KEY && source.hasAnswered() ? undefined : ending;
  }

  /** What can be done on this connection has been done; `undefined`: a next cycle may come. */
  async function remedied(ending: Ending): Promise<Ending | undefined> {
    switch (ending.remedy) {
      case 'slow-down':
        return slowDown(ending);
      case 'simplify':
        return ending.kinds && (await refused(ending.kinds, ending)) ? undefined : ending;
      case 'authenticate': {
        if (shown === undefined) return showKey();
        // One that was content before and no longer is may be so in answer to its next challenge, or on a new connection.
        const wasContent = source.heard() > heardBeforeKey;
        if (wasContent && source.challenge() !== shown && timesShown < MAX_TIMES_SHOWN) return showKey();
        return hasCaughtUp || wasContent ? endingWith('lost', 'asks for our key again') : REFUSES_KEY;
      }
      default:
        return shown !== undefined && ending.trouble === 'refuses-us'
          ? { ...ending, trouble: 'refuses-key' }
          : ending;
    }
  }

  const unwelcome = parts.introduces ? await showKey() : undefined;
  if (unwelcome) return unwelcome;
  for (;;) {
    if (!keeper.isSettled()) keeper.ask();
    const ending = await cycle();
    const final = ending && (await remedied(asDemand(ending)));
    if (final) return final;
  }
}
