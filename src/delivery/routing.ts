import type { Note } from '../note/note.ts';
import type { DeliveryOptions } from '../platform/platform.ts';
import type { Preferences } from '../preferences/preferences.ts';

/** Which topic of the destination a note goes to, its labels, and the role that its first part mentions. */
export function routingFor(
  { postType, series, hashtags }: Pick<Note, 'postType' | 'series' | 'hashtags'>,
  { mentionRoles, topics }: Pick<Preferences, 'mentionRoles' | 'topics'>,
  part: number,
): Pick<DeliveryOptions, 'labels' | 'mentionRole' | 'topic'> {
  const [mentionRole, topic] = [mentionRoles[postType], topics[postType]];
  return {
    labels: [postType, ...(series === undefined ? [] : [series]), ...hashtags],
    ...(part === 0 && mentionRole !== undefined && { mentionRole }),
    ...(topic !== undefined && { topic }),
  };
}
