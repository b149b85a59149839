/** As many answers as one long note may ask for, of words as long as people, pages and their labels are called. */
const MOST_KEPT = 4_096;
const MAX_LENGTH = 512;

/**
 * The same function of some words, which remembers what it said of short ones: a note is rendered in many variants, cut at
 * many places, and in each of them the same links are judged. All is forgotten where that becomes too much.
 */
export function memoize<Words extends readonly string[], Made>(
  make: (...words: Words) => Made,
): (...words: Words) => Made {
  const kept = new Map<string, Made>();
  return (...words) => {
    const name = words.join('\0');
    if (name.length > MAX_LENGTH) return make(...words);
    const known = kept.get(name);
    if (known !== undefined || kept.has(name)) return known as Made;
    const made = make(...words);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(name, made);
    return made;
  };
}
