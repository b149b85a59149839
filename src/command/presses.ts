import { createHash } from 'node:crypto';
import type { Press } from '../note/document.ts';
import { optionsText, pressText, readOptions } from './press-text.ts';

/** Telegram's `callback_data` holds 64 bytes, the least of both platforms; two go to the version and the manner. */
export const MAX_PRESS_BYTES = 62;

/** The small part of a key-value store that is needed here. */
export interface Shelf {
  get(key: string): Promise<KeptLine | undefined>;
  set(key: string, value: KeptLine, ttlMs: number): Promise<unknown>;
}

interface KeptLine {
  /** Its short name and the words behind the command. */
  readonly line: string;
  /** The code of who asked what the button stands under: the words are theirs, and go when they are forgotten. */
  readonly by?: string;
}

type Options = Readonly<Record<string, string>>;

export interface Presses {
  /** A press that fits a button: as it is, or with its options kept on the shelf. `asker`: who reads it. */
  shorten(press: Press, asker?: string): Promise<Press>;
  /** The options that `shorten` put away; `undefined` where they have expired. */
  recall(name: string): Promise<Options | undefined>;
  /**
   * What the line of a button says that an older program made: its words as they are, or those that it kept under a
   * name; `undefined` where they have expired.
   */
  recallLine(words: string): Promise<string | undefined>;
}

/** A button on an old message still works this long. */
const KEPT_MS = 90 * 86_400_000;
const NAME = /^[0-9a-f]{24}$/u;
/** Of a name these are the place: of 65,536, so that no flood of long presses fills the shelf. */
const PLACE_LENGTH = 4;

/**
 * Buttons that survive restarts though their options are longer than a button holds. The short name is derived from
 * the press, so that the same press takes one place however often it is shown; what comes to the same place later
 * takes it over, and the older button has expired. `codeOf` gives the code by which somebody's words are found when
 * they are to be forgotten.
 */
export function createPresses(shelf: Shelf, codeOf?: (asker: string) => string): Presses {
  const placeOf = (name: string): string => `~${name.slice(0, PLACE_LENGTH)}`;
  async function found(name: string): Promise<string | undefined> {
    if (!NAME.test(name)) return undefined;
    const { line } = (await shelf.get(placeOf(name))) ?? {};
    return line?.startsWith(`~${name} `) ? line.slice(name.length + 2) : undefined;
  }
  return {
    async shorten(press, asker) {
      const written = pressText(press);
      if (Buffer.byteLength(written) <= MAX_PRESS_BYTES || 'kept' in press) return press;
      const name = createHash('sha256').update(written).digest('hex').slice(0, 24);
      const kept = {
        line: `~${name} ${optionsText(press.options)}`,
        ...(asker !== undefined && codeOf && { by: codeOf(asker) }),
      };
      await shelf.set(placeOf(name), kept, KEPT_MS);
      return { command: press.command, kept: name };
    },
    async recall(name) {
      const kept = await found(name);
      return kept === undefined ? undefined : readOptions(kept);
    },
    async recallLine(words) {
      const [, name] = /^~([0-9a-f]{24})$/u.exec(words) ?? [];
      return name === undefined ? words : found(name);
    },
  };
}
