import type { RelayState } from '../relays/relay-stream.ts';

const CONNECTED: readonly RelayState['state'][] = ['live', 'catching-up'];

/** Whether new posts may come from it. */
export const isConnected = ({ state }: Pick<RelayState, 'state'>): boolean => CONNECTED.includes(state);

/** Whether it keeps the posts from us but would show them to somebody else. */
export const isWithholding = ({ state, error }: Pick<RelayState, 'state' | 'error'>): boolean =>
  state === 'withholding' || error?.kind === 'needs-key' || error?.kind === 'refuses-key';
