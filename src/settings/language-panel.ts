import type { Choices } from '../choices/choices.ts';
import { DEFAULT } from '../choices/words.ts';
import type { CommandContext } from '../command/command.ts';
import { sentence } from '../command/sentence.ts';
import { type Block, heading, paragraph, text } from '../note/document.ts';
import { LANGUAGES, languageFor, textsFor } from '../text/texts.ts';
import { choiceOf, option, type Panel, wherePlatformSelects } from './panel.ts';
import { inOurWords, wrong } from './typed.ts';

/** Each language by what those who speak it call it. */
const nameOf = (language: string): string => textsFor(language).settings.language.own;

/** What language is spoken around the posts. Words: `en`, `English`, `default`. */
export const languagePanel: Panel = {
  name: 'language',
  isFor: () => true,
  label: ({ language }, { texts: { settings } }) =>
    settings.language.label(language === undefined ? settings.standard.toLowerCase() : nameOf(language)),
  change(words, before, { texts }): Choices {
    const { language: _, ...choices } = before;
    const typed = inOurWords(words, { [DEFAULT]: [texts.settings.standard] });
    if (typed === DEFAULT) return choices;
    const language = LANGUAGES.find((one) => one === typed || nameOf(one).toLowerCase() === typed);
    if (language === undefined)
      throw wrong(words, texts, ...LANGUAGES.map((one) => `/settings language ${one}`));
    return { ...choices, language };
  },
  show(choices, context) {
    const { language } = context.texts.settings;
    return [
      heading(3, text(language.heading)),
      paragraph(...sentence(language.explained)),
      ...choicesOf(choices, context),
    ];
  },
  inGroup: wherePlatformSelects(choicesOf),
};

function choicesOf({ language }: Choices, { texts: { settings } }: CommandContext): readonly Block[] {
  const all = [option(DEFAULT, settings.standard), ...LANGUAGES.map((one) => option(one, nameOf(one)))];
  return [
    choiceOf('language', settings.language.heading, all, [
      language === undefined ? DEFAULT : languageFor(language),
    ]),
  ];
}
