import { countUpTo, endOf, insert, type Mark, type MarkType, type StyledText } from './styled-text.ts';

/** WORD JOINER: takes no room, is no word character, and breaks no line. */
const JOINER = '\u2060';

/**
 * Where the server would see a link that nobody meant, up to the place that breaks it: a mention or a bot command (an at
 * sign or a slash before a name, at the beginning of a word; addresses of pages and of mail have other characters before
 * those), an address with credentials, an address that another one is glued to.
 */
const AUTOLINK =
  /(?<![\p{L}\p{N}_])@(?=[a-z0-9_])|(?<![\p{L}\p{N}_/<>])\/(?=[a-z0-9_])|:\/\/(?=[^\s/?#]+@|\S+?:\/\/)/giu;

/** Each joiner stands behind one of these. */
const SIGNS = ['@', '/'];

/** Inside these the server looks for nothing; addresses must stay whole. */
const NOT_AUTOLINKED: ReadonlySet<MarkType> = new Set(['code', 'pre', 'url', 'address', 'bot_command']);

/** The same words with a joiner in everything that would become clickable. */
export function breakAutolinks(styled: StyledText): StyledText {
  const isQuiet = notAutolinkedIn(styled.marks);
  const places = [...styled.text.matchAll(AUTOLINK)]
    .map(({ index, 0: live }) => index + live.length)
    .filter((place) => !isQuiet(place));
  return insert(styled, places, JOINER);
}

/** At most so many joiners a text gets: seen more quickly than how many. */
export function mostJoiners(text: string): number {
  let count = 0;
  for (const sign of SIGNS)
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count += 1;
  return count;
}

/** Whether a place is behind the beginning of such a mark and not behind its end. */
function notAutolinkedIn(marks: readonly Mark[]): (place: number) => boolean {
  const quiet = marks.filter(({ type }) => NOT_AUTOLINKED.has(type)).sort((a, b) => a.offset - b.offset);
  const begins = quiet.map(({ offset }) => offset);
  let farthest = 0;
  const ends = quiet.map((mark) => (farthest = Math.max(farthest, endOf(mark))));
  return (place) => place <= (ends[countUpTo(begins, place - 1) - 1] ?? -1);
}
