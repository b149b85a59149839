import type { Texts } from '../i18n/texts.ts';
import { DEFAULT_POST_TYPES, POST_TYPES } from '../note/note.ts';
import type { Preferences } from '../preferences/preferences.ts';

/** A ready set of choices: what comes, and when. All else stays as it is. */
export interface Preset {
  readonly name: keyof Texts['settings']['presets'];
  readonly choices: Pick<Preferences, 'postTypes' | 'rhythm'>;
}

const AT_ONCE = { kind: 'at-once' } as const;

/** Every preset, in the order in which they are offered. */
export const PRESETS: readonly Preset[] = [
  { name: 'everything', choices: { postTypes: POST_TYPES, rhythm: AT_ONCE } },
  { name: 'missives', choices: { postTypes: ['missive'], rhythm: AT_ONCE } },
  { name: 'pictures', choices: { postTypes: ['photo', 'video'], rhythm: AT_ONCE } },
  { name: 'digest', choices: { postTypes: DEFAULT_POST_TYPES, rhythm: { kind: 'daily', at: 8 * 60 } } },
];
