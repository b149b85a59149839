import type { Chat } from '../../command/chat.ts';
import type { CommandContext } from '../../command/command.ts';
import type { UserError } from '../../command/user-error.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
import { type Block, heading, paragraph, type SelectOption, small, text } from '../../note/document.ts';
import { DEFAULT } from '../../preferences/field-format.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import { inlineWhereSelects, option, type Panel, panelSelect } from '../panel.ts';
import { canonicalize, invalidInput } from '../parse-input.ts';

/** How posts look. Typed: a style, what happens to long texts, both (`card/cut`), or `default`. */
export const stylePanel: Panel = {
  name: 'style',
  isAvailable: () => true,
  label({ style: stored }, { chat, texts }) {
    const { style, long } = styleHere(stored, chat);
    const label = [styleName(style, texts), longName(long, texts)].filter(Boolean).join(texts.marks.comma);
    return texts.settings.style.label(label.toLowerCase() || texts.settings.standard.toLowerCase());
  },
  parse(typed, preferences, { chat: { styleOptions }, texts }) {
    const words = canonicalize(typed, { [DEFAULT]: [texts.settings.standard] });
    const isLong = !styleOptions.styles.includes(words) && styleOptions.longTextModes.includes(words);
    const value = isLong ? formatStyle(preferences.style.split('/')[0] ?? '', words) : words;
    if (parseStyle(value, styleOptions) === undefined) throw invalid(typed, styleOptions, texts);
    return { value };
  },
  apply({ value = '' }, preferences, { chat: { styleOptions }, texts }) {
    const style = parseStyle(value, styleOptions);
    if (style === undefined) throw invalid(value, styleOptions, texts);
    return { ...preferences, style };
  },
  show(preferences, context) {
    const panelTexts = context.texts.settings.style;
    return [
      heading(3, text(panelTexts.heading)),
      paragraph(...linkCommands(panelTexts.explained)),
      ...warning(context),
      ...selects(preferences, context),
    ];
  },
  inline: inlineWhereSelects(selects),
};

/** A style of this chat as it is stored, empty for `default`; `undefined` if there is no such style. */
function parseStyle(value: string, { styles, longTextModes }: Chat['styleOptions']): string | undefined {
  if (value === DEFAULT) return '';
  const [style = '', long = ''] = value.split('/');
  const isKnown = (style === '' || styles.includes(style)) && (long === '' || longTextModes.includes(long));
  return isKnown && style + long !== '' ? formatStyle(style, long) : undefined;
}

const invalid = (given: string, { styles }: Chat['styleOptions'], texts: Texts): UserError =>
  invalidInput(given, texts, ...styles.map((one) => `/settings style ${one}`), '/settings style cut');

/** Telegram apps that are too old for rich messages show nothing, so people are warned before they choose them. */
const warning = ({ chat, texts }: CommandContext): readonly Block[] =>
  chat.styleOptions.styles.includes('rich')
    ? [small(...linkCommands(texts.telegram.richWarning(styleName('rich', texts))))]
    : [];

/** Every option is a complete style, so choosing in one select leaves the other as the screen shows it. */
function selects({ style: stored }: Preferences, { chat, texts }: CommandContext): readonly Block[] {
  const { settings } = texts;
  const { styles, longTextModes } = chat.styleOptions;
  const { style, long } = styleHere(stored, chat);
  const one = (style: string, long: string, label: string) =>
    option(formatStyle(style, long) || DEFAULT, label);
  const choose = (label: string, from: readonly SelectOption[]) =>
    panelSelect('style', label, from, [formatStyle(style, long) || DEFAULT]);
  return [
    choose(
      settings.style.heading,
      ['', ...styles].map((next) => one(next, long, styleName(next, texts) || settings.style.standard)),
    ),
    choose(
      settings.style.long,
      ['', ...longTextModes].map((next) =>
        one(style, next, longName(next, texts) || settings.style.standardLong),
      ),
    ),
  ];
}

/** The parts of a style that exist in this chat; settings may come from another platform. */
function styleHere(
  stored: string,
  { styleOptions }: Chat,
): { readonly style: string; readonly long: string } {
  const [style = '', long = ''] = stored.split('/');
  return {
    style: styleOptions.styles.includes(style) ? style : '',
    long: styleOptions.longTextModes.includes(long) ? long : '',
  };
}

const formatStyle = (style: string, long: string): string => (long ? `${style}/${long}` : style);

const styleName = (style: string, { settings }: Texts): string => nameIn(settings.style.styles, style);
const longName = (long: string, { settings }: Texts): string => nameIn(settings.style.longPosts, long);

/** Whether a style exists on any platform, since settings can be exported from one to the other. */
export function isStyle(stored: string, { settings }: Texts): boolean {
  const [style = '', long = ''] = stored.split('/');
  const { styles, longPosts } = settings.style;
  return (style === '' || Object.hasOwn(styles, style)) && (long === '' || Object.hasOwn(longPosts, long));
}

/** Names from another version of the program are shown as they are. */
const nameIn = (names: Readonly<Record<string, string>>, name: string): string =>
  (Object.hasOwn(names, name) ? names[name] : undefined) ?? name;
