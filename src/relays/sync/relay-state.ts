import type { Termination } from '../relay-errors.ts';
import type { RelayState } from '../relay-stream.ts';

/** What is known of how a relay is doing. */
export interface RelayStateTracker {
  state(): RelayState;
  enter(state: RelayState['state']): void;
  /** It is asked for what it has: connected once it has answered anything on this connection. */
  startCatchUp(): void;
  /** It has answered something. */
  answered(): void;
  received(count: number): void;
  /** True where this is a new reason. */
  failed(ending: Termination): boolean;
  /** A catch-up is complete. */
  recovered(): void;
  /** Whether a catch-up is complete and nothing has gone wrong since. */
  isCaughtUp(): boolean;
  /** What a relay keeps back that is settled; nothing any more, where it is left out. True where that is news. */
  setWithheld(ending?: Termination): boolean;
}

export function createRelayStateTracker(url: string, now: () => number): RelayStateTracker {
  let state: RelayState = { url, state: 'connecting', since: now(), received: 0 };
  let hasAnswered = false;

  function enter(next: RelayState['state']): void {
    if (next === state.state) return;
    state = { ...state, state: next, since: now(), ...(next === 'connecting' && { received: 0 }) };
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
      if (state.state === 'withholding') return;
      const { error: _, ...rest } = state;
      state = rest;
      enter('live');
    },
    isCaughtUp,
    setWithheld(ending) {
      if (!isCaughtUp()) return false;
      if (ending) {
        const isNews = state.state !== 'withholding' || state.error?.reason !== ending.reason;
        enter('withholding');
        const error = { kind: ending.error, reason: ending.reason, since: now() };
        if (isNews) state = { ...state, error };
        return isNews;
      }
      if (state.state !== 'withholding') return false;
      const { error: _, ...rest } = state;
      state = rest;
      enter('live');
      return false;
    },
  };
}
