import type { RelayState } from './from-relay.ts';
import type { Ending } from './trouble.ts';

/** What is known of how a relay is doing. */
export interface StateKeeper {
  state(): RelayState;
  enter(state: RelayState['state']): void;
  /** It is asked for what it has: connected once it has answered anything on this connection. */
  ask(): void;
  /** It has answered something. */
  answered(): void;
  received(count: number): void;
  /** True where this is a new reason. */
  troubled(ending: Ending): boolean;
  /** A catch-up is complete. */
  recovered(): void;
  /** Whether a catch-up is complete and nothing has gone wrong since. */
  isSettled(): boolean;
  /** What a relay keeps back that is settled; nothing any more, where it is left out. True where that is news. */
  withhold(ending?: Ending): boolean;
}

export function createStateKeeper(url: string, now: () => number): StateKeeper {
  let state: RelayState = { url, state: 'connecting', since: now(), received: 0 };
  let hasAnswered = false;

  function enter(next: RelayState['state']): void {
    if (next === state.state) return;
    state = { ...state, state: next, since: now(), ...(next === 'connecting' && { received: 0 }) };
  }

  const isSettled = (): boolean => state.state === 'live' || state.state === 'withholding';

  return {
    state: () => state,
    enter(next) {
      if (next === 'connecting') hasAnswered = false;
      enter(next);
    },
    ask: () => enter(hasAnswered ? 'catching-up' : 'connecting'),
    answered() {
      hasAnswered = true;
      if (state.state === 'connecting') enter('catching-up');
    },
    received(count) {
      state = { ...state, received: state.received + count };
    },
    troubled({ trouble, reason }) {
      const before = state.trouble;
      state = { ...state, trouble: { kind: trouble, reason, since: before?.since ?? now() } };
      return before?.reason !== reason;
    },
    recovered() {
      if (state.state === 'withholding') return;
      const { trouble: _, ...rest } = state;
      state = rest;
      enter('live');
    },
    isSettled,
    withhold(ending) {
      if (!isSettled()) return false;
      if (ending) {
        const isNews = state.state !== 'withholding' || state.trouble?.reason !== ending.reason;
        enter('withholding');
        const trouble = { kind: ending.trouble, reason: ending.reason, since: now() };
        if (isNews) state = { ...state, trouble };
        return isNews;
      }
      if (state.state !== 'withholding') return false;
      const { trouble: _, ...rest } = state;
      state = rest;
      enter('live');
      return false;
    },
  };
}
