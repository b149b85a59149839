import type { Note } from '../../../note/note.ts';
import { candidateTypes, filtersByTypeOnly, matches } from '../../../preferences/filter.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../preferences/preferences.ts';
import { formatPreferences, parsePreferences } from '../../../preferences/preferences-format.ts';

/** Very many destinations choose the same; more than so many different choices are read anew. */
const CACHE_SIZE = 1_000;

const kept = new Map<string, Preferences>();

/** The choices in the column that holds them as text; empty: as where nobody chose. */
export function preferencesFromColumn(text: string): Preferences {
  if (text === '') return DEFAULT_PREFERENCES;
  const known = kept.get(text);
  if (known) return known;
  if (kept.size >= CACHE_SIZE) kept.clear();
  const { choices } = parsePreferences(text);
  kept.set(text, choices);
  return choices;
}

/** Whether a note of a wanted type is wanted: looked at only where more than its type decides. */
export function matchesBeyondType(choices: Preferences, note: () => Note | undefined): boolean {
  if (filtersByTypeOnly(choices)) return true;
  const found = note();
  return found !== undefined && matches(found, choices);
}

/** Choices as the columns hold them: as text, and what a statement can tell of them by itself. */
export const preferenceColumns = (choices: Preferences) => ({
  choices: formatPreferences(choices),
  postTypes: ` ${candidateTypes(choices).join(' ')} `,
});
