import type { Choices } from '../choices/choices.ts';
import type { CommandContext } from '../command/command.ts';
import { sentence } from '../command/sentence.ts';
import { type Block, buttons, heading, paragraph, small, text } from '../note/document.ts';
import { POST_TYPES, type PostType } from '../note/note.ts';
import type { Texts } from '../text/texts.ts';
import { choiceOf, option, type Panel, pick, wherePlatformSelects } from './panel.ts';
import { inOurWords, type Names, wrong } from './typed.ts';

/** Which post types come. Words: `+photo` and `-photo`, `all`, `none`, or those that are to come: `missive, photo`. */
export const typesPanel: Panel = {
  name: 'types',
  isFor: () => true,
  label({ postTypes: { length } }, { texts: { settings } }) {
    const { types } = settings;
    if (length === 0) return types.label(types.none.toLowerCase());
    const isAll = length === POST_TYPES.length;
    return types.label(
      isAll ? types.all.toLowerCase() : types.some(String(length), String(POST_TYPES.length)),
    );
  },
  change(words, choices, { texts }) {
    const [, sign, rest = ''] = /^([+-]?)(.*)$/su.exec(inOurWords(words, names(texts))) ?? [];
    const postTypes = typesIn(rest);
    if (!postTypes) throw wrong(words, texts, '/settings types missive, photo', '/settings types all');
    return { ...choices, postTypes: changed(choices, sign, postTypes) };
  },
  show(choices, context) {
    const { types } = context.texts.settings;
    return [
      heading(3, text(types.heading)),
      paragraph(...sentence(types.explained)),
      ...choicesOf(choices, context),
      buttons([pick('types', 'all', types.all), pick('types', 'none', types.none)]),
    ];
  },
  inGroup: wherePlatformSelects(choicesOf),
};

function choicesOf({ postTypes, follow }: Choices, { texts }: CommandContext): readonly Block[] {
  const { types } = texts.settings;
  const isEmpty = postTypes.length === 0 && follow.hashtags.length + follow.series.length === 0;
  const all = POST_TYPES.map((type) => option(type, `${texts.postTypeIcons[type]} ${texts.postTypes[type]}`));
  return [
    choiceOf('types', types.heading, all, postTypes, { amount: 'any' }),
    ...(isEmpty ? [small(...sentence(types.empty))] : []),
  ];
}

function changed(
  { postTypes }: Choices,
  sign: string | undefined,
  named: readonly PostType[],
): readonly PostType[] {
  if (!sign) return named;
  return POST_TYPES.filter((type) => (named.includes(type) ? sign === '+' : postTypes.includes(type)));
}

function typesIn(words: string): readonly PostType[] | undefined {
  if (words === 'all') return POST_TYPES;
  if (words === 'none') return [];
  const named = words.split(/[\s,;、和+]+|\band\b/u).filter(Boolean);
  const found = POST_TYPES.filter((type) => named.includes(type));
  return named.length > 0 && found.length === new Set(named).size ? found : undefined;
}

const names = ({ postTypes, settings }: Texts): Names => ({
  all: [settings.types.all, settings.everything, settings.presets.everything],
  none: [settings.types.none],
  ...Object.fromEntries(
    POST_TYPES.map((type) => [type, [type, postTypes[type], settings.posts[type], `${type}s`]]),
  ),
});
