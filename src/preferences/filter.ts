import type { Note } from '../note/note.ts';
import { POST_TYPES, type PostType } from '../note/post-types.ts';
import type { FilterTerms, Preferences } from './preferences.ts';

/** Whether a destination wants a note: muted ones never, followed ones always, others by their post type. */
export function matches(
  note: Pick<Note, 'postType' | 'series' | 'hashtags'>,
  preferences: Preferences,
): boolean {
  if (matchesTerms(note, preferences.mute)) return false;
  return preferences.postTypes.includes(note.postType) || matchesTerms(note, preferences.follow);
}

/** The post types of which some notes may be wanted. */
export function candidateTypes({ postTypes, follow }: Preferences): readonly PostType[] {
  return isEmpty(follow) ? postTypes : POST_TYPES;
}

/** Whether the post type alone decides. */
export function filtersByTypeOnly({ follow, mute }: Preferences): boolean {
  return isEmpty(follow) && isEmpty(mute);
}

const isEmpty = ({ series, hashtags }: FilterTerms): boolean => series.length + hashtags.length === 0;

function matchesTerms({ series, hashtags }: Pick<Note, 'series' | 'hashtags'>, terms: FilterTerms): boolean {
  return (
    (series !== undefined && terms.series.includes(series)) ||
    hashtags.some((hashtag) => terms.hashtags.includes(hashtag))
  );
}
