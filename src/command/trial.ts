import type { Preferences } from '../choices/choices.ts';
import type { LongNoteFallback } from '../note/brief.ts';
import type { Document } from '../note/document.ts';
import type { PostType } from '../note/note.ts';
import type { Texts } from '../text/texts.ts';

/** One kind of post, to be looked at where it would arrive. */
export interface SamplePost {
  readonly name: keyof Texts['servers']['trial']['names'];
  readonly postType: PostType;
  readonly document: Document;
  readonly brief?: LongNoteFallback;
}

/** What became of a sample: `plainer` where the platform refused it as it was. `why` is for people where it is a remedy. */
export interface SampleResult {
  readonly name: SamplePost['name'];
  readonly outcome: 'posted' | 'plainer' | 'refused';
  readonly reason?: string;
}

/** Posts as deliveries do, with everything that is chosen, past the journal. */
export interface SamplePoster {
  post(
    destination: string,
    samples: readonly SamplePost[],
    choices: Preferences,
  ): Promise<readonly SampleResult[]>;
  /** Takes away all that was posted there so; false where something of it stays. */
  takeAway(destination: string, choices?: Preferences): Promise<boolean>;
}
