import { backslashed } from './backslash-escape.ts';

/** Between an at sign and what would ping, or between two markers that would run together. Takes no room on screen. */
export const ZERO_WIDTH = '\u200b';

/** Control characters that show nothing, and the overrides that turn the direction of what follows. */
const UNSEEN = /[\u202a-\u202e]|[^\P{Cc}\n\t]/gu;

const MAY_BE_UNCLEAN = /[^\t\n\x20-\x7e]|\n{3}/;

/** What would link itself. Not by a backslash: people see it wherever Markdown is not read, as in what a phone announces. */
const SCHEME = /:(?=\/\/)/gu;

/** The last line of defence behind `allowed_mentions`: copies and quotes of the message stay inert too. */
const PING = /@(?=everyone|here)/giu;

/** What might be an address, as far as it could reach. */
const LIKE_AN_ADDRESS = /(?<![\w:])https?:\/\/[\w\-./?=&%#+:@!$,;'()]+/gu;
/** A name before the host, however long: readers take it for the host. */
const CREDENTIALS = /^https?:\/\/[^/?#]*@/u;
/** What Discord leaves out at the end of an address, before a blank or the end of the text. */
const TAIL = /^[.,;!?)]*$/u;

/** Addresses that Discord links by themselves, whole, with nothing in them that would have to be escaped. */
function* plainAddresses(text: string): Generator<{ readonly address: string; readonly index: number }> {
  if (!text.includes('://')) return;
  for (const { 0: run, index } of text.matchAll(LIKE_AN_ADDRESS)) {
    if (run.includes('@') && CREDENTIALS.test(run)) continue;
    const end = lastOf(run, /[\w/=&%]/u) + 1;
    const next = text.charAt(index + run.length);
    if (TAIL.test(run.slice(end)) && (next === '' || /\s/u.test(next)))
      yield { address: run.slice(0, end), index };
  }
}

function lastOf(run: string, kind: RegExp): number {
  let place = run.length - 1;
  while (place >= 0 && !kind.test(run.charAt(place))) place -= 1;
  return place;
}

/** Text as JSON and Discord can take it: whole characters, visible ones, no more than one blank line at a time. */
export function cleaned(text: string): string {
  if (!MAY_BE_UNCLEAN.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?/gu, '\n')
    .replace(UNSEEN, '')
    .replace(/\n{3,}/gu, '\n\n');
}

/** Code, where only pings need care. */
export function unpinging(text: string): string {
  return !text.includes('@') ? text : text.replace(PING, `@${ZERO_WIDTH}`);
}

/** Whether what follows a text is in the same word. */
export const runsOn = (rest: string): boolean => /^\S/u.test(rest);

/** Text that Discord shows exactly as it was written. `rest` is what follows in the same message. */
export function escaped(text: string, rest = ''): string {
  const written = cleaned(text);
  let shown = '';
  let done = 0;
  for (const { address, index } of plainAddresses(written)) {
    const end = index + address.length;
    const goesOn = !/\s/u.test(written.slice(end)) && runsOn(rest);
    if (goesOn || unpinging(address) !== address) continue;
    shown += inert(written.slice(done, index)) + address;
    done = end;
  }
  return shown + inert(written.slice(done));
}

const inert = (text: string): string => unlinking(backslashed(text));

const unlinking = (text: string): string =>
  unpinging(text.includes('://') ? text.replace(SCHEME, `:${ZERO_WIDTH}`) : text);

/**
 * What opens markup in the label of a masked link, where a backslash shows instead of making it inert. What takes two
 * characters is parted by what takes no room; single ones are drawn by others of the same look.
 */
const LABEL_MARKUP = /\*|`|\\|_|~(?=~)|\|(?=\|)|<(?=[@#/:a-z])|:(?=[\w+-]+:)/giu;
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '*': '\u2217',
  '`': '\u02cb',
  '\\': '\u2216',
  _: '\u02cd',
};

/** Words as the label of a masked link shows them. Brackets are for the caller: they can't stand in one. */
export function inLabel(words: string): string {
  const label = cleaned(words);
  const asIs = closesUnderscore(label) ? '' : '_';
  return unlinking(
    label.replace(LABEL_MARKUP, (markup) =>
      markup === asIs ? markup : (LOOK_ALIKES[markup] ?? markup + ZERO_WIDTH),
    ),
  );
}

/** Whether of several underscores one could close what another opened: it does so at the end of a word. */
function closesUnderscore(label: string): boolean {
  const first = label.indexOf('_');
  return [...label.matchAll(/_(?![0-9A-Za-z])/gu)].some(({ index }) => index > first);
}
