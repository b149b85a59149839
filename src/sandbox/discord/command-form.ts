import {
  boolean,
  checkForm,
  integer,
  isObject,
  lengthOf,
  list,
  number,
  object,
  oneOf,
  type Report,
  type Rule,
  required,
  string,
} from './form.ts';

/** Names of commands and options people type (Application Command Naming); lower case where there is such a thing. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MAX_CHARACTERS = 8000;

/** Discord's locales (Reference, Locales). */
const LOCALES: ReadonlySet<string> = new Set(
  (
    'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th ' +
    'zh-CN ja zh-TW ko'
  ).split(' '),
);

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

const name: Rule = (value, report) => {
  string({ min: 1, max: 32 })(value, report);
  if (typeof value === 'string' && (!NAME.test(value) || value !== value.toLowerCase()))
    report.fail('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
};
const description = string({ min: 1, max: 100 });

function localised(rule: Rule): Rule {
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

/** Fields that a name is told by must differ within a list. */
function distinct(key: (item: Record<string, unknown>) => string, code: string, message: string): Rule {
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

/** Which further fields an option may have, by type. */
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
  const choice = object({
    name: required(string({ min: 1, max: 100 })),
    name_localizations: localised(string({ min: 1, max: 100 })),
    value: required(choiceValues[type] ?? string()),
  });
  list(choice, { max: 25 })(value['choices'], report.at('choices'));
  distinct(
    (item) => String(item['name']),
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

function optionsRule(depth: number): Rule {
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
      (item) => String(item['name']),
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

/** Longest spelling of a text over its localisations. */
function longest(text: unknown, localizations: unknown): number {
  const all = [text, ...(isObject(localizations) ? Object.values(localizations) : [])];
  return Math.max(...all.map((one) => (typeof one === 'string' ? lengthOf(one) : 0)));
}

/** Characters of names, descriptions and choice values of a command, over all levels. */
function charactersOf(value: unknown): number {
  if (!isObject(value)) return 0;
  const inner = [value['options'], value['choices']].flatMap((list): unknown[] =>
    Array.isArray(list) ? list : [],
  );
  return (
    longest(value['name'], value['name_localizations']) +
    longest(value['description'], value['description_localizations']) +
    (typeof value['value'] === 'string' ? lengthOf(value['value']) : 0) +
    inner.reduce((sum: number, item) => sum + charactersOf(item), 0)
  );
}

const typed: Rule = (value, report) => {
  if (!isObject(value)) return;
  const chatInput = (value['type'] ?? 1) === 1;
  required(chatInput ? name : string({ min: 1, max: 32 }))(value['name'], report.at('name'));
  if (chatInput) required(description)(value['description'], report.at('description'));
  else if (value['description'])
    report
      .at('description')
      .fail('APPLICATION_COMMAND_DESCRIPTION_INVALID', 'Context menu commands have none');
  if (charactersOf(value) > MAX_CHARACTERS)
    report.fail('APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${MAX_CHARACTERS})`);
};

const command = object(
  {
    type: integer({ min: 1, max: 4 }),
    name_localizations: localised(name),
    description_localizations: localised(description),
    options: optionsRule(0),
    default_member_permissions: string({}, /^\d+$/),
    dm_permission: boolean,
    nsfw: boolean,
    integration_types: list(oneOf(0, 1), { min: 1 }),
    contexts: list(oneOf(0, 1, 2), { min: 1 }),
  },
  typed,
);

/** Checks a whole list of commands as for a bulk overwrite. Throws `ApiError` as Discord would answer. */
export function checkCommands(body: unknown): void {
  checkForm((report) => {
    required(list(command))(body, report);
    distinct(
      (item) => `${String(item['type'] ?? 1)} ${String(item['name'])}`,
      'APPLICATION_COMMANDS_DUPLICATE_NAME',
      'Application command names must be unique',
    )(body, report);
  });
}
