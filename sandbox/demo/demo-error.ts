import { en, type PageWords } from './page/words/en.ts';

/** A request of the page that can't be done, with a sentence for the user in each language. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
  readonly said: (words: PageWords) => string;

  constructor(said: (words: PageWords) => string) {
    super(said(en));
    this.said = said;
  }
}
