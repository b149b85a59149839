import { type Note, POST_TYPES, type PostType } from '../note/note.ts';
import type { Choices, Picks } from './choices.ts';

/** Whether a note is to come where these choices hold: what is muted never, what is followed always, else by its type. */
export function isWanted(note: Pick<Note, 'postType' | 'series' | 'hashtags'>, choices: Choices): boolean {
  if (isAmong(note, choices.mute)) return false;
  return choices.postTypes.includes(note.postType) || isAmong(note, choices.follow);
}

/** The post types of which at least some notes may be wanted. */
export function mayBeWanted({ postTypes, follow }: Choices): readonly PostType[] {
  return isEmpty(follow) ? postTypes : POST_TYPES;
}

/** Whether the post type alone tells what is wanted. */
export function isByType({ follow, mute }: Choices): boolean {
  return isEmpty(follow) && isEmpty(mute);
}

const isEmpty = ({ series, hashtags }: Picks): boolean => series.length + hashtags.length === 0;

function isAmong({ series, hashtags }: Pick<Note, 'series' | 'hashtags'>, picks: Picks): boolean {
  return (
    (series !== undefined && picks.series.includes(series)) ||
    hashtags.some((hashtag) => picks.hashtags.includes(hashtag))
  );
}
