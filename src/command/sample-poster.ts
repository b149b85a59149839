import type { Texts } from '../i18n/texts.ts';
import type { Document } from '../note/document.ts';
import type { PostType } from '../note/post-types.ts';
import type { LongNoteFallback } from '../note/present/long-note-fallback.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { PreviewResult } from './request.ts';

/** A made-up post of one kind, to see what such posts look like in a chat. */
export interface SamplePost {
  readonly name: keyof Texts['servers']['preview']['names'];
  readonly postType: PostType;
  readonly document: Document;
  readonly fallback?: LongNoteFallback;
}

export interface SampleResult extends PreviewResult {
  readonly name: SamplePost['name'];
}

/** Posts samples as deliveries would, with the chat's preferences but outside the journal. */
export interface SamplePoster {
  post(
    destination: string,
    samples: readonly SamplePost[],
    preferences: Preferences,
  ): Promise<readonly SampleResult[]>;
  /** Deletes all samples posted there. False if some of them couldn't be deleted. */
  deleteAll(destination: string, preferences?: Preferences): Promise<boolean>;
}
