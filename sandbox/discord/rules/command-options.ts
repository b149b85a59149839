import {
  boolean,
  integer,
  isObject,
  list,
  number,
  object,
  type Report,
  type Rule,
  required,
  string,
} from './rules.ts';

/** Application Command Naming. Names must also be lower case. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** Reference, Locales. */
const LOCALES: ReadonlySet<string> = new Set(
  (
    'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th ' +
    'zh-CN ja zh-TW ko'
  ).split(' '),
);

/** Application Command Option Type. */
export const OPTION = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

/** Of a command or an option. */
export const name: Rule = (value, report) => {
  string({ min: 1, max: 32 })(value, report);
  if (typeof value === 'string' && (!NAME.test(value) || value !== value.toLowerCase()))
    report.fail('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
};
export const description = string({ min: 1, max: 100 });

/** A text by locale; the rule applies to each. */
export function localised(rule: Rule): Rule {
  return (value, report) => {
    object({})(value, report);
    if (!isObject(value)) return;
    for (const [locale, text] of Object.entries(value)) {
      if (!LOCALES.has(locale))
        report.fail('ENUM_TYPE_COERCE', `Value "${locale}" is not a valid enum value.`);
      rule(text, report.at(locale));
    }
  };
}

/** All items must have different keys. */
export function distinct(
  key: (item: Record<string, unknown>) => string,
  code: string,
  message: string,
): Rule {
  return (value, report) => {
    const seen = new Set<string>();
    (Array.isArray(value) ? value : []).forEach((item: unknown, index) => {
      if (!isObject(item)) return;
      if (seen.has(key(item))) report.at(index).fail(code, message);
      seen.add(key(item));
    });
  };
}

const choiceValues: Readonly<Record<number, Rule>> = {
  [OPTION.string]: string({ max: 100 }),
  [OPTION.integer]: integer({ min: -(2 ** 53), max: 2 ** 53 }),
  [OPTION.number]: number,
};

/** Fixed choices or suggestions: at most 25, with values of the option's type. */
export function choicesRule(type: number): Rule {
  const choice = object({
    name: required(string({ min: 1, max: 100 })),
    name_localizations: localised(string({ min: 1, max: 100 })),
    value: required(choiceValues[type] ?? string()),
  });
  return list(choice, { max: 25 });
}

/** Fields that only these types have. */
const fieldsOf: Readonly<Record<number, readonly string[]>> = {
  [OPTION.string]: ['choices', 'autocomplete', 'min_length', 'max_length'],
  [OPTION.integer]: ['choices', 'autocomplete', 'min_value', 'max_value'],
  [OPTION.number]: ['choices', 'autocomplete', 'min_value', 'max_value'],
  [OPTION.channel]: ['channel_types'],
};

function checkOption(value: Record<string, unknown>, depth: number, report: Report): void {
  const type = Number(value['type']);
  const isNesting = type === OPTION.subcommand || type === OPTION.group;
  if ((type === OPTION.group && depth > 0) || (type === OPTION.subcommand && depth > 1))
    report.at('type').fail('APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-commands are nested too deeply');
  if (isNesting) optionsRule(type === OPTION.group ? 1 : 2)(value['options'], report.at('options'));
  for (const field of ['choices', 'autocomplete', 'min_value', 'max_value', 'min_length', 'max_length'])
    if (holds(value[field]) && !fieldsOf[type]?.includes(field))
      report
        .at(field)
        .fail('APPLICATION_COMMAND_OPTION_FIELD_INVALID', `Options of this type have no ${field}`);
  choicesRule(type)(value['choices'], report.at('choices'));
  distinct(
    ({ name }) => JSON.stringify(name),
    'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
    'Option choice names must be unique',
  )(value['choices'], report.at('choices'));
  if (value['autocomplete'] === true && holds(value['choices']))
    report.fail('APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES_EXCLUSIVE', 'Autocomplete options have no choices');
  for (const [low, high] of [
    ['min_value', 'max_value'],
    ['min_length', 'max_length'],
  ] as const)
    if (Number(value[low]) > Number(value[high]))
      report
        .at(low)
        .fail('NUMBER_TYPE_MAX', `int value should be less than or equal to ${String(value[high])}.`);
}

function holds(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== false;
}

/** `depth`: 0 for a command, 1 for a group, 2 for a subcommand. */
export function optionsRule(depth: number): Rule {
  const option = object(
    {
      type: required(integer({ min: 1, max: 11 })),
      name: required(name),
      name_localizations: localised(name),
      description: required(description),
      description_localizations: localised(description),
      required: boolean,
      autocomplete: boolean,
      min_value: number,
      max_value: number,
      min_length: integer({ min: 0, max: 6000 }),
      max_length: integer({ min: 1, max: 6000 }),
      channel_types: list(integer({ min: 0, max: 16 })),
    },
    (value, report) => {
      if (isObject(value)) checkOption(value, depth, report);
    },
  );
  return (value, report) => {
    list(option, { max: 25 })(value, report);
    distinct(
      ({ name }) => JSON.stringify(name),
      'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
      'Option names must be unique',
    )(value, report);
    const options = (Array.isArray(value) ? value : []).filter((item) => isObject(item));
    let optional = false;
    options.forEach((item, index) => {
      if (item['required'] === true && optional)
        report
          .at(index)
          .fail(
            'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
            'Required options must be placed before non-required options',
          );
      optional ||= item['required'] !== true;
    });
    const nesting = options.filter(({ type }) => type === OPTION.subcommand || type === OPTION.group);
    if (nesting.length > 0 && nesting.length < options.length)
      report.fail(
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
      );
  };
}
