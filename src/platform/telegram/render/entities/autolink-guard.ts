import { countUpTo, endOf, insert, type Mark, type MarkType, type StyledText } from './styled-text.ts';

/** WORD JOINER: has no width, isn't a word character, and allows no line break. */
const JOINER = '\u2060';

/**
 * Matches the beginnings of links that the server would make automatically, up to where a joiner breaks them: mentions and bot
 * commands (an at sign or slash at the start of a word, unlike those inside web and mail addresses), addresses with
 * credentials, and addresses directly followed by another one.
 */
const AUTOLINK =
  /(?<![\p{L}\p{N}_])@(?=[a-z0-9_])|(?<![\p{L}\p{N}_/<>])\/(?=[a-z0-9_])|:\/\/(?=[^\s/?#]+@|\S+?:\/\/)/giu;

/** Each joiner follows one of these. */
const SIGNS = ['@', '/'];

/** The server detects nothing inside these, and addresses must stay intact. */
const NOT_AUTOLINKED: ReadonlySet<MarkType> = new Set(['code', 'pre', 'url', 'address', 'bot_command']);

/** Inserts a joiner into everything that would become clickable by accident. */
export function breakAutolinks(styled: StyledText): StyledText {
  const isQuiet = notAutolinkedIn(styled.marks);
  const places = [...styled.text.matchAll(AUTOLINK)]
    .map(({ index, 0: live }) => index + live.length)
    .filter((place) => !isQuiet(place));
  return insert(styled, places, JOINER);
}

/** Upper bound of the number of joiners; faster than the exact number. */
export function mostJoiners(text: string): number {
  let count = 0;
  for (const sign of SIGNS)
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count += 1;
  return count;
}

/** Whether an offset is inside one of those marks. */
function notAutolinkedIn(marks: readonly Mark[]): (place: number) => boolean {
  const quiet = marks.filter(({ type }) => NOT_AUTOLINKED.has(type)).sort((a, b) => a.offset - b.offset);
  const begins = quiet.map(({ offset }) => offset);
  let farthest = 0;
  const ends = quiet.map((mark) => (farthest = Math.max(farthest, endOf(mark))));
  return (place) => place <= (ends[countUpTo(begins, place - 1) - 1] ?? -1);
}
