import { LRUCache } from 'lru-cache';
import { candidateTypes } from '../preferences/filter.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../preferences/preferences.ts';
import { formatPreferences, parsePreferences } from '../preferences/preferences-format.ts';

/** Many destinations have the same preferences, so parsed ones are cached. */
const parsed = new LRUCache<string, Preferences>({ max: 1_000 });

/** Parses the column with preferences; empty for the defaults. */
export function preferencesFromColumn(text: string): Preferences {
  if (text === '') return DEFAULT_PREFERENCES;
  const known = parsed.get(text);
  if (known) return known;
  const { preferences } = parsePreferences(text);
  parsed.set(text, preferences);
  return preferences;
}

/** Preferences as columns: as text, and the part that a statement can evaluate. */
export const preferenceColumns = (preferences: Preferences) => ({
  choices: formatPreferences(preferences),
  postTypes: ` ${candidateTypes(preferences).join(' ')} `,
});
