import type { CommandContext } from '../../command/command.ts';
import type { UserError } from '../../command/user-error.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import { LANGUAGES, languageFor, type Texts, textsFor } from '../../i18n/texts.ts';
import { type Block, heading, paragraph, text } from '../../note/document.ts';
import { DEFAULT } from '../../preferences/field-format.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import { inlineWhereSelects, option, type Panel, panelSelect } from '../panel.ts';
import { canonicalize, invalidInput } from '../parse-input.ts';

/** A language's name in that language. */
const nameOf = (language: string): string => textsFor(language).settings.language.ownName;

const invalid = (given: string, texts: Texts): UserError =>
  invalidInput(given, texts, ...LANGUAGES.map((one) => `/settings language ${one}`));

/** The language of everything but the posts themselves. Typed: `en`, `English`, `default`. */
export const languagePanel: Panel = {
  name: 'language',
  isAvailable: () => true,
  label: ({ language }, { texts: { settings } }) =>
    settings.language.label(language === undefined ? settings.standard.toLowerCase() : nameOf(language)),
  parse(typed, _preferences, { texts }) {
    const words = canonicalize(typed, { [DEFAULT]: [texts.settings.standard] });
    const language = LANGUAGES.find((one) => one === words || nameOf(one).toLowerCase() === words);
    const value = words === DEFAULT ? DEFAULT : language;
    if (value === undefined) throw invalid(typed, texts);
    return { value };
  },
  apply({ value = '' }, preferences, { texts }): Preferences {
    const { language: _, ...others } = preferences;
    if (value === DEFAULT) return others;
    const language = LANGUAGES.find((one) => one === value);
    if (language === undefined) throw invalid(value, texts);
    return { ...others, language };
  },
  show(preferences, context) {
    const { language } = context.texts.settings;
    return [
      heading(3, text(language.heading)),
      paragraph(...linkCommands(language.explained)),
      ...selects(preferences, context),
    ];
  },
  inline: inlineWhereSelects(selects),
};

function selects({ language }: Preferences, { texts: { settings } }: CommandContext): readonly Block[] {
  const all = [option(DEFAULT, settings.standard), ...LANGUAGES.map((one) => option(one, nameOf(one)))];
  return [
    panelSelect('language', settings.language.heading, all, [
      language === undefined ? DEFAULT : languageFor(language),
    ]),
  ];
}
