/** Mentions and bot commands, which Telegram's server makes clickable by itself (TDLib, `find_entities`). */
const MENTION = /(?<![\p{L}\p{N}_])@([a-z0-9_]{2,32})(?![\p{L}\p{N}_])/giu;
const COMMAND = /(?<![\p{L}\p{N}_/<>])\/([a-z0-9_]{1,64})(?:@[a-z0-9_]{3,32})?(?![\p{L}\p{N}_/<>])/giu;
const ADDRESS = /https?:\/\/[^\s<>"]+/giu;

interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
}

/** The mentions and commands in a text that readers could tap. */
export function autolinksIn(text: string, entities: readonly Entity[]): readonly string[] {
  const closed = entities
    .filter(({ type }) => ['code', 'pre', 'text_link'].includes(type))
    .map(({ offset, length }) => [offset, offset + length] as const);
  const addresses = [...text.matchAll(ADDRESS)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  const isClosed = (at: number): boolean =>
    [...closed, ...addresses].some(([start, end]) => start <= at && at < end);
  return [...text.matchAll(MENTION), ...text.matchAll(COMMAND)]
    .filter((match) => !isClosed(match.index))
    .map(([word]) => word);
}
