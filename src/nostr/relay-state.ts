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
  /** A catch-up is complete; what the relay keeps back nevertheless. True where that is a new trouble. */
  recovered(withheld?: Ending): boolean;
}

export function createStateKeeper(url: string, now: () => number): StateKeeper {
  let state: RelayState = { url, state: 'connecting', since: now(), received: 0 };
  let hasAnswered = false;

  function enter(next: RelayState['state']): void {
    if (next === state.state) return;
    state = { ...state, state: next, since: now(), ...(next === 'connecting' && { received: 0 }) };
  }

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
    recovered(withheld) {
      const { trouble: before, ...rest } = state;
      if (!withheld) {
        state = rest;
        return false;
      }
      const isNew = before?.reason !== withheld.reason;
      const since = isNew ? now() : before.since;
      state = { ...rest, trouble: { kind: withheld.trouble, reason: withheld.reason, since } };
      return isNew;
    },
  };
}
