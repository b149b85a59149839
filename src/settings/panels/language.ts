import type { CommandContext } from '../../command/command.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import { LANGUAGES, languageFor, textsFor } from '../../i18n/texts.ts';
import { type Block, heading, paragraph, text } from '../../note/document.ts';
import { DEFAULT } from '../../preferences/field-format.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import { inlineWhereSelects, option, type Panel, panelSelect } from '../panel.ts';
import { canonicalize, invalidInput } from '../parse-input.ts';

/** Each language by what those who speak it call it. */
const nameOf = (language: string): string => textsFor(language).settings.language.own;

/** What language is spoken around the posts. Words: `en`, `English`, `default`. */
export const languagePanel: Panel = {
  name: 'language',
  isAvailable: () => true,
  label: ({ language }, { texts: { settings } }) =>
    settings.language.label(language === undefined ? settings.standard.toLowerCase() : nameOf(language)),
  apply(words, before, { texts }): Preferences {
    const { language: _, ...choices } = before;
    const typed = canonicalize(words, { [DEFAULT]: [texts.settings.standard] });
    if (typed === DEFAULT) return choices;
    const language = LANGUAGES.find((one) => one === typed || nameOf(one).toLowerCase() === typed);
    if (language === undefined)
      throw invalidInput(words, texts, ...LANGUAGES.map((one) => `/settings language ${one}`));
    return { ...choices, language };
  },
  show(choices, context) {
    const { language } = context.texts.settings;
    return [
      heading(3, text(language.heading)),
      paragraph(...linkCommands(language.explained)),
      ...selects(choices, context),
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
