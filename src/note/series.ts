import { tokenize } from './search/tokenizer.ts';

/** Languages whose names of weekdays and months are known: those that the author's readers are likely to write. */
const LANGUAGES = 'en zh ja ko de fr es pt it nl sv da nb fi pl cs ru uk tr id vi'.split(' ');

/** Names of weekdays and months, lower-case and without a full stop. */
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

/** A digit of any script, or a number in a circle; fractions are words. */
const DIGIT = String.raw`[\p{Nd}\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]`;
const hasDigit = new RegExp(DIGIT, 'u');
/** What dates, times and numbers are made of beside words: `2025-03-01`, `12th`, `3月1日`, `09:05`, `v1.0.2-rc1`, `第12期`. */
const NUMBER = new RegExp(
  String.raw`^(?:v|ver\.?|no\.?|nr\.?|q|№|#|第)*${DIGIT}(?:[./:_-]|${DIGIT}|st\b|nd\b|rd\b|th\b|[ap]m\b|(?:rc|alpha|beta)(?![a-z])|[年月日号號期回集])*$`,
  'iu',
);
/** What leads to a date or number, in the languages above: with it gone, it would lead nowhere. */
const LEADS: ReadonlySet<string> = new Set(
  (
    '@ & at on in for from to and since until vol vol. volume part pt pt. no no. nr nr. issue ep ep. ' +
    'vom am im ab bis und du le de del den di la à em til från från od do z w от за в с по to の'
  ).split(' '),
);

/** Where what tells one piece from the others may begin; what comes before is the name. */
const SEPARATORS: readonly RegExp[] = [
  /\s+[–—·•-]+\s+|\s*[|｜]\s*/u,
  // Without spaces around it a dash or a point parts a name from a number, but not one town or name from another.
  new RegExp(String.raw`\s*[–—·•]+(?=\s*${DIGIT})`, 'u'),
  new RegExp(String.raw`\s*(?:#|\bno\.|\bnr\.|№|第)\s*(?=${DIGIT})`, 'iu'),
  // A colon inside a time of day parts nothing.
  new RegExp(String.raw`(?<!${DIGIT})\s*[:：](?=.*${DIGIT})|(?<=${DIGIT})[:：](?=\s)`, 'u'),
  new RegExp(String.raw`[,，]\s*(?=${DIGIT})`, 'u'),
];
/** A number at the end of a word: `article_01`, `Log-7`, `晨报12`; not of a name such as F-35 or web3. */
const GLUED = new RegExp(
  String.raw`(?:(?<=\p{L}{3})[._/-]+|(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]))${DIGIT}(?:[._/-]|${DIGIT})*$`,
  'u',
);
const BRACKETS = /\s*(?:\([^()]*\)|\[[^[\]]*\]|（[^（）]*）|【[^【】]*】)\s*/gu;

/**
 * The name of the series that a title belongs to, as its author writes it: the title without date and number
 * ("China Morning Missive – 12 March 2025" → "China Morning Missive"). A title that would have no name left, or only
 * that of a weekday or month, keeps all its words.
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

/** What stands for a series and is compared: its name, lower-case, in compatibility form (NFKC). */
export function seriesName(title: string): string {
  return seriesKey(seriesTitle(title));
}

/** The same of its name. */
export const seriesKey = (name: string): string =>
  name.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim();

/** Without what stands in brackets, where that is a number or date, or ends the title. */
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

/** Without the date, number or version at the end; a word such as `March` goes only with a number beside it. */
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
  /** As `Note.series` has it. */
  readonly name: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Whether a series is called so, or has a piece of that title. */
export const matchesSeries = ({ name }: Series, typed: string): boolean =>
  name === seriesName(typed) || name === typed;

/**
 * The series that somebody may mean, best first: the one of that name (or with a piece of that title), those that begin
 * so, those in which every word begins one. All of them where nothing was typed.
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
