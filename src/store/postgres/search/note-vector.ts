import type { NoteTokens } from '../../rules/note-tokens.ts';
import { erasOf } from './eras.ts';
import { characterLexeme, lexemeOf, pairLexeme, quoted } from './lexemes.ts';

/** Limits of a `tsvector` (https://www.postgresql.org/docs/current/textsearch-limitations.html), the last with room to spare. */
const MAX_POSITION = 16_382;
const MAX_POSITIONS = 255;
const MAX_BYTES = 1_040_000;
/** What a lexeme's first position takes, at most, and each other one. */
const BYTES_FIRST = 5;
const BYTES_NEXT = 2;
/** No phrase that people search for has more words. */
const LONGEST_PHRASE = 64;

/** By what a word is part of; ranking weighs them differently. */
type Weight = 'A' | 'B' | 'D';

/**
 * The `tsvector` literal of a note: its words with their positions, which leave a gap between title, hashtags and text; single
 * characters; tokens that describe the note; and its eras.
 *
 * A vector only holds the first 255 positions of a word and those up to 16,382. Near words without
 * a position, the vector also has a lexeme for each pair of words. What exceeds a megabyte is left out, the end of the text first.
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
    bytes += Buffer.byteLength(lexeme);
    if (bytes > MAX_BYTES) return undefined;
    const added: string[] = [];
    positions.set(lexeme, added);
    return added;
  }

  /** Adds a word at the next position; false if it can't have one. */
  function place(token: string, weight: Weight): boolean {
    const places = add(token);
    const position = at++;
    if (!places || places.length === MAX_POSITIONS || position > MAX_POSITION) return false;
    bytes += places.length === 0 ? BYTES_FIRST : BYTES_NEXT;
    if (bytes > MAX_BYTES) return false;
    places.push(`${position}${weight === 'D' ? '' : weight}`);
    return true;
  }

  return {
    add,
    addText(tokens: readonly string[], weight: Weight): void {
      const unplaced = tokens.flatMap((token, index) => (place(token, weight) ? [] : index));
      // So that no phrase reaches from one text into the next.
      at += 1;
      let done = 0;
      for (const index of unplaced) {
        const until = Math.min(index + LONGEST_PHRASE, tokens.length - 1);
        for (done = Math.max(done, index - LONGEST_PHRASE); done < until; done += 1)
          add(pairLexeme(tokens[done] ?? '', tokens[done + 1] ?? ''));
      }
    },
    literal: (): string =>
      Array.from(positions, ([lexeme, places]) =>
        places.length > 0 ? `${quoted(lexeme)}:${places.join(',')}` : quoted(lexeme),
      ).join(' '),
  };
}
