import { type Choices, DEFAULT_CHOICES } from '../../choices/choices.ts';
import { choicesText, readChoices } from '../../choices/choices-text.ts';
import { isByType, isWanted, mayBeWanted } from '../../choices/wanted.ts';
import type { Note } from '../../note/note.ts';

/** Very many destinations choose the same; more than so many different choices are read anew. */
const KEPT = 1_000;

const kept = new Map<string, Choices>();

/** The choices in the column that holds them as text; empty: as where nobody chose. */
export function choicesIn(text: string): Choices {
  if (text === '') return DEFAULT_CHOICES;
  const known = kept.get(text);
  if (known) return known;
  if (kept.size >= KEPT) kept.clear();
  const { choices } = readChoices(text);
  kept.set(text, choices);
  return choices;
}

/** Whether a note of a wanted type is wanted: looked at only where more than its type decides. */
export function isWantedBeyondType(choices: Choices, note: () => Note | undefined): boolean {
  if (isByType(choices)) return true;
  const found = note();
  return found !== undefined && isWanted(found, choices);
}

/** Choices as the columns hold them: as text, and what a statement can tell of them by itself. */
export const columnsOf = (choices: Choices) => ({
  choices: choicesText(choices),
  postTypes: ` ${mayBeWanted(choices).join(' ')} `,
});
