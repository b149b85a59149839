import { endOf, type Mark, type MarkType, type Styled } from './styled.ts';

/** WORD JOINER: takes no room, is no word character, and breaks no line. */
const JOINER = '\u2060';

/**
 * Where the server would see a mention or a bot command that nobody meant: an at sign or a slash before a name, at the
 * beginning of a word. Addresses of pages and of mail have other characters before those.
 */
const LIVE = /(?<![\p{L}\p{N}_])@(?=[a-z0-9_])|(?<![\p{L}\p{N}_/<>])\/(?=[a-z0-9_])/giu;

/** Inside these the server looks for nothing; addresses must stay whole. */
const QUIET: ReadonlySet<MarkType> = new Set(['code', 'pre', 'url', 'bot_command']);

/** The same words with a joiner after every at sign or slash that would become clickable. */
export function withoutLiveWords(styled: Styled): Styled {
  const quiet = styled.marks.filter(({ type }) => QUIET.has(type));
  const places = [...styled.text.matchAll(LIVE)]
    .map(({ index }) => index + 1)
    .filter((place) => !quiet.some((mark) => mark.offset < place && place <= endOf(mark)));
  if (places.length === 0) return styled;
  const moved = (at: number, inclusive: boolean): number =>
    at + places.filter((place) => (inclusive ? place <= at : place < at)).length;
  const move = (mark: Mark): Mark => {
    const offset = moved(mark.offset, true);
    return { ...mark, offset, length: moved(endOf(mark), false) - offset };
  };
  const pieces = [0, ...places].map((place, index) => styled.text.slice(place, places[index]));
  return { text: pieces.join(JOINER), marks: styled.marks.map(move) };
}
