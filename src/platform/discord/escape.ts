/** Between an at sign and what would ping, or between two markers that would run together. Takes no room on screen. */
export const ZERO_WIDTH = '\u200b';

/** Control characters that show nothing, and the overrides that turn the direction of what follows. */
const UNSEEN = /[\u202a-\u202e]|[^\P{Cc}\n\t]/gu;

/**
 * Every character that Discord's Markdown would take for markup, by where it stands; a backslash makes it inert
 * (Reference, Message Formatting).
 */
const MARKUP = new RegExp(
  [
    // Emphasis, spoilers, code, masked links; with the angle brackets mentions, times, quotes, automatic links.
    '[\\\\*_~|`[\\]<>]',
    // A heading swallows the hash signs at its end. Looked at once for each run of them, however long.
    '(?<!#)#+(?!#)(?=[^\\S\\n]*$)',
    // At a line's start: headings, small print, bullets, numbers.
    '(?<=^[^\\S\\n]*)[#+\\-]',
    '(?<=^[^\\S\\n]*\\d+)\\.',
    // An address links itself, and takes every backslash in it along.
    ':(?=//)',
    // Names of emoji turn into emoji.
    ':(?=[\\w+\\-]+(?:::skin-tone-\\d)?:)',
  ].join('|'),
  'gmu',
);

/** The last line of defence behind `allowed_mentions`: copies and quotes of the message stay inert too. */
const PING = /@(?=everyone|here)/giu;

/** An address that Discord links by itself, whole, with nothing in it that would have to be escaped, and no credentials. */
const PLAIN_ADDRESS =
  /(?<![\w:])https?:\/\/(?![^\s/?#]{1,256}@)[\w\-./?=&%#+:@!$,;'()]+(?<=[\w/=&%])(?=[.,;!?)]*(?:\s|$))/gu;

/** Text as JSON and Discord can take it: whole characters, visible ones, no more than one blank line at a time. */
export function cleaned(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/gu, '\n')
    .replace(UNSEEN, '')
    .replace(/\n{3,}/gu, '\n\n');
}

/** Code, where only pings need care. */
export function unpinging(text: string): string {
  return text.replace(PING, `@${ZERO_WIDTH}`);
}

/** Text that Discord shows exactly as it was written. `rest` is what follows in the same message. */
export function escaped(text: string, rest = ''): string {
  const written = cleaned(text);
  let shown = '';
  let done = 0;
  for (const { 0: address, index } of written.matchAll(PLAIN_ADDRESS)) {
    const end = index + address.length;
    const runsOn = !/\s/u.test(written.slice(end)) && /^\S/u.test(rest);
    if (runsOn || unpinging(address) !== address) continue;
    shown += inert(written.slice(done, index)) + address;
    done = end;
  }
  return shown + inert(written.slice(done));
}

function inert(text: string): string {
  return unpinging(
    text.replace(MARKUP, (markup) => (markup.length === 1 ? `\\${markup}` : markup.replace(/#/gu, '\\#'))),
  );
}
