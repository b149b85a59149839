import { clean } from '../note/parse/clean.ts';
import { hasSecret } from '../note/parse/secrets.ts';
import type { Texts } from '../text/texts.ts';
import type { ArgsOf, Option, Options } from './command.ts';
import type { Input } from './invocation.ts';
import { choiceName, optionName } from './menu-of.ts';
import { Problem } from './problem.ts';

type Value = string | number;

/**
 * What was typed or chosen as the arguments a command declared. In a line, `name:value` names an option (the notation
 * Discord's own screens use), any other word goes to the first option that takes it, in any order, and a string
 * option gets all that is left. Throws `Problem` that says what would be right, with `example` a line that is. What is
 * typed is shown back to everybody: marks that disguise what stands around them are gone, secrets are refused.
 */
export function readArgs<O extends Options>(
  options: O,
  input: Exclude<Input, { readonly kept: string }>,
  texts: Texts,
  example?: string,
): ArgsOf<O> {
  const values: Record<string, Value | undefined> =
    'named' in input
      ? readNamed(options, input.named, texts)
      : readLine(options, harmless(input.line, texts), texts);
  for (const [name, option] of Object.entries(options))
    if (option.required && values[name] === undefined)
      throw new Problem(texts.problem.missing(optionName(name, texts), example));
  // The one cast: every value was checked against the option that its type comes from.
  return values as ArgsOf<O>;
}

function readNamed(
  options: Options,
  named: Readonly<Record<string, string | number | boolean>>,
  texts: Texts,
) {
  const values: Record<string, Value> = {};
  for (const [name, given] of Object.entries(named)) {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option) values[name] = valueOf(name, option, harmless(String(given), texts), texts);
  }
  return values;
}

function harmless(typed: string, texts: Texts): string {
  const words = clean(typed);
  if (hasSecret(words)) throw new Problem(texts.problem.secret);
  return words;
}

function readLine(options: Options, line: string, texts: Texts) {
  const values: Record<string, Value> = {};
  const rest: string[] = [];
  const isMultiline = Object.values(options).some((option) => option.type === 'string' && option.multiline);
  const blanks = isMultiline ? /[^\S\n]+/u : /\s+/u;
  for (const word of line.trim().split(blanks).filter(Boolean)) {
    const [, typed = '', given = ''] = /^([a-z]+|\p{sc=Han}+)[:：](.+)$/u.exec(word) ?? [];
    const name = Object.keys(options).find((one) => one === typed || optionName(one, texts) === typed) ?? '';
    const named = options[name]?.formOnly ? undefined : options[name];
    if (named && values[name] === undefined) {
      values[name] = valueOf(name, named, given, texts);
      continue;
    }
    const taker = Object.entries(options).find(
      ([name, option]) =>
        !option.hidden &&
        !option.namedOnly &&
        !option.formOnly &&
        values[name] === undefined &&
        taken(option, word, texts) !== undefined,
    );
    if (taker) values[taker[0]] = taken(taker[1], word, texts) ?? word;
    else rest.push(word);
  }
  const [last, lastOption] =
    Object.entries(options).find(
      ([name, option]) => option.type === 'string' && !option.formOnly && values[name] === undefined,
    ) ?? [];
  if (last && lastOption && rest.length > 0) values[last] = valueOf(last, lastOption, rest.join(' '), texts);
  else if (rest.length > 0) {
    const [words, right] = [rest.join(' '), expectations(options, texts)];
    throw new Problem(right ? texts.problem.unknownWord(words, right) : texts.problem.needless(words));
  }
  return values;
}

/** The value of an option in a word, or `undefined` where the word is not one. Strings take no single words. */
function taken(option: Option, word: string, texts: Texts): Value | undefined {
  switch (option.type) {
    case 'integer': {
      const number = /^\d{1,10}$/u.test(word) ? Number(word) : Number.NaN;
      // Who wants more than there can be gets as much as there can be; what only buttons write is as they wrote it.
      if (!(number >= option.min) || (option.hidden && number > option.max)) return undefined;
      return Math.min(number, option.max);
    }
    case 'choice': {
      // People write "photos" and "Missive", and what the menu calls it.
      const plain = word.toLowerCase();
      return option.choices.find((choice) =>
        [
          choice,
          `${choice}s`,
          choice.replace(/y$/u, 'ies'),
          choiceName(choice, texts).toLowerCase(),
        ].includes(plain),
      );
    }
    case 'string':
      return undefined;
  }
}

function valueOf(name: string, option: Option, given: string, texts: Texts): Value {
  if (option.type === 'string') {
    if (given.length > option.maxLength)
      throw new Problem(texts.problem.tooLong(optionName(name, texts), option.maxLength));
    return given;
  }
  const value = taken(option, given, texts);
  if (value === undefined)
    throw new Problem(texts.problem.wrongValue(optionName(name, texts), given, expectation(option, texts)));
  return value;
}

function expectations(options: Options, texts: Texts): string {
  return Object.values(options)
    .filter((option) => !option.hidden && !option.formOnly)
    .map((option) => expectation(option, texts))
    .join(texts.problem.or);
}

function expectation(option: Option, texts: Texts): string {
  switch (option.type) {
    case 'integer':
      return texts.problem.number(option.min, option.max);
    case 'choice':
      return option.choices.map((choice) => choiceName(choice, texts).toLowerCase()).join(texts.marks.comma);
    case 'string':
      return texts.problem.words;
  }
}
