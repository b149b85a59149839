import type { commands } from '../../commands/index.ts';

type Command = (typeof commands)[number];

export const PLATFORMS = ['discord', 'telegram'] as const;
export type Platform = (typeof PLATFORMS)[number];
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Something that a person does in the demo. */
export type Action =
  | { readonly does: 'say'; readonly line: string }
  /** Publishes the suggestion that comes at that place. */
  | { readonly does: 'publish'; readonly suggestion: number }
  | { readonly does: 'click'; readonly selector: string };

/** An answer to take a picture of, and how far its buttons are followed. */
export interface Stop {
  /** The command's name, or what the screen is about where it is no command's. */
  readonly command: string;
  /** In a word or two, for the name of the file. */
  readonly what: string;
  /** The place of the chat in the page's switcher. */
  readonly chat: number;
  /** What is done before; only the answer to the last deed is the screen. */
  readonly actions: readonly Action[];
  /** How many buttons deep. */
  readonly depth: number;
}

/** Lines worth a picture besides the bare command: what stands behind its name. */
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
/** Chats where a command says something else than in the first: the second has not been subscribed. */
const ELSEWHERE: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries({
    settings: [1],
    subscribe: [1],
    unsubscribe: [1],
  }),
);
const DEPTHS: ReadonlyMap<string, number> = new Map(Object.entries({ settings: 2, help: 2 }));
/** They end what the others need. */
const LAST = ['unsubscribe', 'forgetme'];

/** Every command of which the plan says more than that it is to be visited. */
export const NAMED = [
  ...new Set([ARGUMENTS, ELSEWHERE, DEPTHS].flatMap((table) => [...table.keys()])),
  ...LAST,
];

const said = (line: string): Action => ({ does: 'say', line });
const published = (suggestion: number): Action => ({ does: 'publish', suggestion });
/** Every type of post that the demo suggests. */
const SUGGESTIONS = 6;

const scene = (what: string, ...actions: readonly Action[]): Stop => ({
  command: 'scene',
  what,
  chat: 0,
  actions,
  depth: 0,
});

/** What settings look like once something is set: a tour through the buttons ends before that. */
const PANELS_IN_USE = {
  presets: '/settings preset',
  export: '/settings export',
  quiet: '/settings quiet 22-7',
  daily: '/settings schedule daily',
  weekly: '/settings schedule weekly',
  everything: '/settings',
};

/** What is no command's screen: posts as they come, and what the bot says by itself. */
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

/** The screens to visit on a platform, in that order: each command has one at least. */
export function planOf(platform: Platform, language: Language, all: readonly Command[]): readonly Stop[] {
  const here = all.filter(({ only }) => only === undefined || only === platform);
  const stops = here.flatMap(({ name, options }): readonly Stop[] => {
    const depth = DEPTHS.get(name) ?? 1;
    // What a panel changed would show in the next: the language most of all.
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
