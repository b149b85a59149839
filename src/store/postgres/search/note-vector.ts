import type { NoteTokens } from '../../rules/note-tokens.ts';
import { erasOf } from './eras.ts';
import { characterLexeme, lexemeOf, pairLexeme, quoted } from './lexemes.ts';

/** Limits of a `tsvector` (https://www.postgresql.org/docs/current/textsearch-limitations.html), with room to spare. */
const MAX_POSITION = 16_382;
const MAX_POSITIONS = 255;
const MAX_BYTES = 1_000_000;
/** What a lexeme takes besides its letters, and each of its positions; at most. */
const BYTES_PER_LEXEME = 4;
const BYTES_PER_POSITION = 2;

/** By what a word is part of; ranking weighs them differently. */
type Weight = 'A' | 'B' | 'D';

/**
 * The `tsvector` literal of a note: its words with their positions, which leave a gap between title, hashtags and text; single
 * characters; tokens that describe the note; and its eras.
 *
 * A vector only holds the first 255 positions of a word and those up to 16,382. A note with more words than that also has a
 * lexeme for each pair of words. What exceeds a megabyte is left out, the end of the text first.
 */
export function noteVector(moment: number, { title, body, hashtags, marks, characters }: NoteTokens): string {
  const vector = createVector();
  for (const lexeme of [...marks, ...erasOf(moment)]) vector.add(lexeme);
  for (const { mark } of hashtags) vector.add(lexemeOf(mark));
  vector.addText(title, 'A');
  for (const { tokens } of hashtags) vector.addText(tokens, 'B');
  vector.addText(body, 'D');
  for (const character of characters) vector.add(characterLexeme(character));
  return vector.literal();
}

function createVector() {
  const positions = new Map<string, string[]>();
  let bytes = 0;
  let at = 1;

  /** The positions of a lexeme; `undefined` if there is no more room. */
  function add(lexeme: string): string[] | undefined {
    const known = positions.get(lexeme);
    if (known) return known;
    bytes += Buffer.byteLength(lexeme) + BYTES_PER_LEXEME;
    if (bytes > MAX_BYTES) return undefined;
    const added: string[] = [];
    positions.set(lexeme, added);
    return added;
  }

  /** Whether there was room for all positions. */
  function place(tokens: readonly string[], weight: Weight): boolean {
    let all = true;
    for (const token of tokens) {
      const places = add(token);
      const fits =
        places !== undefined &&
        places.length < MAX_POSITIONS &&
        at <= MAX_POSITION &&
        (bytes += BYTES_PER_POSITION) <= MAX_BYTES;
      if (fits) places.push(`${at}${weight === 'D' ? '' : weight}`);
      else all = false;
      at += 1;
    }
    // So that no phrase reaches from one text into the next.
    at += 1;
    return all;
  }

  return {
    add,
    addText(tokens: readonly string[], weight: Weight): void {
      if (place(tokens, weight)) return;
      for (const [index, token] of tokens.entries()) {
        const next = tokens[index + 1];
        if (next !== undefined) add(pairLexeme(token, next));
      }
    },
    literal: (): string =>
      Array.from(positions, ([lexeme, places]) =>
        places.length > 0 ? `${quoted(lexeme)}:${places.join(',')}` : quoted(lexeme),
      ).join(' '),
  };
}
