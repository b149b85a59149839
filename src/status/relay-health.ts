import type { RelayState } from '../relays/relay-stream.ts';

const CONNECTED: readonly RelayState['state'][] = ['live', 'catching-up'];

/** Whether it may deliver new posts. */
export const isConnected = ({ state }: Pick<RelayState, 'state'>): boolean => CONNECTED.includes(state);

/** Whether it withholds the posts from the bot but would show them to others. */
export const isWithholding = ({ state, error }: Pick<RelayState, 'state' | 'error'>): boolean =>
  state === 'withholding' || error?.kind === 'needs-key' || error?.kind === 'refuses-key';
