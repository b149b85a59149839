import type { Document } from '../note/document.ts';

/** Signs that people put beside a name, as pictures or as letters of other widths. */
const EMOJI = /\p{RGI_Emoji}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/gv;
const UNSAID = /[^\p{L}\p{N}\p{M}]|\p{Default_Ignorable_Code_Point}/gu;

/** Whether readers take two names for one: capitals, blanks, punctuation, emoji and the widths of letters don't matter. */
export function isSameName(one: string, other: string): boolean {
  return comparableName(one) === comparableName(other);
}

/** A name of signs alone is those signs. */
function comparableName(name: string): string {
  const folded = foldCase(name.replace(EMOJI, '')).replace(UNSAID, '');
  return folded || foldCase(name).replace(/\s|\p{Default_Ignorable_Code_Point}/gu, '');
}

/** Through capitals, so that ß is ss; before that to compatible letters, and again, as capitals may take several. */
const foldCase = (name: string): string =>
  name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');

/** Without its author's name, where that is what readers see of the sender already. */
export function withoutOwnByline(document: Document, sender: string | undefined): Document {
  if (sender === undefined) return document;
  const isSaid = document.some((block) => block.type === 'byline' && isSameName(block.name, sender));
  return isSaid ? document.filter(({ type }) => type !== 'byline') : document;
}

/** What the bot is called, as its platform says. */
export interface SenderName {
  /**
   * For a document that says who wrote it: asks the platform once; `undefined` while it gives no answer, and then it is
   * asked again. Never rejects.
   */
  resolve(document: Document): Promise<string | undefined>;
  /** As far as it is known already. */
  known(): string | undefined;
}

export function createSenderName(ask: () => Promise<string>): SenderName {
  let name: string | undefined;
  let asking: Promise<string | undefined> | undefined;
  return {
    known: () => name,
    resolve: async (document) => {
      if (name !== undefined || document.every(({ type }) => type !== 'byline')) return name;
      asking ??= ask().then(
        (answer) => (name = answer),
        () => undefined,
      );
      const answer = await asking;
      asking = undefined;
      return answer;
    },
  };
}
