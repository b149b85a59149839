import type { Block, Button, Document } from '../note/document.ts';
import type { Presses } from './presses.ts';

/** The document with every button's press as short as a button holds; what is chosen behind an option needs it as it is. */
export async function withShortPresses(
  document: Document,
  presses: Pick<Presses, 'shorten'>,
  asker: string,
): Promise<Document> {
  const shortened = async (button: Button): Promise<Button> =>
    'press' in button ? { ...button, press: await presses.shorten(button.press, asker) } : button;
  const row = (buttons: readonly Button[]) => Promise.all(buttons.map(shortened));
  return Promise.all(
    document.map(
      async (block): Promise<Block> =>
        block.type === 'buttons' ? { ...block, rows: await Promise.all(block.rows.map(row)) } : block,
    ),
  );
}
