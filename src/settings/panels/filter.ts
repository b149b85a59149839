import type { CommandContext } from '../../command/command.ts';
import { UserError } from '../../command/user-error.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
import { type Button, buttons, type Document, heading, paragraph, small, text } from '../../note/document.ts';
import { withoutSign } from '../../note/hashtag.ts';
import { MAX_TERMS } from '../../preferences/field-format.ts';
import type { FilterTerms, Preferences } from '../../preferences/preferences.ts';
import { type Panel, panelButton } from '../panel.ts';
import { canonicalize } from '../parse-input.ts';

const PAGE_SIZE = 5;

/** What can be followed or muted, of one kind. */
export interface FilterKind {
  readonly name: 'series' | 'hashtags';
  /** All that are shown, in an order that stays the same while one chooses. */
  all(chosen: readonly string[], context: CommandContext): Promise<readonly string[]>;
  /** What is meant by what was typed or pressed; throws `Problem` where that is nothing. */
  resolve(typed: string, context: CommandContext): Promise<string>;
  /** What people call them. */
  titles(names: readonly string[], context: CommandContext): Promise<readonly string[]>;
}

/** A line that can be typed. */
export const exampleOf = (name: FilterKind['name'], { settings }: Texts): string =>
  `/settings ${name} mute ${settings[name].example}`;

/** Words: `follow <name>`, `mute <name>`, `normal <name>`, a name alone (followed), `page <number>`. */
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
    async apply(words, choices, context) {
      if (parsePage(words) !== undefined) return choices;
      const [manner, typed] = parseMode(words, context.texts);
      const one = await resolve(typed, context);
      const withOne = (picks: FilterTerms, has: boolean): FilterTerms => {
        const others = picks[name].filter((other) => other !== one);
        return { ...picks, [name]: has ? [...others, one] : others };
      };
      const next = {
        ...choices,
        follow: withOne(choices.follow, manner === 'follow'),
        mute: withOne(choices.mute, manner === 'mute'),
      };
      const counts = [next.follow, next.mute].map(({ series, hashtags }) => series.length + hashtags.length);
      if (counts.some((count) => count > MAX_TERMS))
        throw new UserError(context.texts.settings.picks.full(MAX_TERMS));
      return next;
    },
    async show(choices, context, words): Promise<Document> {
      const { settings } = context.texts;
      const names = await all(chosenIn(choices), context);
      const [, typed] = parseMode(words, context.texts);
      const standsAt = Math.max(0, names.indexOf(withoutSign(typed)));
      const page = parsePage(words) ?? Math.floor(standsAt / PAGE_SIZE) + 1;
      const shown = names.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
      const called = await titles(shown, context);
      const toggle = (one: string, title: string, manner: 'follow' | 'mute', sign: string): Button => {
        const isChosen = choices[manner][name].includes(one);
        return panelButton(name, `${isChosen ? 'normal' : manner} ${one}`, `${sign} ${title}`, isChosen);
      };
      const leaf = [
        ...(page > 1 ? [panelButton(name, `page ${page - 1}`, settings.picks.previous)] : []),
        ...(page * PAGE_SIZE < names.length
          ? [panelButton(name, `page ${page + 1}`, settings.picks.next)]
          : []),
      ];
      return [
        heading(3, text(settings[name].heading)),
        paragraph(...linkCommands(names.length > 0 ? settings.picks.explained : settings[name].none)),
        small(...linkCommands(settings.typed(exampleOf(name, context.texts)))),
        buttons(
          ...shown.map((one, index) => {
            const title = called[index] ?? one;
            return [toggle(one, title, 'follow', '★'), toggle(one, title, 'mute', '🔇')];
          }),
          leaf,
        ),
      ];
    },
  };
}

const MODES = ['follow', 'mute', 'normal'] as const;

/** What is to become of it, and what it is called. */
function parseMode(words: string, { settings }: Texts): readonly [(typeof MODES)[number], string] {
  const [, first = '', rest = ''] = /^(\S+)\s*(.*)$/su.exec(words.trim()) ?? [];
  const { follow, mute, normal } = settings.picks;
  const ours = canonicalize(first, { follow: [follow], mute: [mute], normal: [normal] });
  const manner = MODES.find((one) => one === ours);
  return manner && rest ? [manner, rest] : ['follow', words.trim()];
}

function parsePage(words: string): number | undefined {
  const [, page] = /^page (\d{1,4})$/u.exec(words) ?? [];
  return page === undefined ? undefined : Math.max(1, Number(page));
}
