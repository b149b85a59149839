/** What a platform's client can do for people that another's can't. */
export type PlatformFeature =
  /** Messages can hold select menus; elsewhere each of their options is a button. */
  | 'selects'
  /** A command's options are shown while it is typed, so /help needn't list them. */
  | 'optionHints'
  /** In a private chat, a message that isn't a command is a search. */
  | 'plainSearch'
  /** A relative time in a message ("2 hours ago") stays true. */
  | 'relativeTimes'
  /** Servers have roles, which posts can mention and members can take. */
  | 'roles'
  /** Groups can have topics. */
  | 'topics';

interface PlatformDescriptor {
  /** The name that people know, the same in every language. */
  readonly displayName: string;
  /** The variable that turns the platform on. */
  readonly tokenVariable: string;
  /** Where an operator gets a token. */
  readonly tokenSource: string;
  /** Recognizes its tokens, so that one on the wrong line isn't printed or kept. */
  readonly tokenPattern: RegExp;
  /** The variable for the address of another API server. */
  readonly apiUrlVariable: string;
  /** Commands that its users may type besides those in `commands/`; the adapter resolves them. */
  readonly ownCommands: readonly string[];
  /** The command that its users expect to end a subscription of their private chat. */
  readonly privateStop: string;
  readonly features: Readonly<Record<PlatformFeature, boolean>>;
}

/**
 * The platforms, and how they differ as far as anything outside their adapters needs to know. This is the only list; a key
 * is the adapter's `Platform.name`. The words for each in a language are in `i18n/<language>/platforms.ts`.
 */
export const PLATFORMS = {
  discord: {
    displayName: 'Discord',
    tokenVariable: 'DISCORD_TOKEN',
    tokenSource: 'https://discord.com/developers/applications › Bot › Reset Token',
    tokenPattern: /(?:^|[^\w-])[\w-]{23,28}\.[\w-]{5,7}\.[\w-]{27,}/u,
    apiUrlVariable: 'DISCORD_API_URL',
    ownCommands: [],
    privateStop: 'unsubscribe',
    features: {
      selects: true,
      optionHints: true,
      plainSearch: false,
      relativeTimes: true,
      roles: true,
      topics: false,
    },
  },
  telegram: {
    displayName: 'Telegram',
    tokenVariable: 'TELEGRAM_TOKEN',
    tokenSource: '@BotFather › /newbot',
    tokenPattern: /\d{6,}:[\w-]{30,}/u,
    apiUrlVariable: 'TELEGRAM_API_URL',
    ownCommands: ['start', 'stop', 'cancel'],
    privateStop: 'stop',
    features: {
      selects: false,
      optionHints: false,
      plainSearch: true,
      relativeTimes: false,
      roles: false,
      topics: true,
    },
  },
} as const satisfies Readonly<Record<string, PlatformDescriptor>>;

export type PlatformName = keyof typeof PLATFORMS;
/** The variable that turns a platform on. */
export type TokenVariable = (typeof PLATFORMS)[PlatformName]['tokenVariable'];

/** In the order in which they're listed and logged. */
export const PLATFORM_NAMES = Object.keys(PLATFORMS) as readonly PlatformName[];

export const isPlatformName = (name: string): name is PlatformName => Object.hasOwn(PLATFORMS, name);

export const hasFeature = (platform: PlatformName, feature: PlatformFeature): boolean =>
  PLATFORMS[platform].features[feature];
