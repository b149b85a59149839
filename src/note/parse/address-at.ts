/** Where an address might begin. */
export const ADDRESS_BEGINS = /https?:\/\//iu;
/** What an address can't contain: white space of any script, brackets, quotes (curly ones too), CJK punctuation. */
const NEVER =
  '\\s<>"`{}|\\\\^«»\\u201C-\\u201F\\u3000-\\u3003\\u3008-\\u3011\\u3014-\\u301B\\uFF08\\uFF09\\uFF0C\\uFF1A\\uFF1B\\uFF01\\uFF1F';
const RUN = new RegExp(`https?://[^${NEVER}]+`, 'iuy');
/** The part of it that names the server, where a path follows. */
const SERVER = new RegExp(`https?://[^${NEVER}/?#]+(?=[/?#])`, 'iuy');
/** Letters of scripts written without spaces: glued to an address they are the sentence going on. */
export const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;
/** Behind these a CJK letter belongs to the address (`/wiki/東京`, `?q=東京`). */
const JOINERS = '/=?&#_-%+';
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[' };
const TRAILING = '.,;:!?\'‘’"…*';
const MAX_LENGTH = 4_096;

/** The address that begins at an offset, as far as a reader would say that it reaches; empty where there is none. */
export function addressAt(text: string, at: number): string {
  RUN.lastIndex = at;
  const run = RUN.exec(text.slice(0, at + MAX_LENGTH))?.[0];
  return run === undefined ? '' : withoutTrailing(withoutGluedText(run));
}

/**
 * The server of the address that begins at an offset; empty where nothing follows it. To be asked first: addresses glued
 * to each other reach as far as any, and each would be read to its end only to be refused for where it begins.
 */
export function serverAt(text: string, at: number): string {
  SERVER.lastIndex = at;
  const server = SERVER.exec(text.slice(0, at + MAX_LENGTH))?.[0];
  return server === undefined ? '' : withoutGluedText(server);
}

function withoutGluedText(run: string): string {
  if (!CJK.test(run)) return run;
  const hostEnd = run.slice(8).search(/[/?#]/u);
  const pathFrom = hostEnd < 0 ? run.length : hostEnd + 8;
  for (let index = 8; index < run.length; index += 1) {
    if (!CJK.test(run.charAt(index))) continue;
    const inHost = index < pathFrom;
    // A host in CJK letters is written so from its first letter or after a dot.
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

function withoutTrailing(run: string): string {
  let end = run.length;
  for (;;) {
    const last = run.charAt(end - 1);
    const opener = CLOSERS[last];
    const unbalanced = opener !== undefined && count(run, last, end) > count(run, opener, end);
    if (!unbalanced && !TRAILING.includes(last)) return run.slice(0, end);
    end -= 1;
  }
}

function count(run: string, character: string, end: number): number {
  return run.slice(0, end).split(character).length - 1;
}
