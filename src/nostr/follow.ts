import type { Audits } from './audits.ts';
import { type AuthenticateOptions, authenticate, REFUSES_KEY } from './authenticate.ts';
import type { Backoff } from './backoff.ts';
import type { SupportRecord } from './comparing.ts';
import type { CaughtUp, Progress, Reach } from './from-relay.ts';
import { createLive, listen } from './live.ts';
import { NO_EOSE } from './page.ts';
import type { StateKeeper } from './relay-state.ts';
import { type RoundParts, round } from './round.ts';
import type { Source } from './source.ts';
import { type Ending, endingWith } from './trouble.ts';

export interface FollowParts extends Omit<RoundParts, 'slowDown'>, AuthenticateOptions {
  readonly keeper: StateKeeper;
  readonly backoff: Backoff;
  readonly audits: Audits;
  readonly random: () => number;
  readonly support: SupportRecord;
  readonly progress: () => Promise<Progress>;
  /** Puts it in the line behind the events. */
  readonly report: (caughtUp: Omit<CaughtUp, 'relay'>) => Promise<void>;
  /** Nothing more is to be expected for now. */
  readonly interrupted: (ending: Ending) => Promise<void>;
  /** The relay refused our one filter. False where it was simpler already. */
  readonly simplify: () => boolean;
}

/** Follows a relay on one connection: live subscription, catch-up, audits, again and again, until nothing helps. */
export async function follow(source: Source, parts: FollowParts): Promise<Ending> {
  const { keeper, backoff, timers, now, random } = parts;
  const live = createLive(source);
  let hasShownKey = false;
  let hasCaughtUp = false;
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
    keeper.enter('catching-up');
    live.mend();
    return undefined;
  }

  /** One catch-up or audit, reported. */
  async function caughtUp(reach: Reach): Promise<Ending | undefined> {
    const startedMs = now();
    const done = await round(source, reach, await parts.progress(), {
      ...parts,
      slowDown,
    });
    if ('remedy' in done) return done;
    backoff.reset();
    keeper.recovered();
    parts.log[keeper.state().state === 'live' ? 'debug' : 'info']('relay.completed', {
      reach: done.reach,
      received: keeper.state().received,
    });
    keeper.enter('live');
    hasCaughtUp = true;
    await parts.report({ type: 'caught-up', reach: done.reach, cursorMs: startedMs });
    return undefined;
  }

  async function cycle(): Promise<Ending | undefined> {
    const heard = source.heard();
    live.renew(parts.filters());
    const ending = await caughtUp('cursor');
    live.settle();
    if (ending === NO_EOSE && source.heard() > heard) {
      // It answers but never ends: what it says is worth listening to, and its cursor stays.
      await parts.interrupted(ending);
    } else if (ending) return ending;
    else {
      const due = parts.audits.due(await parts.progress(), await parts.support.get());
      const failed = due && (await caughtUp(due));
      if (failed) parts.audits.failed();
      if (failed) return failed;
    }
    return listen(source, timers.refreshMs * (0.8 + 0.4 * random()));
  }

  /** What can be done on this connection has been done; `undefined`: a next cycle may come. */
  async function remedied(ending: Ending): Promise<Ending | undefined> {
    switch (ending.remedy) {
      case 'slow-down':
        return slowDown(ending);
      case 'simplify':
        if (!parts.simplify()) return ending;
        await parts.interrupted(ending);
        return undefined;
      case 'authenticate':
        // Once on a connection. One that was content before and no longer is may be so with a new one.
        if (hasShownKey) return hasCaughtUp ? endingWith('lost', 'asks for our key again') : REFUSES_KEY;
        hasShownKey = true;
        keeper.enter('authenticating');
        return authenticate(source, parts);
      default:
        return hasShownKey && ending.trouble === 'refuses-us'
          ? { ...ending, trouble: 'refuses-key' }
          : ending;
    }
  }

  for (;;) {
    if (keeper.state().state !== 'live') keeper.enter('catching-up');
    const ending = await cycle();
    const final = ending && (await remedied(ending));
    if (final) return final;
  }
}
