import type { Texts } from '../i18n/texts.ts';
import { DEFAULT_POST_TYPES, POST_TYPES } from '../note/post-types.ts';
import type { Preferences } from '../preferences/preferences.ts';

/** Sets which posts are delivered and when. Other settings don't change. */
export interface Preset {
  readonly name: keyof Texts['settings']['presets'];
  readonly preferences: Pick<Preferences, 'postTypes' | 'schedule'>;
}

const AT_ONCE = { kind: 'at-once' } as const;

/** Every preset, in the order in which they are offered. */
export const PRESETS: readonly Preset[] = [
  { name: 'everything', preferences: { postTypes: POST_TYPES, schedule: AT_ONCE } },
  { name: 'missives', preferences: { postTypes: ['missive'], schedule: AT_ONCE } },
  { name: 'pictures', preferences: { postTypes: ['photo', 'video'], schedule: AT_ONCE } },
  { name: 'digest', preferences: { postTypes: DEFAULT_POST_TYPES, schedule: { kind: 'daily', at: 8 * 60 } } },
];
