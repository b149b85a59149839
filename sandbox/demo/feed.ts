import type { Change } from './change.ts';

/** The state of the page: the newest change under each key. Pages that open later are sent all of it first. */
export interface Feed {
  put(key: string, change: Change): void;
  /** Calls back with the current state, in the order in which keys first appeared, then with every change. */
  watch(listener: (change: Change) => void): () => void;
}

export function createFeed(): Feed {
  const shown = new Map<string, Change>();
  const listeners = new Set<(change: Change) => void>();
  return {
    put(key, change) {
      if (isGone(change)) shown.delete(key);
      else shown.set(key, change);
      for (const listener of listeners) listener(change);
    },
    watch(listener) {
      for (const change of shown.values()) listener(change);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isGone(change: Change): boolean {
  if (change.type === 'note') return change.note.gone;
  // A page that is reloaded doesn't show the form again.
  if (change.type === 'form') return true;
  return (change.type === 'discord' || change.type === 'telegram') && change.message.gone;
}
