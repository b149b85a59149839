import type { commands } from '../../commands/index.ts';
import { isOnPlatform } from '../../src/command/menu.ts';

type Command = (typeof commands)[number];

export const PLATFORMS = ['discord', 'telegram'] as const;
export type Platform = (typeof PLATFORMS)[number];
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** An action in the demo. */
export type Action =
  | { readonly does: 'say'; readonly line: string }
  /** Publishes the suggestion at that index. */
  | { readonly does: 'publish'; readonly suggestion: number }
  | { readonly does: 'click'; readonly selector: string };

/** An answer to capture, and how deep its buttons are followed. */
export interface Stop {
  /** The command's name, or the subject if the screen belongs to no command. */
  readonly command: string;
  /** A word or two for the file name. */
  readonly what: string;
  /** Index of the chat in the page's switcher. */
  readonly chat: number;
  /** Performed first; the answer to the last action is the screen. */
  readonly actions: readonly Action[];
  /** How many buttons deep to follow. */
  readonly depth: number;
}

/** Arguments worth a picture besides the bare command. */
const ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    latest: ['3', 'photo', 'nonsense'],
    search: ['harbour', 'xylophone', 'harbour before:soon'],
    read: ['barges before breakfast', 'xylophone'],
    random: ['photo'],
    series: ['The Barge Ledger', 'xylophone'],
    on: ['yesterday', 'soon'],
    catchup: ['30', 'soon'],
    verify: ['barges before breakfast', 'xylophone'],
    suggest: ['How do tides know when to turn?'],
    settings: ['nonsense', 'import nonsense'],
  }),
);
/** Other chats in which a command answers differently: nobody has subscribed in the second. */
const ELSEWHERE: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries({
    settings: [1],
    subscribe: [1],
    unsubscribe: [1],
  }),
);
const DEPTHS: ReadonlyMap<string, number> = new Map(Object.entries({ settings: 2, help: 2 }));
/** Last, because they end the subscriptions that other stops need. */
const LAST = ['unsubscribe', 'forgetme'];

/** Every command that the plan mentions by name. */
export const NAMED = [
  ...new Set([ARGUMENTS, ELSEWHERE, DEPTHS].flatMap((table) => [...table.keys()])),
  ...LAST,
];

const said = (line: string): Action => ({ does: 'say', line });
const published = (suggestion: number): Action => ({ does: 'publish', suggestion });
/** One suggestion of every post type. */
const SUGGESTIONS = 6;

const scene = (what: string, ...actions: readonly Action[]): Stop => ({
  command: 'scene',
  what,
  chat: 0,
  actions,
  depth: 0,
});

/** Panels after something was set: following the buttons doesn't get that far. */
const PANELS_IN_USE = {
  presets: '/settings preset',
  export: '/settings export',
  quiet: '/settings quiet 22-7',
  daily: '/settings schedule daily',
  weekly: '/settings schedule weekly',
  everything: '/settings',
};

/** Screens that belong to no command: posts, and what the bot says by itself. */
const scenes = (platform: Platform): readonly Stop[] => [
  ...Array.from({ length: SUGGESTIONS }, (_, index) => scene(`post-${index + 1}`, published(index))),
  ...(platform === 'discord'
    ? [{ ...scene('welcome', said('welcome')), chat: 4, depth: 1 }]
    : [
        scene('start', said('/start')),
        scene('start-settings', said('/start settings')),
        scene('words', said('harbour')),
      ]),
  scene('no-such-command', said('/nonsense')),
  scene('digest', said('/settings preset digest'), published(0), published(1), {
    does: 'click',
    selector: '[data-act="skip"]',
  }),
  scene('absence', said('/settings preset everything'), { does: 'click', selector: '[data-act="away"]' }),
  ...Object.entries(PANELS_IN_USE).map(([what, line]) => scene(what, said(line))),
];

/** The stops on a platform in order, with at least one per command. */
export function planOf(platform: Platform, language: Language, all: readonly Command[]): readonly Stop[] {
  const here = all.filter((command) => isOnPlatform(platform, command));
  const stops = here.flatMap(({ name, options }): readonly Stop[] => {
    const depth = DEPTHS.get(name) ?? 1;
    // A panel's change would affect the next panels, most of all the language.
    const before = name === 'settings' ? [said(`/settings language ${language}`)] : [];
    const choices = Object.values(options).flatMap((option) =>
      option.required && option.type === 'choice' ? option.choices.slice(0, 1) : [],
    );
    const stop = (what: string, chat: number, line: string): Stop => ({
      command: name,
      what,
      chat,
      actions: [...(chat === 0 ? before : []), said(line)],
      depth: what === '' || what === 'elsewhere' ? depth : 0,
    });
    return [
      stop('', 0, `/${name}`),
      ...[...choices, ...(ARGUMENTS.get(name) ?? [])].map((words) => ({
        ...stop(words, 0, `/${name} ${words}`),
        depth,
      })),
      ...(ELSEWHERE.get(name) ?? []).map((chat) => stop('elsewhere', chat, `/${name}`)),
    ];
  });
  const isLast = ({ command }: Stop): number => LAST.indexOf(command) + 1;
  return [...scenes(platform), ...stops.toSorted((a, b) => isLast(a) - isLast(b))];
}
