import type { Button, Media } from '../../note/document.ts';

/** What a message is made of, in order. `hidden`: only for who asks to see it. */
export type Piece =
  | { readonly type: 'text'; readonly text: string; readonly tight: boolean; readonly hidden: boolean }
  | { readonly type: 'gallery'; readonly items: readonly Media[]; readonly hidden: boolean }
  /** Beside the text before it. */
  | { readonly type: 'portrait'; readonly url: string; readonly alt: string; readonly hidden: boolean }
  | { readonly type: 'divider'; readonly hidden: boolean }
  | { readonly type: 'row'; readonly buttons: readonly Button[]; readonly hidden: false };

/** Texts that follow each other as one: a blank line between them, or only a line's end after a tight one. */
export function joinedTexts(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.type === 'text' && last?.type === 'text' && last.hidden === piece.hidden)
      joined[joined.length - 1] = {
        ...piece,
        text: `${last.text}${last.tight ? '\n' : '\n\n'}${piece.text}`,
      };
    else joined.push(piece);
  }
  return joined;
}
