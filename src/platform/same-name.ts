import type { Document } from '../note/document.ts';

/** Signs that people put beside a name, as pictures or as letters of other widths. */
const EMOJI = /\p{RGI_Emoji}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/gv;
const UNSAID = /[^\p{L}\p{N}\p{M}]|\p{Default_Ignorable_Code_Point}/gu;

/** Whether readers take two names for one: capitals, blanks, punctuation, emoji and the widths of letters don't matter. */
export function isSameName(one: string, other: string): boolean {
  return letters(one) === letters(other);
}

/** A name of signs alone is those signs. */
function letters(name: string): string {
  const folded = folding(name.replace(EMOJI, '')).replace(UNSAID, '');
  return folded || folding(name).replace(/\s|\p{Default_Ignorable_Code_Point}/gu, '');
}

/** Through capitals, so that ß is ss; before that to compatible letters, and again, as capitals may take several. */
const folding = (name: string): string =>
  name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');

/** Without its author's name, where that is what readers see of the sender already. */
export function withoutName(document: Document, sender: string | undefined): Document {
  if (sender === undefined) return document;
  const isSaid = document.some((block) => block.type === 'byline' && isSameName(block.name, sender));
  return isSaid ? document.filter(({ type }) => type !== 'byline') : document;
}

/** What the bot is called, as its platform says. */
export interface OwnName {
  /**
   * For a document that says who wrote it: asks the platform once; `undefined` while it gives no answer, and then it is
   * asked again. Never rejects.
   */
  askedFor(document: Document): Promise<string | undefined>;
  /** As far as it is known already. */
  known(): string | undefined;
}

export function createOwnName(ask: () => Promise<string>): OwnName {
  let name: string | undefined;
  let asking: Promise<string | undefined> | undefined;
  return {
    known: () => name,
    askedFor: async (document) => {
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
