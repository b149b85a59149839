import type { Document } from '../note/document.ts';

/** Symbols that people add to a name. */
const EMOJI = /\p{RGI_Emoji}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/gv;
const IGNORED = /[^\p{L}\p{N}\p{M}]|\p{Default_Ignorable_Code_Point}/gu;

/** Whether two names look the same to readers: case, spaces, punctuation, emoji and character widths are ignored. */
export function isSameName(one: string, other: string): boolean {
  return comparableName(one) === comparableName(other);
}

/** A name that consists only of symbols is compared by those symbols. */
function comparableName(name: string): string {
  const folded = foldCase(name.replace(EMOJI, '')).replace(IGNORED, '');
  return folded || foldCase(name).replace(/\s|\p{Default_Ignorable_Code_Point}/gu, '');
}

/** Upper-cases first, so that ß equals ss. Normalizes before and after, since upper-casing can undo NFKC. */
const foldCase = (name: string): string =>
  name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');

/** Without the byline, if readers already see that name as the sender's. */
export function withoutOwnByline(document: Document, sender: string | undefined): Document {
  if (sender === undefined) return document;
  const isRepeated = document.some((block) => block.type === 'byline' && isSameName(block.name, sender));
  return isRepeated ? document.filter(({ type }) => type !== 'byline') : document;
}

/** The bot's name on its platform. */
export interface SenderName {
  /**
   * The name, if the document has a byline to compare it with. Asks the platform until it has answered once;
   * `undefined` if it doesn't answer. Never rejects.
   */
  resolve(document: Document): Promise<string | undefined>;
  /** The name if it's known already. */
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
