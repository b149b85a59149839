import { type Button, buttons, type Document, paragraph } from '../note/document.ts';
import { sentence } from './sentence.ts';

/** The asker's mistake, as a sentence for people that says what would be right. `dispatch` shows it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** What may be pressed then. */
  readonly ways: readonly Button[];
  constructor(message: string, ways: readonly Button[] = []) {
    super(message);
    this.ways = ways;
  }
}

export const problemDocument = ({ message, ways }: Problem): Document => [
  paragraph(...sentence(message)),
  ...(ways.length > 0 ? [buttons(ways)] : []),
];
