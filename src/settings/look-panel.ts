import type { Place } from '../command/invocation.ts';
import { sentence } from '../command/sentence.ts';
import { buttons, heading, paragraph, small, text } from '../note/document.ts';
import type { Texts } from '../text/texts.ts';
import { inRows, type Panel, pick } from './panel.ts';
import { wrong } from './typed.ts';

const STANDARD = 'standard';

/** How posts look. Words: a style, what becomes of long texts, both (`card/cut`), or `standard`. */
export const lookPanel: Panel = {
  name: 'look',
  isFor: () => true,
  label({ look }, { place, texts }) {
    const { style, long } = lookIn(look, place);
    const said = [styleName(style, texts), longName(long, texts)].filter(Boolean).join(', ');
    return texts.settings.look.label(said.toLowerCase() || texts.settings.standard.toLowerCase());
  },
  change(words, choices, { place: { looks }, texts }) {
    if (words === STANDARD) return { ...choices, look: '' };
    const typed = words.toLowerCase();
    const isLong = !looks.styles.includes(typed) && looks.longs.includes(typed);
    const [style = '', long = ''] = isLong ? [choices.look.split('/')[0], typed] : typed.split('/');
    const isKnown =
      (style === '' || looks.styles.includes(style)) && (long === '' || looks.longs.includes(long));
    if (!isKnown || style + long === '')
      throw wrong(words, texts, ...looks.styles.map((one) => `/settings look ${one}`), '/settings look cut');
    return { ...choices, look: written(style, long) };
  },
  show({ look }, { place, texts }) {
    const { looks } = place;
    const { settings } = texts;
    const { style, long } = lookIn(look, place);
    const standard = pick('look', STANDARD, settings.standard, style === '' && long === '');
    const styles = looks.styles.map((one) =>
      pick('look', written(one, long), styleName(one, texts), one === style),
    );
    const longs = looks.longs.map((one) =>
      pick('look', written(style, one), longName(one, texts), one === long),
    );
    return [
      heading(3, text(settings.look.heading)),
      paragraph(...sentence(settings.look.explained)),
      ...(looks.styles.includes('rich')
        ? [small(...sentence(texts.telegram.richWarning(styleName('rich', texts))))]
        : []),
      buttons([standard], ...inRows(styles, 2), ...inRows(longs, 2)),
    ];
  },
};

/** What of a look there is in the place: what was brought along from another platform is nothing here. */
function lookIn(look: string, { looks }: Place): { readonly style: string; readonly long: string } {
  const [style = '', long = ''] = look.split('/');
  return {
    style: looks.styles.includes(style) ? style : '',
    long: looks.longs.includes(long) ? long : '',
  };
}

const written = (style: string, long: string): string => (long ? `${style}/${long}` : style);

const styleName = (style: string, { settings }: Texts): string => nameIn(settings.look.styles, style);
const longName = (long: string, { settings }: Texts): string => nameIn(settings.look.longs, long);

/** Whether a look is one of any platform: choices are carried from one to the other. */
export function isLook(look: string, { settings }: Texts): boolean {
  const [style = '', long = ''] = look.split('/');
  const { styles, longs } = settings.look;
  return (style === '' || Object.hasOwn(styles, style)) && (long === '' || Object.hasOwn(longs, long));
}

/** Those of another version have no name here. */
const nameIn = (names: Readonly<Record<string, string>>, name: string): string =>
  (Object.hasOwn(names, name) ? names[name] : undefined) ?? name;
