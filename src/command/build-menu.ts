import type { CommandTexts } from '../i18n/command-texts.ts';
import type { Texts } from '../i18n/texts.ts';
import type { Command, Option } from './command.ts';
import type { Menu, MenuOption } from './menu.ts';

/** The commands as the platforms' menus show them, in one language. Throws where the catalogue lacks a text. */
export function buildMenu(commands: readonly Command[], texts: Texts): Menu {
  return commands.map((command) => {
    const said = commandTexts(command.name, texts);
    return {
      name: command.name,
      description: said.description,
      answerTo: command.answerTo,
      for: command.for,
      category: command.category,
      ...(command.only && { only: command.only }),
      options: Object.entries(command.options)
        .filter(([, option]) => !option.hidden)
        .map(([name, option]) => menuOption(name, option, said.options?.[name] ?? name, texts)),
    };
  });
}

/** What people call an option, in their language. */
export function optionDisplayName(name: string, texts: Texts): string {
  const names: Readonly<Record<string, string>> = texts.optionNames;
  return names[name] ?? name;
}

/** What people call one of the values that an option takes. */
export function valueDisplayName(value: string, texts: Texts): string {
  const names: Readonly<Record<string, string>> = texts.postTypes;
  return names[value] ?? value;
}

/** Those of its items that the platform shows. */
export const menuOnPlatform = (platform: 'discord' | 'telegram', menu: Menu): Menu =>
  menu.filter(({ only }) => only === undefined || only === platform);

/** What the catalogue says of a command. Throws where it says nothing. */
export function commandTexts(name: string, texts: Texts): CommandTexts {
  const said = (texts.commands as Readonly<Record<string, CommandTexts>>)[name];
  if (!said) throw new TypeError(`Cannot find texts for command "${name}"`);
  return said;
}

function menuOption(name: string, option: Option, description: string, texts: Texts): MenuOption {
  const shared = {
    name,
    displayName: optionDisplayName(name, texts),
    description,
    // What asks for itself may be left out of the line.
    required: (option.required ?? false) && !('prompts' in option && option.prompts),
    ...(option.formOnly && { formOnly: option.formOnly }),
    ...(option.type === 'string' && option.autocomplete && { autocomplete: true as const }),
  };
  switch (option.type) {
    case 'integer':
      return { ...shared, type: 'integer', min: option.min, max: option.max };
    case 'string':
      return { ...shared, type: 'string', maxLength: option.maxLength };
    case 'choice':
      return {
        ...shared,
        type: 'string',
        choices: option.choices.map((value) => ({ value, name: valueDisplayName(value, texts) })),
      };
  }
}
