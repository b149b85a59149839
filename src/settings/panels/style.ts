import type { Chat } from '../../command/chat.ts';
import type { CommandContext } from '../../command/command.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
import { type Block, type ChoiceOption, heading, paragraph, small, text } from '../../note/document.ts';
import { DEFAULT } from '../../preferences/field-format.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import { inlineWhereSelects, option, type Panel, panelSelect } from '../panel.ts';
import { canonicalize, invalidInput } from '../parse-input.ts';

/** How posts look. Words: a style, what becomes of long texts, both (`card/cut`), or `default`. */
export const stylePanel: Panel = {
  name: 'style',
  isAvailable: () => true,
  label({ style: look }, { chat, texts }) {
    const { style, long } = styleHere(look, chat);
    const said = [styleName(style, texts), longName(long, texts)].filter(Boolean).join(texts.marks.comma);
    return texts.settings.style.label(said.toLowerCase() || texts.settings.standard.toLowerCase());
  },
  apply(words, choices, { chat: { styleOptions }, texts }) {
    const typed = canonicalize(words, { [DEFAULT]: [texts.settings.standard] });
    if (typed === DEFAULT) return { ...choices, style: '' };
    const isLong = !styleOptions.styles.includes(typed) && styleOptions.longs.includes(typed);
    const [style = '', long = ''] = isLong ? [choices.style.split('/')[0], typed] : typed.split('/');
    const isKnown =
      (style === '' || styleOptions.styles.includes(style)) &&
      (long === '' || styleOptions.longs.includes(long));
    if (!isKnown || style + long === '')
      throw invalidInput(
        words,
        texts,
        ...styleOptions.styles.map((one) => `/settings style ${one}`),
        '/settings style cut',
      );
    return { ...choices, style: formatStyle(style, long) };
  },
  show(choices, context) {
    const said = context.texts.settings.style;
    return [
      heading(3, text(said.heading)),
      paragraph(...linkCommands(said.explained)),
      ...warning(context),
      ...selects(choices, context),
    ];
  },
  inline: inlineWhereSelects(selects),
};

/** Telegram shows nothing where an app is too old for rich messages, so people should know before they choose it. */
const warning = ({ chat, texts }: CommandContext): readonly Block[] =>
  chat.styleOptions.styles.includes('rich')
    ? [small(...linkCommands(texts.telegram.richWarning(styleName('rich', texts))))]
    : [];

/** Every option says all of it: what is not chosen on the one is as it was on the other. */
function selects({ style: look }: Preferences, { chat, texts }: CommandContext): readonly Block[] {
  const { settings } = texts;
  const { styles, longs } = chat.styleOptions;
  const { style, long } = styleHere(look, chat);
  const one = (style: string, long: string, label: string) =>
    option(formatStyle(style, long) || DEFAULT, label);
  const choose = (label: string, from: readonly ChoiceOption[]) =>
    panelSelect('style', label, from, [formatStyle(style, long) || DEFAULT]);
  return [
    choose(
      settings.style.heading,
      ['', ...styles].map((next) => one(next, long, styleName(next, texts) || settings.style.standard)),
    ),
    choose(
      settings.style.long,
      ['', ...longs].map((next) => one(style, next, longName(next, texts) || settings.style.standardLong)),
    ),
  ];
}

/** What of a look there is in the place: what was brought along from another platform is nothing here. */
function styleHere(look: string, { styleOptions }: Chat): { readonly style: string; readonly long: string } {
  const [style = '', long = ''] = look.split('/');
  return {
    style: styleOptions.styles.includes(style) ? style : '',
    long: styleOptions.longs.includes(long) ? long : '',
  };
}

const formatStyle = (style: string, long: string): string => (long ? `${style}/${long}` : style);

const styleName = (style: string, { settings }: Texts): string => nameIn(settings.style.styles, style);
const longName = (long: string, { settings }: Texts): string => nameIn(settings.style.longs, long);

/** Whether a look is one of any platform: choices are carried from one to the other. */
export function isStyle(look: string, { settings }: Texts): boolean {
  const [style = '', long = ''] = look.split('/');
  const { styles, longs } = settings.style;
  return (style === '' || Object.hasOwn(styles, style)) && (long === '' || Object.hasOwn(longs, long));
}

/** Those of another version have no name here. */
const nameIn = (names: Readonly<Record<string, string>>, name: string): string =>
  (Object.hasOwn(names, name) ? names[name] : undefined) ?? name;
