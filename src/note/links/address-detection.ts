/**
 * File extensions, and endings of program names, that people wouldn't read as top-level domains: `Node.js` isn't an
 * address.
 */
const FILES = new Set(
  (
    'js jsx mjs cjs ts tsx mts json jsonl html htm css scss txt pdf csv tsv xml yaml yml toml ini log jpg jpeg png gif ' +
    'svg webp avif heic mp3 mp4 mkv wav flac ogg epub doc docx xls xlsx ppt pptx odt ods exe dll dmg iso tar gz bz2 ' +
    'cpp hpp java go kt rb php swift lua sql ipynb tex bak'
  ).split(' '),
);

/** A dot and what follows it in a name, from two letters on. */
const ENDING = /(?<=[\p{L}\p{N}\p{M}_-])\.(\p{L}\p{M}*\p{L}[\p{L}\p{M}\p{N}-]*)/gu;

/**
 * Everything that readers or browsers take for an address, except dotted names. Each pattern reads a character only a
 * few times.
 */
const FORMS: readonly RegExp[] = [
  // A scheme; browsers repair a single slash.
  /[\p{L}\p{N}]:\/(?:\/|[\p{L}\p{N}])/u,
  /(?<![\p{L}\p{N}])(?:https?|wss?|ftp|file|mailto|tel|sms|javascript|vbscript|data|blob|about|tg|nostr|magnet|bitcoin|lightning):[^\s]/iu,
  /(?<![\p{L}\p{N}])www\./iu,
  /(?<![\p{L}\p{N}])localhost[:/]/iu,
  /(?<![\p{L}\p{N}])xn--[a-z0-9]/iu,
  // E-mail addresses, and user names before a host.
  /[\p{L}\p{N}]@[\p{L}\p{N}]/u,
  // A host with a port.
  /(?<![\p{L}\p{M}\p{N}_.-])[\p{N}_.-]*[\p{L}][\p{L}\p{M}\p{N}_.-]*:\d{2,5}(?![\p{L}\p{N}])/u,
  // IPv4: four parts; fewer if hexadecimal or octal, if they lead to the reader's own machine or network, or with a port
  // or path. `v1.2.3`, `12.05.2024` and `2.5` are no addresses.
  /(?<![\p{L}\p{N}.])(?:0x[\da-f]+|\p{Nd}{1,4})(?:\.(?:0x[\da-f]+|\p{Nd}{1,4})){3}(?!\.?\p{N})/iu,
  /(?<![\p{L}\p{N}.])(?:0x[\da-f]{1,8}|0[0-7]{2,11})(?:\.(?:0x[\da-f]{1,8}|\d{1,10})){1,2}(?!\.?[\p{L}\p{N}])/iu,
  /(?<![\p{L}\p{N}.])(?:127(?:\.\d{1,8}){1,2}|192\.168\.\d{1,5})(?!\.?[\p{L}\p{N}])/u,
  /(?<![\p{L}\p{N}.])\d+(?:\.\d+){1,2}(?::\d{2,5}(?!\d)|\/[a-z])/iu,
  /(?<![\p{L}\p{N}.])(?:0x[\da-f]{7,8}|0[0-7]{9,11})(?![\p{L}\p{N}])/iu,
  /(?<![\p{L}\p{N}:.])(?:[\da-f]{1,4}:){7}[\da-f]{1,4}(?![\p{L}\p{N}])/iu,
];

/** Every one of these forms contains one of these; an address as a single number is checked separately. */
const IN_FORMS = /[:@\p{N}]|www\.|localhost\/|xn--/iu;

/** An IPv6 address with a gap, though it may also be a time without a value. */
const GAPPED = /(?<![\p{L}\p{N}:.])[\da-f:]+(?![\p{L}\p{N}])/giu;

/** An IPv4 address as a single number. */
const ONE_NUMBER = /(?<![\p{L}\p{N}.,])\d{8,10}(?![\p{L}\p{N}])/gu;
const DAY = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d$/u;

/** Well-known endings, recognised whatever replaces the dot before them. */
const KNOWN_ENDING = '(?:com|net|org|info|io|dev|app|xyz)(?![\\p{L}\\p{N}])';
/** Endings that don't begin a sentence, and don't occur after a space and a dot, as `.NET` does. */
const FEW = '(?:com|org)(?![\\p{L}\\p{N}])';
/** Replacements of a dot: a mark, a dot with spaces around it, or the word `dot`. */
const MEANT_DOT = new RegExp(
  `(?<=[\\p{L}\\p{N}])(?:${[
    `[^\\p{L}\\p{N}\\s/&+'’_-]{1,3}(?=${KNOWN_ENDING})`,
    `(?:\\s{1,2}[.。]\\s?|[.。]\\s{1,2})(?=${FEW})`,
    `[ (\\[{]{1,2}dot[ )\\]}]{1,2}(?=${FEW})`,
  ].join('|')})`,
  'giu',
);

/** Replaces spelled-out dots before a well-known ending by real ones, keeping all offsets. */
export const expandSpelledDots = (skeleton: string): string =>
  skeleton.replace(MEANT_DOT, (mark) => (mark === ':' ? mark : `${'-'.repeat(mark.length - 1)}.`));

/** Every address contains one of these; most labels need no further look. */
const NEEDED = new RegExp(
  `[.·。:@]|--|\\d{7}|0x|localhost/|[^\\p{L}\\p{N}\\s]${KNOWN_ENDING}|dot ${FEW}`,
  'iu',
);

/** Whether a skeleton is worth checking word by word. */
export const mayHaveAddress = (skeleton: string): boolean => NEEDED.test(skeleton);

/** Whether a word could be read as an address. `word` is a skeleton in which dots are distinguished from full stops. */
export function isAddress(word: string): boolean {
  if (!mayHaveAddress(word)) return false;
  if (isDotted(word)) return true;
  return (
    IN_FORMS.test(word) && (FORMS.some((form) => form.test(word)) || isGapped(word) || isOneNumber(word))
  );
}

const isDotted = (word: string): boolean =>
  word.includes('.') &&
  [...word.matchAll(ENDING)].some(([, ending = '']) => !FILES.has(ending.toLowerCase()));

const isGapped = (word: string): boolean =>
  word.includes('::') &&
  [...word.matchAll(GAPPED)].some(([run]) => run.includes('::') && /[\da-f]/iu.test(run));

const isOneNumber = (word: string): boolean =>
  [...word.matchAll(ONE_NUMBER)].some(([digits]) => {
    const number = Number(digits);
    return number >= 2 ** 24 && number < 2 ** 32 && !DAY.test(digits);
  });
