import { createHash } from 'node:crypto';
import type { Block, Button, Callback, Document } from '../note/document.ts';
import { formatCallback, formatOptions, parseOptions } from './callback-text.ts';

/** The document with every button's press as short as a button holds; what is chosen behind an option needs it as it is. */
export async function withShortCallbacks(
  document: Document,
  presses: Pick<CallbackStore, 'shorten'>,
  asker: string,
): Promise<Document> {
  const shortened = async (button: Button): Promise<Button> =>
    'callback' in button ? { ...button, callback: await presses.shorten(button.callback, asker) } : button;
  const row = (buttons: readonly Button[]) => Promise.all(buttons.map(shortened));
  return Promise.all(
    document.map(
      async (block): Promise<Block> =>
        block.type === 'buttons' ? { ...block, rows: await Promise.all(block.rows.map(row)) } : block,
    ),
  );
}

/** Telegram's `callback_data` holds 64 bytes, the least of both platforms; two go to the version and the manner. */
export const MAX_CALLBACK_BYTES = 62;

/** The small part of a key-value store that is needed here. */
export interface CallbackKeyValue {
  get(key: string): Promise<StoredCallback | undefined>;
  set(key: string, value: StoredCallback, ttlMs: number): Promise<unknown>;
}

interface StoredCallback {
  /** Its short name and the words behind the command. */
  readonly line: string;
  /** The code of who asked what the button stands under: the words are theirs, and go when they are forgotten. */
  readonly by?: string;
}

type Options = Readonly<Record<string, string>>;

export interface CallbackStore {
  /** A press that fits a button: as it is, or with its options kept on the shelf. `asker`: who reads it. */
  shorten(press: Callback, asker?: string): Promise<Callback>;
  /** The options that `shorten` put away; `undefined` where they have expired. */
  expand(name: string): Promise<Options | undefined>;
  /**
   * What the line of a button says that an older program made: its words as they are, or those that it kept under a
   * name; `undefined` where they have expired.
   */
  expandLine(words: string): Promise<string | undefined>;
}

/** A button on an old message still works this long. */
const TTL_MS = 90 * 86_400_000;
const NAME = /^[0-9a-f]{24}$/u;
/** Of a name these are the place: of 65,536, so that no flood of long presses fills the shelf. */
const SLOT_LENGTH = 4;

/**
 * Buttons that survive restarts though their options are longer than a button holds. The short name is derived from
 * the press, so that the same press takes one place however often it is shown; what comes to the same place later
 * takes it over, and the older button has expired. `codeOf` gives the code by which somebody's words are found when
 * they are to be forgotten.
 */
export function createCallbackStore(
  shelf: CallbackKeyValue,
  codeOf?: (asker: string) => string,
): CallbackStore {
  const placeOf = (name: string): string => `~${name.slice(0, SLOT_LENGTH)}`;
  async function found(name: string): Promise<string | undefined> {
    if (!NAME.test(name)) return undefined;
    const { line } = (await shelf.get(placeOf(name))) ?? {};
    return line?.startsWith(`~${name} `) ? line.slice(name.length + 2) : undefined;
  }
  return {
    async shorten(press, asker) {
      const written = formatCallback(press);
      if (Buffer.byteLength(written) <= MAX_CALLBACK_BYTES || 'kept' in press) return press;
      const name = createHash('sha256').update(written).digest('hex').slice(0, 24);
      const kept = {
        line: `~${name} ${formatOptions(press.options)}`,
        ...(asker !== undefined && codeOf && { by: codeOf(asker) }),
      };
      await shelf.set(placeOf(name), kept, TTL_MS);
      return { command: press.command, kept: name };
    },
    async expand(name) {
      const kept = await found(name);
      return kept === undefined ? undefined : parseOptions(kept);
    },
    async expandLine(words) {
      const [, name] = /^~([0-9a-f]{24})$/u.exec(words) ?? [];
      return name === undefined ? words : found(name);
    },
  };
}
