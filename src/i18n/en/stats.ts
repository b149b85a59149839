import { PLATFORMS, type PlatformName } from '../../platform/platforms.ts';
import { bidiIsolate } from '../bidi-isolate.ts';
import { plural } from './plural.ts';

const posts = (count: number): string => plural(count, 'post', 'posts');

/** The author's posts in numbers. */
export const statsTexts = {
  heading: 'Statistics',
  none: 'No posts yet.',
  total: (count: number, since: string) => `${posts(count)} since ${since}`,
  /** `before`: in the month before, if there was one. */
  thisMonth: (count: number, before: number | undefined) =>
    `This month: ${posts(count)}${before === undefined ? '' : ` – last month: ${before}`}`,
  busiest: (hour: string) => `Busiest hour: ${hour}:00 to ${hour}:59, in your time zone`,
  longestSeries: (title: string, count: number) => `Longest series: “${bidiIsolate(title)}”, ${posts(count)}`,
  hashtags: (used: readonly (readonly [tag: string, count: number])[]) =>
    `Top hashtags: ${used.map(([tag, count]) => `${bidiIsolate(tag)} (${count})`).join(', ')}`,
  audience: (places: readonly string[]) => `Audience: ${places.join(', ')}`,
  /** `places`: how many, as in `platforms`. */
  onPlatform: (places: string, platform: PlatformName) => `${places} on ${PLATFORMS[platform].displayName}`,
  recently: (joined: number, left: number) => `In the last 30 days: ${joined} joined, ${left} left`,
  charts: { months: 'By month', hours: 'By hour' },
  alt: { months: 'Posts per month', hours: 'Posts by hour of the day, over the last 24 months' },
};
