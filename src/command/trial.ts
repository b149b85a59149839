import type { Choices } from '../choices/choices.ts';
import type { Brief } from '../note/brief.ts';
import type { Document } from '../note/document.ts';
import type { PostType } from '../note/note.ts';
import type { Texts } from '../text/texts.ts';

/** One kind of post, to be looked at where it would arrive. */
export interface Sample {
  readonly name: keyof Texts['servers']['trial']['names'];
  readonly postType: PostType;
  readonly document: Document;
  readonly brief?: Brief;
}

/** What became of a sample: `plainer` where the platform refused it as it was. `why` is for people where it is a remedy. */
export interface Tried {
  readonly name: Sample['name'];
  readonly outcome: 'posted' | 'plainer' | 'refused';
  readonly why?: string;
}

/** Posts as deliveries do, with everything that is chosen, past the journal. */
export interface Trial {
  post(destination: string, samples: readonly Sample[], choices: Choices): Promise<readonly Tried[]>;
  /** Takes away all that was posted there so; false where something of it stays. */
  takeAway(destination: string, choices?: Choices): Promise<boolean>;
}
