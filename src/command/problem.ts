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
  ...(ways.length > 0 ? [buttons(...inPairs(ways))] : []),
];

/** Two beside each other can be read on a phone. */
const inPairs = (ways: readonly Button[]): readonly (readonly Button[])[] =>
  ways.flatMap((_, index) => (index % 2 === 0 ? [ways.slice(index, index + 2)] : []));
