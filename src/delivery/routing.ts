import type { Note } from '../note/note.ts';
import type { DeliveryOptions } from '../platform/platform.ts';
import type { Preferences } from '../preferences/preferences.ts';

/** Where in a destination a note goes, what it is filed under there, and who is told of it: of its first part alone. */
export function routingFor(
  { postType, series, hashtags }: Pick<Note, 'postType' | 'series' | 'hashtags'>,
  { pings, topics }: Pick<Preferences, 'pings' | 'topics'>,
  part: number,
): Pick<DeliveryOptions, 'labels' | 'ping' | 'topic'> {
  const [ping, topic] = [pings[postType], topics[postType]];
  return {
    labels: [postType, ...(series === undefined ? [] : [series]), ...hashtags],
    ...(part === 0 && ping !== undefined && { ping }),
    ...(topic !== undefined && { topic }),
  };
}
