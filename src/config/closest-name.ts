import { type VariableName, variables } from './variables.ts';

/** The variable that a misspelled name probably means; `undefined` if it is spelled correctly or belongs to something else (`NODE_ENV`). */
export function closestVariable(name: string): VariableName | undefined {
  const names = variables.map(([known]) => known);
  if (names.some((known) => known === name)) return undefined;
  const letters = bare(name);
  return names
    .map((known) => ({ known, edits: distance(letters, bare(known)) }))
    .filter(({ known, edits }) => edits <= known.length / 4)
    .sort((a, b) => a.edits - b.edits)[0]?.known;
}

const bare = (name: string): string => name.toUpperCase().replace(/[^A-Z\d]/gu, '');

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const letter of a) {
    const next = [(row[0] ?? 0) + 1];
    for (let at = 0; at < b.length; at += 1)
      next.push(
        Math.min((next[at] ?? 0) + 1, (row[at + 1] ?? 0) + 1, (row[at] ?? 0) + (b[at] === letter ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
