import type { CommandContext } from '../../command/command.ts';
import type { UserError } from '../../command/user-error.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
import { type Block, buttons, heading, paragraph, small, text } from '../../note/document.ts';
import { POST_TYPES, type PostType } from '../../note/post-types.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import { inlineWhereSelects, option, type Panel, panelButton, panelSelect, typeLabel } from '../panel.ts';
import { canonicalize, invalidInput, type Synonyms } from '../parse-input.ts';

/** Which post types are delivered. Typed: `+photo`, `-photo`, `all`, `none`, or a list: `missive, photo`. */
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
  parse(typed, _preferences, { texts }) {
    const [, sign = '', rest = ''] = /^([+-]?)(.*)$/su.exec(canonicalize(typed, names(texts))) ?? [];
    const value = rest
      .split(/[\s,;、和+]+|\band\b/u)
      .filter(Boolean)
      .join(' ');
    if (!parseTypes(value)) throw invalid(typed, texts);
    return sign === '+' ? { add: value } : sign === '-' ? { remove: value } : { value };
  },
  apply({ value, add, remove }, preferences, { texts }) {
    const given = value ?? add ?? remove ?? '';
    const named = parseTypes(given);
    if (!named) throw invalid(given, texts);
    if (value !== undefined) return { ...preferences, postTypes: named };
    const postTypes = POST_TYPES.filter((type) =>
      named.includes(type) ? add !== undefined : preferences.postTypes.includes(type),
    );
    return { ...preferences, postTypes };
  },
  show(preferences, context) {
    const { types } = context.texts.settings;
    return [
      heading(3, text(types.heading)),
      paragraph(...linkCommands(types.explained)),
      ...selects(preferences, context),
      buttons([
        panelButton('types', { value: 'all' }, types.all),
        panelButton('types', { value: 'none' }, types.none),
      ]),
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

const invalid = (given: string, texts: Texts): UserError =>
  invalidInput(given, texts, '/settings types missive, photo', '/settings types all');

/** Types with a space between them, `all` or `none`; `undefined` for anything else. */
function parseTypes(value: string): readonly PostType[] | undefined {
  if (value === 'all') return POST_TYPES;
  if (value === 'none') return [];
  const named = value.split(' ').filter(Boolean);
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
