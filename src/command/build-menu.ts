import type { CommandTexts } from '../i18n/command-texts.ts';
import type { Texts } from '../i18n/texts.ts';
import { POST_TYPES } from '../note/post-types.ts';
import type { Command } from './command.ts';
import type { Menu, MenuOption } from './menu.ts';
import type { Option } from './options.ts';

/** The menu in one language. Throws if the catalogue lacks a text. */
export function buildMenu(commands: readonly Command[], texts: Texts): Menu {
  return commands.map((command) => {
    const { description, options: optionTexts } = commandTexts(command.name, texts);
    return {
      name: command.name,
      description,
      answerTo: command.answerTo,
      for: command.for,
      category: command.category,
      ...(command.requiredFeature && { requiredFeature: command.requiredFeature }),
      options: Object.entries(command.options)
        .filter(([, option]) => !option.hidden)
        .map(([name, option]) => menuOption(name, option, optionTexts?.[name] ?? name, texts)),
    };
  });
}

/** An option's name in the menu's language. */
export function optionDisplayName(name: string, texts: Texts): string {
  const names: Readonly<Record<string, string>> = texts.optionNames;
  return names[name] ?? name;
}

/** The name of one of an option's values in the menu's language. */
export function valueDisplayName(value: string, texts: Texts): string {
  const type = POST_TYPES.find((one) => one === value);
  if (type) return texts.postTypes[type].one;
  const charts: Readonly<Record<string, string>> = texts.stats.charts;
  return charts[value] ?? value;
}

/** A command's texts. Throws if the catalogue has none. */
export function commandTexts(name: string, texts: Texts): CommandTexts {
  const found = (texts.commands as Readonly<Record<string, CommandTexts>>)[name];
  if (!found) throw new TypeError(`Cannot find texts for command "${name}"`);
  return found;
}

function menuOption(name: string, option: Option, description: string, texts: Texts): MenuOption {
  const shared = {
    name,
    displayName: optionDisplayName(name, texts),
    description,
    // An option that is prompted for may be left out.
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
