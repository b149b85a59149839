import type { Texts } from '../i18n/texts.ts';
import { truncateLine } from '../lib/truncate-text.ts';
import { normalizeText } from '../note/parse/normalize.ts';
import { hasSecret } from '../note/parse/secrets.ts';
import { optionDisplayName, valueDisplayName } from './build-menu.ts';
import type { ArgsOf, Option, Options } from './options.ts';
import type { CommandInput } from './request.ts';
import { UserError } from './user-error.ts';

type Value = string | number;

/** Characters of the input that an error repeats at most. */
const MAX_SHOWN = 40;

/**
 * Parses input into the arguments that a command declares. In a typed line, `name:value` sets an option (Discord's own
 * notation), any other word goes to the first option that accepts it, in any order, and a string option gets the rest.
 * Throws a `UserError` that says what is valid; `example` is a valid line. Answers repeat the input to
 * everybody, so characters that disguise others are removed, and secrets are refused.
 */
export function parseArgs<O extends Options>(
  options: O,
  input: CommandInput,
  texts: Texts,
  example?: string,
): ArgsOf<O> {
  const values: Record<string, Value | undefined> =
    'named' in input
      ? parseNamed(options, input.named, texts)
      : parseLine(options, sanitize(input.line, texts), texts);
  for (const [name, option] of Object.entries(options))
    if (option.required && values[name] === undefined)
      throw new UserError(missingMessage(name, texts, example));
  // The one cast: every value was checked against the option that its type comes from.
  return values as ArgsOf<O>;
}

function missingMessage(name: string, { problem }: Texts, example: string | undefined): string {
  const questions: Readonly<Record<string, string>> = problem.missing;
  const question = questions[name];
  if (question === undefined) throw new TypeError(`Cannot find a question for option "${name}"`);
  return example === undefined ? question : problem.withExample(question, example);
}

function parseNamed(
  options: Options,
  named: Readonly<Record<string, string | number | boolean>>,
  texts: Texts,
) {
  const values: Record<string, Value> = {};
  for (const [name, given] of Object.entries(named)) {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option) values[name] = parseValue(name, option, sanitize(String(given), texts), texts);
  }
  return values;
}

function sanitize(typed: string, texts: Texts): string {
  const words = normalizeText(typed);
  if (hasSecret(words)) throw new UserError(texts.problem.secret);
  return words;
}

function parseLine(options: Options, line: string, texts: Texts) {
  const values: Record<string, Value> = {};
  const rest: string[] = [];
  const isMultiline = Object.values(options).some((option) => option.type === 'string' && option.multiline);
  const blanks = isMultiline ? /[^\S\n]+/u : /\s+/u;
  for (const word of line.trim().split(blanks).filter(Boolean)) {
    const [, typed = '', given = ''] = /^([a-z]+|\p{sc=Han}+)[:：](.+)$/u.exec(word) ?? [];
    const name =
      Object.keys(options).find((one) => one === typed || optionDisplayName(one, texts) === typed) ?? '';
    const named = options[name]?.formOnly ? undefined : options[name];
    if (named && values[name] === undefined) {
      values[name] = parseValue(name, named, given, texts);
      continue;
    }
    const match = Object.entries(options).find(
      ([name, option]) =>
        !option.hidden &&
        !option.namedOnly &&
        !option.formOnly &&
        values[name] === undefined &&
        matchValue(option, word, texts) !== undefined,
    );
    if (match) values[match[0]] = matchValue(match[1], word, texts) ?? word;
    else rest.push(word);
  }
  const [last, lastOption] =
    Object.entries(options).find(
      ([name, option]) =>
        option.type === 'string' && !option.namedOnly && !option.formOnly && values[name] === undefined,
    ) ?? [];
  if (last && lastOption && rest.length > 0)
    values[last] = parseValue(last, lastOption, rest.join(' '), texts);
  else if (rest.length > 0) throw leftoverError(rest.join(' '), options, values, texts);
  return values;
}

/** The error for leftover words: about the option they were probably meant for, if it has no value yet. */
function leftoverError(
  words: string,
  options: Options,
  values: Readonly<Record<string, unknown>>,
  texts: Texts,
) {
  const type = Number.isNaN(Number(words)) ? 'choice' : 'integer';
  for (const [name, option] of Object.entries(options)) {
    const isOpen = !option.hidden && !option.namedOnly && !option.formOnly && values[name] === undefined;
    if (isOpen && option.type === type) return invalidValueError(name, option, words, texts);
  }
  return new UserError(texts.problem.leftover(truncateLine(words, MAX_SHOWN)));
}

/** A word as the option's value; `undefined` if it isn't valid. String options take whole lines, not words. */
function matchValue(option: Option, word: string, texts: Texts): Value | undefined {
  switch (option.type) {
    case 'integer': {
      const number = /^\d{1,10}$/u.test(word) ? Number(word) : Number.NaN;
      // Larger numbers become the maximum, except for hidden options: a button never sends them.
      if (!(number >= option.min) || (option.hidden && number > option.max)) return undefined;
      return Math.min(number, option.max);
    }
    case 'choice': {
      // People type "photos", "Missive", or the name in the menu.
      const plain = word.toLowerCase();
      return option.choices.find((choice) =>
        [
          choice,
          `${choice}s`,
          choice.replace(/y$/u, 'ies'),
          valueDisplayName(choice, texts).toLowerCase(),
        ].includes(plain),
      );
    }
    case 'string':
      return undefined;
  }
}

function parseValue(name: string, option: Option, given: string, texts: Texts): Value {
  if (option.type === 'string') {
    if (given.length > option.maxLength) throw new UserError(texts.problem.tooLong(option.maxLength));
    return given;
  }
  const value = matchValue(option, given, texts);
  if (value === undefined) throw invalidValueError(name, option, given, texts);
  return value;
}

/** The error for a value that the option doesn't accept. Strings accept everything that is short enough. */
function invalidValueError(
  name: string,
  option: Exclude<Option, { readonly type: 'string' }>,
  given: string,
  texts: Texts,
): UserError {
  const { problem } = texts;
  const displayName = optionDisplayName(name, texts);
  if (option.type === 'integer') return new UserError(problem.notNumber(displayName, option.min, option.max));
  const names = option.choices.map((choice) => valueDisplayName(choice, texts).toLowerCase());
  return new UserError(
    problem.unknownValue(displayName, truncateLine(given, MAX_SHOWN), problem.anyOf(names)),
  );
}
