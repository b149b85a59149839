import type { CommandContext } from '../../command/command.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
import { type Block, buttons, heading, paragraph, small, text } from '../../note/document.ts';
import { POST_TYPES, type PostType } from '../../note/post-types.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import { inlineWhereSelects, option, type Panel, panelButton, panelSelect, typeLabel } from '../panel.ts';
import { canonicalize, invalidInput, type Synonyms } from '../parse-input.ts';

/** Which post types come. Words: `+photo` and `-photo`, `all`, `none`, or those that are to come: `missive, photo`. */
export const typesPanel: Panel = {
  name: 'types',
  isAvailable: () => true,
  label({ postTypes: { length } }, { texts: { settings } }) {
    const { types } = settings;
    if (length === 0) return types.label(types.none.toLowerCase());
    const isAll = length === POST_TYPES.length;
    return types.label(
      isAll ? types.all.toLowerCase() : types.some(String(length), String(POST_TYPES.length)),
    );
  },
  apply(words, choices, { texts }) {
    const [, sign, rest = ''] = /^([+-]?)(.*)$/su.exec(canonicalize(words, names(texts))) ?? [];
    const postTypes = parseTypes(rest);
    if (!postTypes) throw invalidInput(words, texts, '/settings types missive, photo', '/settings types all');
    return { ...choices, postTypes: changed(choices, sign, postTypes) };
  },
  show(choices, context) {
    const { types } = context.texts.settings;
    return [
      heading(3, text(types.heading)),
      paragraph(...linkCommands(types.explained)),
      ...selects(choices, context),
      buttons([panelButton('types', 'all', types.all), panelButton('types', 'none', types.none)]),
    ];
  },
  inline: inlineWhereSelects(selects),
};

function selects({ postTypes, follow }: Preferences, { texts }: CommandContext): readonly Block[] {
  const { types } = texts.settings;
  const isEmpty = postTypes.length === 0 && follow.hashtags.length + follow.series.length === 0;
  const all = POST_TYPES.map((type) => option(type, typeLabel(type, texts)));
  return [
    panelSelect('types', types.heading, all, postTypes, { amount: 'any' }),
    ...(isEmpty ? [small(...linkCommands(types.empty))] : []),
  ];
}

function changed(
  { postTypes }: Preferences,
  sign: string | undefined,
  named: readonly PostType[],
): readonly PostType[] {
  if (!sign) return named;
  return POST_TYPES.filter((type) => (named.includes(type) ? sign === '+' : postTypes.includes(type)));
}

function parseTypes(words: string): readonly PostType[] | undefined {
  if (words === 'all') return POST_TYPES;
  if (words === 'none') return [];
  const named = words.split(/[\s,;、和+]+|\band\b/u).filter(Boolean);
  const found = POST_TYPES.filter((type) => named.includes(type));
  return named.length > 0 && found.length === new Set(named).size ? found : undefined;
}

const names = ({ postTypes, settings }: Texts): Synonyms => ({
  all: [settings.types.all, settings.everything, settings.presets.everything],
  none: [settings.types.none],
  ...Object.fromEntries(
    POST_TYPES.map((type) => [type, [type, postTypes[type].one, postTypes[type].many, `${type}s`]]),
  ),
});
