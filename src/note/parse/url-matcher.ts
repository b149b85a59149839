/** Where an address might begin. */
export const URL_START = /https?:\/\//iu;
/**
 * What ends an address wherever it stands: white space, ASCII quotes, and the punctuation and symbols of every script
 * (brackets, dashes, ellipses, emoji), except those that stand inside words and names (`L’Oréal`,
 * `Michelson–Morley`) and those that look like a slash or a dot: a disguised host is to be seen as a whole.
 * `|`, `{}` and `^` are no part of an address by RFC 3986, but of addresses as they are.
 */
const NEVER = '\\s<>"`\\\\\\p{RI}\\uFE0F\\u20E3[[\\p{P}\\p{So}\\p{Sm}]--[\\p{ASCII}‘’–‐‑·・‧׳״־⁄∕․]]';
/** A digit in a frame is an emoji. */
const FRAMED = '(?![\\d#*]\\uFE0F?\\u20E3)';
/** Emoji are no symbols in the name of a host. */
const EMOJI_HOST =
  '(?:[\\p{L}\\p{N}\\-]{0,20}(?:\\p{Extended_Pictographic}\\uFE0F?){1,8}[\\p{L}\\p{N}\\-]{0,20}(?=\\.\\p{L}))?';
const RUN = new RegExp(`https?://${EMOJI_HOST}(?:${FRAMED}[^${NEVER}])+`, 'ivy');
/** The part of it that names the server, where a path follows. */
const SERVER = new RegExp(`https?://${EMOJI_HOST}[^${NEVER}\\/?#]+(?=[\\/?#])`, 'ivy');
/** Letters of scripts written without spaces: glued to an address they are the sentence going on. */
export const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** Behind these such a letter belongs to the address (`/wiki/東京`, `?q=東京`). */
const JOINERS = '/=?&#_-%+';
/** Another address or code that is glued to an address, or markup in which it stands. Behind these characters it is a part of it: `?url=https://…`. */
const GLUED =
  /(?<![/=?&#:@+])[[({*'_|~]{0,5}(?:https?:\/\/|(?:web\+)?nostr:(?:npub|nprofile|note|nevent|naddr|nsec|ncryptsec)1|lightning:ln)|\[\/\w{1,9}\]|\[[^[\]]{0,300}\]\(|\]\(|\[?!\[/giu;
/** What stands before an address as its wrapper, and ends it when it comes again. */
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
/** Which of those may well stand inside, so that only at the end they are the wrapper. */
const COMMON = '_~';
const BRACKETS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];
/** What a sentence puts behind an address. */
const TRAILING = /[.,;:!?'*\|^]|[\p{P}--\p{ASCII}]/v;
const MAX_LENGTH = 4_096;

/** The address that begins at an offset, as far as a reader would say that it reaches; empty where there is none. */
export function matchUrl(text: string, at: number): string {
  RUN.lastIndex = at;
  const run = RUN.exec(text.slice(0, at + MAX_LENGTH))?.[0];
  if (run === undefined) return '';
  const before = text.charAt(at - 1);
  const whole = withoutUnspaced(withoutGlued(withinWrapper(run, before)));
  return withoutTrailing(whole, COMMON.includes(before) ? before : '');
}

/**
 * The server of the address that begins at an offset; empty where nothing follows it. To be asked first: addresses glued
 * to each other reach as far as any, and each would be read to its end only to be refused for where it begins.
 */
export function matchServer(text: string, at: number): string {
  SERVER.lastIndex = at;
  const server = SERVER.exec(text.slice(0, at + MAX_LENGTH))?.[0];
  return server === undefined ? '' : withoutUnspaced(server);
}

/** Up to where what stands before it ends: `[![](https://a.example/b.png)](https://c.example)` holds two addresses. */
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
    // A host in such letters is written so from its first letter or after a dot.
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

/** Without what a sentence puts behind an address; brackets that the address itself opens stay. */
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
