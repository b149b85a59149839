import { createHash } from 'node:crypto';
import type { Block, Button, Callback, Document } from '../note/document.ts';
import {
  formatCallback,
  formatOptions,
  MAX_CALLBACK_BYTES,
  parseOptions,
  type StoredInput,
} from './callback-codec.ts';
import type { CommandInput } from './request.ts';

/** The part of a key-value store that is needed here. */
export interface CallbackKeyValue {
  get(key: string): Promise<StoredCallback | undefined>;
  set(key: string, value: StoredCallback, ttlMs: number): Promise<unknown>;
}

interface StoredCallback {
  /** `~<name> <options>`, or `~<name> <typed line>` if an older version stored it. */
  readonly line: string;
  /**
   * Pseudonym of the user who was shown the button. Its options may hold their words, so it's deleted with their
   * data.
   */
  readonly by?: string;
}

export interface CallbackStore {
  /**
   * Returns a callback that fits a button, storing its options if they are too long. `user`: who is shown the button.
   */
  shorten(callback: Callback, user?: string): Promise<Callback>;
  /** What is stored under the name; `undefined` if it has expired. */
  expand(input: StoredInput): Promise<CommandInput | undefined>;
}

/** How long a button with stored options works. */
const TTL_MS = 90 * 86_400_000;
const NAME = /^[0-9a-f]{24}$/u;
/** Hex digits of a name that form its key: 65,536 slots, so a flood of long callbacks can't fill the store. */
const SLOT_LENGTH = 4;

/**
 * Stores options that are too long for a button, so that these buttons keep working across restarts. The name is
 * derived from the callback, so a callback takes one slot however often it is shown. Another callback in the same
 * slot replaces it, and the older button expires. `codeOf` returns the pseudonym under which a user's data is
 * deleted.
 */
export function createCallbackStore(
  store: CallbackKeyValue,
  codeOf?: (user: string) => string,
): CallbackStore {
  const slotOf = (name: string): string => `~${name.slice(0, SLOT_LENGTH)}`;
  return {
    async shorten(callback, user) {
      const written = formatCallback(callback);
      if (Buffer.byteLength(written) <= MAX_CALLBACK_BYTES || 'storedKey' in callback) return callback;
      const name = createHash('sha256').update(written).digest('hex').slice(0, 24);
      const stored = {
        line: `~${name} ${formatOptions(callback.options)}`,
        ...(user !== undefined && codeOf && { by: codeOf(user) }),
      };
      await store.set(slotOf(name), stored, TTL_MS);
      return { command: callback.command, storedKey: name };
    },
    async expand({ stored: name, as }) {
      if (!NAME.test(name)) return undefined;
      const { line } = (await store.get(slotOf(name))) ?? {};
      if (!line?.startsWith(`~${name} `)) return undefined;
      const written = line.slice(name.length + 2);
      return as === 'line' ? { line: written } : { named: parseOptions(written) };
    },
  };
}

/**
 * Shortens the callbacks of a document's buttons. Selects keep theirs, since the selected values are appended to
 * them.
 */
export async function withShortCallbacks(
  document: Document,
  callbacks: Pick<CallbackStore, 'shorten'>,
  user: string,
): Promise<Document> {
  const shortened = async (button: Button): Promise<Button> =>
    'callback' in button ? { ...button, callback: await callbacks.shorten(button.callback, user) } : button;
  const row = (buttons: readonly Button[]) => Promise.all(buttons.map(shortened));
  return Promise.all(
    document.map(
      async (block): Promise<Block> =>
        block.type === 'buttons' ? { ...block, rows: await Promise.all(block.rows.map(row)) } : block,
    ),
  );
}
