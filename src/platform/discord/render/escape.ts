import { backslashEscape } from './backslash-escape.ts';

/** ZERO WIDTH SPACE: breaks mentions, and separates adjacent markers. */
export const ZERO_WIDTH = '\u200b';

/** Control characters and direction overrides. */
const INVISIBLE = /[\u202a-\u202e]|[^\P{Cc}\n\t]/gu;

const NEEDS_SANITIZING = /[^\t\n\x20-\x7e]|\n{3}/;

/** Broken without a backslash, which people would see where Markdown is not rendered, such as in notifications. */
const SCHEME = /:(?=\/\/)/gu;

/** Broken in addition to `allowed_mentions`, so that copies and quotes of the message are harmless, too. */
const MENTION = /@(?=everyone|here)/giu;

/** A possible address, of the greatest length. */
const LIKE_AN_ADDRESS = /(?<![\w:])https?:\/\/[\w\-./?=&%#+:@!$,;'()]+/gu;
/** A user name before the host, which readers take for the host. */
const CREDENTIALS = /^https?:\/\/[^/?#]*@/u;
/** Discord doesn't count these as part of an address before white space or the end of the text. */
const TAIL = /^[.,;!?)]*$/u;

/** Addresses that Discord links completely and automatically, and that contain nothing to escape. */
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

/** Well-formed text without control characters, and with at most one blank line in a row. */
export function sanitize(text: string): string {
  if (!NEEDS_SANITIZING.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?/gu, '\n')
    .replace(INVISIBLE, '')
    .replace(/\n{3,}/gu, '\n\n');
}

/** For code, where only mentions have to be broken. */
export function breakMentions(text: string): string {
  return !text.includes('@') ? text : text.replace(MENTION, `@${ZERO_WIDTH}`);
}

/** The text that follows continues the word. */
export const continuesWord = (rest: string): boolean => /^\S/u.test(rest);

/** Escapes text so that Discord shows it as written. `rest`: the text that follows in the message. */
export function escapeMarkdown(text: string, rest = ''): string {
  const written = sanitize(text);
  let shown = '';
  let done = 0;
  for (const { address, index } of plainAddresses(written)) {
    const end = index + address.length;
    const goesOn = !/\s/u.test(written.slice(end)) && continuesWord(rest);
    if (goesOn || breakMentions(address) !== address) continue;
    shown += inert(written.slice(done, index)) + address;
    done = end;
  }
  return shown + inert(written.slice(done));
}

const inert = (text: string): string => breakAutolinks(backslashEscape(text));

const breakAutolinks = (text: string): string =>
  breakMentions(text.includes('://') ? text.replace(SCHEME, `:${ZERO_WIDTH}`) : text);

/**
 * Markup in the label of a masked link, where Discord shows backslashes. Markers of two characters are split by a zero-width
 * space; single characters are replaced by lookalikes.
 */
const LABEL_MARKUP = /\*|`|\\|_|~(?=~)|\|(?=\|)|<(?=[@#/:a-z])|:(?=[\w+-]+:)/giu;
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '*': '\u2217',
  '`': '\u02cb',
  '\\': '\u2216',
  _: '\u02cd',
};

/** Escapes the label of a masked link. The caller handles brackets, which labels can't contain. */
export function escapeLabel(words: string): string {
  const label = sanitize(words);
  const asIs = closesUnderscore(label) ? '' : '_';
  return breakAutolinks(
    label.replace(LABEL_MARKUP, (markup) =>
      markup === asIs ? markup : (LOOK_ALIKES[markup] ?? markup + ZERO_WIDTH),
    ),
  );
}

/** An underscore could close emphasis, which takes an earlier one and the end of a word. */
function closesUnderscore(label: string): boolean {
  const first = label.indexOf('_');
  return [...label.matchAll(/_(?![0-9A-Za-z])/gu)].some(({ index }) => index > first);
}
