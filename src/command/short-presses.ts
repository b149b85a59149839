import type { Block, Button, Document } from '../note/document.ts';
import type { CallbackStore } from './presses.ts';

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
