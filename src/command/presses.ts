import { createHash } from 'node:crypto';

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

export interface Presses {
  /** A command line that fits a button: as it is, or with the words behind the command kept on the shelf. `asker`: who reads it. */
  shorten(line: string, asker?: string): Promise<string>;
  /** The words behind the command that `shorten` put away; others as they are; `undefined` where they have expired. */
  recall(words: string): Promise<string | undefined>;
}

/** A button on an old message still works this long. */
const KEPT_MS = 90 * 86_400_000;
const NAME = /^~[0-9a-f]{24}$/u;
/** Of a name these are the place: of 65,536, so that no flood of long lines fills the shelf. */
const PLACE_LENGTH = 5;

/**
 * Buttons that survive restarts though their command line is longer than a button holds. The short name is derived
 * from the line, so that the same line takes one place however often it is shown; what comes to the same place later
 * takes it over, and the older button has expired. `codeOf` gives the code by which somebody's words are found when they are
 * to be forgotten.
 */
export function createPresses(shelf: Shelf, codeOf?: (asker: string) => string): Presses {
  const placeOf = (name: string): string => name.slice(0, PLACE_LENGTH);
  return {
    async shorten(line, asker) {
      if (Buffer.byteLength(line) <= MAX_PRESS_BYTES) return line;
      const [command = '', ...words] = line.split(' ');
      const name = `~${createHash('sha256').update(line).digest('hex').slice(0, 24)}`;
      const kept = {
        line: [name, ...words].join(' '),
        ...(asker !== undefined && codeOf && { by: codeOf(asker) }),
      };
      await shelf.set(placeOf(name), kept, KEPT_MS);
      return `${command} ${name}`;
    },
    async recall(words) {
      if (!NAME.test(words)) return words;
      const { line: kept } = (await shelf.get(placeOf(words))) ?? {};
      return kept?.startsWith(`${words} `) ? kept.slice(words.length + 1) : undefined;
    },
  };
}
