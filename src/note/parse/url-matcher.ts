/** Where a URL might begin. */
export const URL_START = /https?:\/\//iu;
/**
 * Characters that always end a URL: white space, ASCII quotes, and the punctuation and symbols of every script (brackets,
 * dashes, ellipses, emoji), except those inside words and names (`L’Oréal`, `Michelson–Morley`) and those that look like
 * a slash or a dot, so that a disguised host is seen whole. `|`, `{}` and `^` are not valid in URLs (RFC 3986) but occur
 * in real ones.
 */
const NEVER = '\\s<>"`\\\\\\p{RI}\\uFE0F\\u20E3[[\\p{P}\\p{So}\\p{Sm}]--[\\p{ASCII}‘’–‐‑·・‧׳״־⁄∕․]]';
/** A digit in a keycap is an emoji. */
const FRAMED = '(?![\\d#*]\\uFE0F?\\u20E3)';
/** Emoji are allowed in host names. */
const EMOJI_HOST =
  '(?:[\\p{L}\\p{N}\\-]{0,20}(?:\\p{Extended_Pictographic}\\uFE0F?){1,8}[\\p{L}\\p{N}\\-]{0,20}(?=\\.\\p{L}))?';
const RUN = new RegExp(`https?://${EMOJI_HOST}(?:${FRAMED}[^${NEVER}])+`, 'ivy');
/** The host, if a path follows. */
const SERVER = new RegExp(`https?://${EMOJI_HOST}[^${NEVER}\\/?#]+(?=[\\/?#])`, 'ivy');
/** Letters of scripts without spaces: directly after a URL, they continue the sentence. */
export const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** After these characters, a letter of those scripts belongs to the URL (`/wiki/東京`, `?q=東京`). */
const JOINERS = '/=?&#_-%+';
/**
 * Another URL or code glued to this one, or surrounding markup. After these characters it is part of the URL:
 * `?url=https://…`.
 */
const GLUED =
  /(?<![/=?&#:@+])[[({*'_|~]{0,5}(?:https?:\/\/|(?:web\+)?nostr:(?:npub|nprofile|note|nevent|naddr|nsec|ncryptsec)1|lightning:ln)|\[\/\w{1,9}\]|\[[^[\]]{0,300}\]\(|\]\(|\[?!\[/giu;
/** Opening characters that may come before a URL, with the closing ones that then end it. */
const WRAPPERS: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '|': '|',
  "'": "'",
  '‘': '’',
  '*': '*',
  _: '_',
  '~': '~',
};
/** Wrappers that often occur inside URLs; they only count at the end. */
const COMMON = '_~';
const BRACKETS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];
/** Punctuation of the sentence around a URL. */
const TRAILING = /[.,;:!?'*\|^]|[\p{P}--\p{ASCII}]/v;
const MAX_LENGTH = 4_096;

/** The URL at an offset, ending where a reader would say it does; empty if there is none. */
export function matchUrl(text: string, at: number): string {
  RUN.lastIndex = at;
  const run = RUN.exec(text.slice(0, at + MAX_LENGTH))?.[0];
  if (run === undefined) return '';
  const before = text.charAt(at - 1);
  const whole = withoutUnspaced(withoutGlued(withinWrapper(run, before)));
  return withoutTrailing(whole, COMMON.includes(before) ? before : '');
}

/**
 * The host of the URL at an offset; empty if nothing follows it. Call this before `matchUrl`: if many URLs are glued
 * together, each extends to the end of the run, and reading all of them only to reject them would take quadratic time.
 */
export function matchServer(text: string, at: number): string {
  SERVER.lastIndex = at;
  const server = SERVER.exec(text.slice(0, at + MAX_LENGTH))?.[0];
  return server === undefined ? '' : withoutUnspaced(server);
}

/** Ends the URL at its wrapper: `[![](https://a.example/b.png)](https://c.example)` contains two. */
function withinWrapper(run: string, opener: string): string {
  const closer = WRAPPERS[opener];
  if (closer === undefined || COMMON.includes(closer)) return run;
  let open = 0;
  for (let index = 8; index < run.length; index += 1) {
    const character = run.charAt(index);
    if (character === closer && open === 0) return run.slice(0, index);
    if (character === opener) open += 1;
    if (character === closer) open -= 1;
  }
  return run;
}

function withoutGlued(run: string): string {
  GLUED.lastIndex = 8;
  const glued = GLUED.exec(run)?.index;
  return glued === undefined ? run : run.slice(0, glued);
}

function withoutUnspaced(run: string): string {
  if (!UNSPACED.test(run)) return run;
  const hostEnd = run.slice(8).search(/[/?#]/u);
  const pathFrom = hostEnd < 0 ? run.length : hostEnd + 8;
  for (let index = 8; index < run.length; index += 1) {
    if (!UNSPACED.test(run.charAt(index))) continue;
    const inHost = index < pathFrom;
    // A host in these scripts uses them from its first letter or after a dot.
    if (
      inHost &&
      (index <= 8 || run.slice(index, pathFrom).includes('.') || !run.slice(8, index).includes('.'))
    )
      return run;
    if (!inHost && JOINERS.includes(run.charAt(index - 1))) return run;
    return run.slice(0, index);
  }
  return run;
}

/** Removes the sentence's punctuation from the end; brackets opened inside the URL stay. */
function withoutTrailing(run: string, wrapper: string): string {
  const open = BRACKETS.map(([opener, closer]) => count(run, opener) - count(run, closer));
  let end = run.length;
  for (; end > 0; end -= 1) {
    const last = run.charAt(end - 1);
    const kind = BRACKETS.findIndex((pair) => pair.includes(last));
    if (kind < 0) {
      if (!TRAILING.test(last) && last !== wrapper) break;
      continue;
    }
    const isCloser = BRACKETS[kind]?.[1] === last;
    const balance = open[kind] ?? 0;
    if (isCloser && balance >= 0) break;
    open[kind] = balance + (isCloser ? 1 : -1);
  }
  return run.slice(0, end);
}

const count = (run: string, character: string): number => run.split(character).length - 1;
