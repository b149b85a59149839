import type { CommandContext } from '../../command/command.ts';
import { UserError } from '../../command/user-error.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
import { type Button, buttons, type Document, heading, paragraph, small, text } from '../../note/document.ts';
import { withoutSign } from '../../note/hashtag.ts';
import { MAX_TERMS } from '../../preferences/field-format.ts';
import type { FilterTerms, Preferences } from '../../preferences/preferences.ts';
import { FILTER_MODES, type Panel, type PanelInput, panelButton } from '../panel.ts';
import { canonicalize } from '../parse-input.ts';

const PAGE_SIZE = 5;

/** Something that can be followed or muted: series or hashtags. */
export interface FilterKind {
  readonly name: 'series' | 'hashtags';
  /** All that are offered, in an order that doesn't change while somebody chooses. */
  all(chosen: readonly string[], context: CommandContext): Promise<readonly string[]>;
  /** The name that the typed words refer to; throws `UserError` if there is none. */
  resolve(typed: string, context: CommandContext): Promise<string>;
  /** Their names as people write them. */
  titles(names: readonly string[], context: CommandContext): Promise<readonly string[]>;
}

/** An example of a line to type. */
export const exampleOf = (name: FilterKind['name'], { settings }: Texts): string =>
  `/settings ${name} mute ${settings[name].example}`;

/** Typed: `follow <name>`, `mute <name>`, `normal <name>`, a name alone (to follow it), `page <number>`. */
export function filterPanel({ name, all, resolve, titles }: FilterKind): Panel {
  const chosenIn = ({ follow, mute }: Preferences): readonly string[] => [...follow[name], ...mute[name]];

  return {
    name,
    isAvailable: () => true,
    label({ follow, mute }, { texts: { settings } }) {
      const counted = [
        ['★', follow[name].length],
        ['🔇', mute[name].length],
      ].flatMap(([sign, count]) => (count === 0 ? [] : [`${sign} ${count}`]));
      return settings[name].label(counted.join(' · ') || settings[name].all);
    },
    parse: (typed, _preferences, { texts }) => parseFilter(typed, texts),
    async apply({ mode, page, value = '' }, preferences, context) {
      if (page !== undefined) return preferences;
      // A series or hashtag that no longer has posts can still be removed.
      const one = chosenIn(preferences).includes(value) ? value : await resolve(value, context);
      const withOne = (terms: FilterTerms, has: boolean): FilterTerms => {
        const others = terms[name].filter((other) => other !== one);
        return { ...terms, [name]: has ? [...others, one] : others };
      };
      const next = {
        ...preferences,
        follow: withOne(preferences.follow, mode === 'follow'),
        mute: withOne(preferences.mute, mode === 'mute'),
      };
      const counts = [next.follow, next.mute].map(({ series, hashtags }) => series.length + hashtags.length);
      if (counts.some((count) => count > MAX_TERMS))
        throw new UserError(context.texts.settings.filters.full(MAX_TERMS));
      return next;
    },
    async show(preferences, context, { page: requestedPage, value = '' } = {}): Promise<Document> {
      const { settings } = context.texts;
      const names = await all(chosenIn(preferences), context);
      const index = Math.max(0, names.indexOf(withoutSign(value)));
      const page = requestedPage ?? Math.floor(index / PAGE_SIZE) + 1;
      const shown = names.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
      const shownTitles = await titles(shown, context);
      const toggle = (one: string, title: string, mode: 'follow' | 'mute', sign: string): Button => {
        const isChosen = preferences[mode][name].includes(one);
        const input = { mode: isChosen ? 'normal' : mode, value: one } as const;
        return panelButton(name, input, `${sign} ${title}`, isChosen);
      };
      const pageButtons = [
        ...(page > 1 ? [panelButton(name, { page: page - 1 }, settings.filters.previous)] : []),
        ...(page * PAGE_SIZE < names.length
          ? [panelButton(name, { page: page + 1 }, settings.filters.next)]
          : []),
      ];
      return [
        heading(3, text(settings[name].heading)),
        paragraph(...linkCommands(names.length > 0 ? settings.filters.explained : settings[name].none)),
        small(...linkCommands(settings.typed(exampleOf(name, context.texts)))),
        buttons(
          ...shown.map((one, index) => {
            const title = shownTitles[index] ?? one;
            return [toggle(one, title, 'follow', '★'), toggle(one, title, 'mute', '🔇')];
          }),
          pageButtons,
        ),
      ];
    },
  };
}

function parseFilter(typed: string, { settings }: Texts): PanelInput {
  const words = typed.trim();
  const [, page] = /^page (\d{1,4})$/u.exec(words) ?? [];
  if (page !== undefined) return { page: Math.max(1, Number(page)) };
  const [, first = '', value = ''] = /^(\S+)\s*(.*)$/su.exec(words) ?? [];
  const { follow, mute, normal } = settings.filters;
  const name = canonicalize(first, { follow: [follow], mute: [mute], normal: [normal] });
  const mode = FILTER_MODES.find((one) => one === name);
  return mode && value ? { mode, value } : { mode: 'follow', value: words };
}
