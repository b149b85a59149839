import type { Button, Media, Select } from '../../../note/document.ts';

/**
 * `true`: no blank line below. `lead`: only at the top of the message; further down, these texts are `quiet`, close
 * only to each other.
 */
export type Tight = boolean | 'lead' | 'quiet';

/** A part of a message. `hidden`: covered until the reader asks for it. */
export type Piece =
  | { readonly type: 'text'; readonly text: string; readonly tight: Tight; readonly hidden: boolean }
  | { readonly type: 'gallery'; readonly items: readonly Media[]; readonly hidden: boolean }
  /** Beside the text before it. */
  | { readonly type: 'portrait'; readonly url: string; readonly alt: string; readonly hidden: boolean }
  | { readonly type: 'divider'; readonly hidden: boolean }
  | { readonly type: 'row'; readonly buttons: readonly Button[]; readonly hidden: false }
  | { readonly type: 'select'; readonly select: Select; readonly hidden: false };

/** Joins adjacent texts: with a blank line, or a line break if they are close. */
export function joinTexts(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.type === 'text' && last?.type === 'text' && last.hidden === piece.hidden)
      joined[joined.length - 1] = {
        ...piece,
        tight: piece.tight === 'lead' && last.tight !== 'lead' ? 'quiet' : piece.tight,
        text: `${last.text}${areClose(last.tight, piece.tight) ? '\n' : '\n\n'}${piece.text}`,
      };
    else joined.push(piece);
  }
  return joined;
}

const areClose = (above: Tight, below: Tight): boolean =>
  above === true || above === 'lead' || (above === 'quiet' && below === 'lead');
