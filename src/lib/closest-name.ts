/** The name that a misspelled one probably means, if any; capitals and punctuation don't count. */
export function closestName<Name extends string>(written: string, names: readonly Name[]): Name | undefined {
  const letters = bare(written);
  return names
    .map((name) => ({ name, edits: distance(letters, bare(name)) }))
    .filter(({ name, edits }) => edits <= name.length / 4)
    .sort((a, b) => a.edits - b.edits)[0]?.name;
}

const bare = (name: string): string => name.toUpperCase().replace(/[^A-Z\d]/gu, '');

/** Edits that lead from one to the other: a letter more, less or another (Levenshtein), or two neighbours swapped. */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let from = 0; from < a.length; from += 1) {
    const next = [from + 1];
    for (let to = 0; to < b.length; to += 1) {
      const changed = (row[to] ?? 0) + (a[from] === b[to] ? 0 : 1);
      const isSwap = from > 0 && to > 0 && a[from] === b[to - 1] && a[from - 1] === b[to];
      const swapped = isSwap ? (before[to - 1] ?? 0) + 1 : changed;
      next.push(Math.min((next[to] ?? 0) + 1, (row[to + 1] ?? 0) + 1, changed, swapped));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
