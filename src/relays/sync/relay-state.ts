import type { Termination } from '../relay-errors.ts';
import type { RelayState } from '../relay-stream.ts';

/** Keeps track of how a relay is doing. */
export interface RelayStateTracker {
  state(): RelayState;
  enter(state: RelayState['state']): void;
  /** It is being queried. Counts as connected once it has answered anything on this connection. */
  startCatchUp(): void;
  answered(): void;
  received(count: number): void;
  /** True if the reason is a new one. */
  failed(termination: Termination): boolean;
  /** It is live: a catch-up is complete, and whatever comes next will come. */
  recovered(): void;
  /** Whether a catch-up is complete and nothing has gone wrong since. */
  isCaughtUp(): boolean;
  /** What a relay that is live withholds; undefined if nothing. True if that is news. */
  setWithheld(termination?: Termination): boolean;
}

export function createRelayStateTracker(url: string, now: () => number): RelayStateTracker {
  let state: RelayState = { url, state: 'connecting', since: now(), received: 0 };
  let hasAnswered = false;

  function enter(next: RelayState['state']): void {
    if (next === state.state) return;
    state = { ...state, state: next, since: now(), ...(next === 'connecting' && { received: 0 }) };
  }
  function goLive(): void {
    const { error: _, ...rest } = state;
    state = rest;
    enter('live');
  }
  const isCaughtUp = (): boolean => state.state === 'live' || state.state === 'withholding';

  return {
    state: () => state,
    enter(next) {
      if (next === 'connecting') hasAnswered = false;
      enter(next);
    },
    startCatchUp: () => enter(hasAnswered ? 'catching-up' : 'connecting'),
    answered() {
      hasAnswered = true;
      if (state.state === 'connecting') enter('catching-up');
    },
    received(count) {
      state = { ...state, received: state.received + count };
    },
    failed({ error, reason }) {
      const before = state.error;
      state = { ...state, error: { kind: error, reason, since: before?.since ?? now() } };
      return before?.reason !== reason;
    },
    recovered() {
      if (state.state !== 'withholding') goLive();
    },
    isCaughtUp,
    setWithheld(termination) {
      if (!isCaughtUp()) return false;
      if (!termination) {
        if (state.state === 'withholding') goLive();
        return false;
      }
      const { error: kind, reason } = termination;
      const isNews = state.state !== 'withholding' || state.error?.reason !== reason;
      enter('withholding');
      if (isNews) state = { ...state, error: { kind, reason, since: now() } };
      return isNews;
    },
  };
}
