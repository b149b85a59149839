import type { Choices } from '../choices/choices.ts';
import { sentence } from '../command/sentence.ts';
import { buttons, heading, paragraph, text } from '../note/document.ts';
import { LANGUAGES, languageFor, textsFor } from '../text/texts.ts';
import { inRows, type Panel, pick } from './panel.ts';
import { wrong } from './typed.ts';

const STANDARD = 'standard';
/** Each language by what those who speak it call it. */
const nameOf = (language: string): string => textsFor(language).settings.language.own;

/** What language is spoken around the posts. Words: `en`, `English`, `standard`. */
export const languagePanel: Panel = {
  name: 'language',
  isFor: () => true,
  label: ({ language }, { texts: { settings } }) =>
    settings.language.label(language === undefined ? settings.standard.toLowerCase() : nameOf(language)),
  change(words, before, { texts }): Choices {
    const { language: _, ...choices } = before;
    const typed = words.trim().toLowerCase();
    if (typed === STANDARD) return choices;
    const language = LANGUAGES.find((one) => one === typed || nameOf(one).toLowerCase() === typed);
    if (language === undefined)
      throw wrong(words, texts, ...LANGUAGES.map((one) => `/settings language ${one}`));
    return { ...choices, language };
  },
  show({ language }, { texts: { settings } }) {
    return [
      heading(3, text(settings.language.heading)),
      paragraph(...sentence(settings.language.explained)),
      buttons(
        [pick('language', STANDARD, settings.standard, language === undefined)],
        ...inRows(
          LANGUAGES.map((one) =>
            pick('language', one, nameOf(one), language !== undefined && one === languageFor(language)),
          ),
          3,
        ),
      ),
    ];
  },
};
