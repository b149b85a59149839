/** One long note asks for about this many different answers. */
const MAX_ENTRIES = 4_096;
/** Longer texts are no names, titles or labels, and hardly ever asked for again. UTF-16 units, of all arguments. */
const MAX_KEY_LENGTH = 512;

/**
 * Remembers what a pure function of some strings returned. A note is rendered in many styles and cut at many places, and
 * each time the same links are judged. A full cache is emptied: with lru-cache, which keeps track of every use, rendering
 * took a sixth longer.
 */
export function memoize<Texts extends readonly string[], Answer>(
  compute: (...texts: Texts) => Answer,
): (...texts: Texts) => Answer {
  const answers = new Map<string, Answer>();
  return (...texts) => {
    const key = texts.join('\0');
    if (key.length > MAX_KEY_LENGTH) return compute(...texts);
    const known = answers.get(key);
    if (known !== undefined || answers.has(key)) return known as Answer;
    const answer = compute(...texts);
    if (answers.size >= MAX_ENTRIES) answers.clear();
    answers.set(key, answer);
    return answer;
  };
}
