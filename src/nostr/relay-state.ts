import type { RelayState } from './from-relay.ts';
import type { Ending } from './trouble.ts';

/** What is known of how a relay is doing. */
export interface StateKeeper {
  state(): RelayState;
  enter(state: RelayState['state']): void;
  received(count: number): void;
  /** True where this is a new reason. */
  troubled(ending: Ending): boolean;
  /** A catch-up is complete. */
  recovered(): void;
}

export function createStateKeeper(url: string, now: () => number): StateKeeper {
  let state: RelayState = { url, state: 'connecting', since: now(), received: 0 };
  return {
    state: () => state,
    enter(next) {
      if (next === state.state) return;
      state = { ...state, state: next, since: now(), ...(next === 'connecting' && { received: 0 }) };
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
      const { trouble: _, ...rest } = state;
      state = rest;
    },
  };
}
