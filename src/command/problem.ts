/** The asker's mistake, as a sentence for people that says what would be right. `dispatch` shows it. */
export class Problem extends Error {
  override readonly name = 'Problem';
}
