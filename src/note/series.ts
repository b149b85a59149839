import { tokenize } from './search/tokenizer.ts';

/** Languages whose names of weekdays and months are recognised. */
const LANGUAGES = 'en zh ja ko de fr es pt it nl sv da nb fi pl cs ru uk tr id vi'.split(' ');

/** Names of weekdays and months, lower-case, without a full stop. */
const DATE_WORDS: ReadonlySet<string> = new Set(
  LANGUAGES.flatMap((language) =>
    (['long', 'short'] as const).flatMap((length) => {
      const named = (options: Intl.DateTimeFormatOptions, dates: readonly number[]) => {
        const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
        return dates.map((date) => format.format(date).toLowerCase().replace(/\.$/u, ''));
      };
      const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2024, month, 1));
      const days = Array.from({ length: 7 }, (_, day) => Date.UTC(2024, 0, 1 + day));
      return [...named({ month: length }, months), ...named({ weekday: length }, days)];
    }),
  ).concat('sept', 'tues', 'thur', 'thurs', 'am', 'pm', '上午', '下午', 'of'),
);

/** A digit of any script or a circled number, but no fraction, which is a word. */
const DIGIT = String.raw`[\p{Nd}\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]`;
const hasDigit = new RegExp(DIGIT, 'u');
/** Dates, times and numbers: `2025-03-01`, `12th`, `3月1日`, `09:05`, `v1.0.2-rc1`, `第12期`. */
const NUMBER = new RegExp(
  String.raw`^(?:v|ver\.?|no\.?|nr\.?|q|№|#|第)*${DIGIT}(?:[./:_-]|${DIGIT}|st\b|nd\b|rd\b|th\b|[ap]m\b|(?:rc|alpha|beta)(?![a-z])|[年月日号號期回集])*$`,
  'iu',
);
/** Words that introduce a date or number, in the languages above; removed together with it. */
const LEADS: ReadonlySet<string> = new Set(
  (
    '@ & at on in for from to and since until vol vol. volume part pt pt. no no. nr nr. issue ep ep. ' +
    'vom am im ab bis und du le de del den di la à em til från från od do z w от за в с по to の'
  ).split(' '),
);

/** Separators between the name of a series and the rest of a title. */
const SEPARATORS: readonly RegExp[] = [
  /\s+[–—·•-]+\s+|\s*[|｜]\s*/u,
  // Without spaces around it, a dash or point separates a name from a number, but not two towns or names.
  new RegExp(String.raw`\s*[–—·•]+(?=\s*${DIGIT})`, 'u'),
  new RegExp(String.raw`\s*(?:#|\bno\.|\bnr\.|№|第)\s*(?=${DIGIT})`, 'iu'),
  // Not the colon inside a time of day.
  new RegExp(String.raw`(?<!${DIGIT})\s*[:：](?=.*${DIGIT})|(?<=${DIGIT})[:：](?=\s)`, 'u'),
  new RegExp(String.raw`[,，]\s*(?=${DIGIT})`, 'u'),
];
/** A number glued to the end of a word: `article_01`, `Log-7`, `晨报12`; but not names such as F-35 or web3. */
const GLUED = new RegExp(
  String.raw`(?:(?<=\p{L}{3})[._/-]+|(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]))${DIGIT}(?:[._/-]|${DIGIT})*$`,
  'u',
);
const BRACKETS = /\s*(?:\([^()]*\)|\[[^[\]]*\]|（[^（）]*）|【[^【】]*】)\s*/gu;

/**
 * The name of the series that a title belongs to, as its author writes it: the title without date and number ("China
 * Morning Missive – 12 March 2025" → "China Morning Missive"). A title is kept whole if no name, or only that of a
 * weekday or month, would be left.
 */
export function seriesTitle(title: string): string {
  const whole = title.replace(/\s+/gu, ' ').trim();
  const beginning = SEPARATORS.reduce(
    (name, separator) => name.split(separator, 1)[0] ?? '',
    withoutNumber(whole),
  );
  const name = withoutDate(beginning);
  return isName(name) ? name : whole;
}

/** The form in which series are compared: the name, lower-case and NFKC-normalised. */
export function seriesName(title: string): string {
  return seriesKey(seriesTitle(title));
}

/** The same for a name without date or number. */
export const seriesKey = (name: string): string =>
  name.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim();

/** Removes brackets that contain a number or date, or that end the title. */
function withoutNumber(title: string): string {
  return title
    .replace(BRACKETS, (brackets, at: number) => {
      const isLast = at + brackets.length === title.length;
      return isLast
        ? ''
        : brackets
              .trim()
              .slice(1, -1)
              .split(/[\s,，]+/u)
              .every(isDate)
          ? ' '
          : brackets;
    })
    .trim();
}

/** Removes a date, number or version from the end; a word such as `March` only together with a number. */
function withoutDate(name: string): string {
  const words = name.split(' ');
  let end = words.length;
  while (end > 0 && isDate(words[end - 1] ?? '')) end--;
  if (!hasDigit.test(words.slice(end).join(''))) end = words.length;
  else while (end > 1 && LEADS.has((words[end - 1] ?? '').toLowerCase())) end--;
  const cut = words.slice(0, end);
  return cut
    .join(' ')
    .replace(GLUED, '')
    .replace(/[\s,，:：/_-]+$/u, '');
}

const isDate = (word: string): boolean => NUMBER.test(word.replace(/,$/u, '')) || isDateWord(word);

const isDateWord = (word: string): boolean => DATE_WORDS.has(word.toLowerCase().replace(/[.,]$/u, ''));

const isName = (name: string): boolean => /\p{L}/u.test(name) && !name.split(' ').every(isDate);

/** Titled notes that recur. Times in seconds since 1970. */
export interface Series {
  /** As in `Note.series`. */
  readonly name: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Whether the series has that name, or contains a note with that title. */
export const matchesSeries = ({ name }: Series, typed: string): boolean =>
  name === seriesName(typed) || name === typed;

/**
 * Series that match what was typed, best first: by exact name or title, then by prefix, then those in which each typed
 * word begins a word. All if nothing was typed.
 */
export function findSeries(all: readonly Series[], typed: string): readonly Series[] {
  const name = seriesName(typed);
  const words = tokenize(typed).map(({ token }) => token);
  const rank = (one: Series): number => {
    if (matchesSeries(one, typed)) return 0;
    if (one.name.startsWith(name)) return 1;
    const tokens = tokenize(one.name).map(({ token }) => token);
    return words.every((word) => tokens.some((token) => token.startsWith(word))) ? 2 : 3;
  };
  if (words.length === 0) return all;
  return all
    .map((one) => ({ one, rank: rank(one) }))
    .filter((ranked) => ranked.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}
