import { description, distinct, localised, name, optionsRule } from './command-options.ts';
import {
  boolean,
  checkForm,
  integer,
  isObject,
  lengthOf,
  list,
  object,
  oneOf,
  type Rule,
  required,
  string,
} from './rules.ts';

const MAX_CHARACTERS = 8000;

/** The length of the longest localization. */
function longest(text: unknown, localizations: unknown): number {
  const all = [text, ...(isObject(localizations) ? Object.values(localizations) : [])];
  return Math.max(...all.map((one) => (typeof one === 'string' ? lengthOf(one) : 0)));
}

/** Names, descriptions and choice values on all levels. */
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

/** Validates a bulk overwrite. Throws `ApiError` as Discord would answer. */
export function checkCommands(body: unknown): void {
  checkForm((report) => {
    required(list(command))(body, report);
    distinct(
      ({ type = 1, name }) => JSON.stringify([type, name]),
      'APPLICATION_COMMANDS_DUPLICATE_NAME',
      'Application command names must be unique',
    )(body, report);
  });
}
