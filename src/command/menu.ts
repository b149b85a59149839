import { hasFeature, type PlatformFeature, type PlatformName } from '../platform/platforms.ts';

/** Groups of commands, in the order of /help. */
export const CATEGORIES = ['reading', 'finding', 'knowing', 'managing'] as const;
export type Category = (typeof CATEGORIES)[number];

/** One option as a platform's menu shows it. */
export interface MenuOption {
  readonly name: string;
  /** The name in the menu's language, by the same rules. */
  readonly displayName: string;
  readonly type: 'string' | 'integer';
  /** 1–100 characters. */
  readonly description: string;
  readonly required: boolean;
  /** Only in menus that show options as a form; in a typed line, the rest of the line says the same. */
  readonly formOnly?: true;
  /** `RequestHandler.autocomplete` completes it as it is typed. */
  readonly autocomplete?: true;
  /** The only valid values, with the names that people see. */
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
}

/** One command as a platform's menu shows it. */
export interface MenuItem {
  /** Lower-case letters, digits, underscores, 1–32: what all platforms accept. */
  readonly name: string;
  /** 1–100 characters. */
  readonly description: string;
  /** Required ones first. */
  readonly options: readonly MenuOption[];
  /** Who sees the answer. Discord must be told when the answer is deferred, so it's known before the command runs. */
  readonly answerTo: 'everyone' | 'user';
  /** `managers`: only people who manage the chat; in a private chat, everybody does. */
  readonly for: 'readers' | 'managers';
  readonly category: Category;
  /** The command exists only on platforms with this feature. */
  readonly requiredFeature?: PlatformFeature;
}

/** Every command, in the order of `commands/index.ts`. */
export type Menu = readonly MenuItem[];

/** Whether a command exists on a platform. */
export const isOnPlatform = (
  platform: PlatformName,
  { requiredFeature }: Pick<MenuItem, 'requiredFeature'>,
): boolean => requiredFeature === undefined || hasFeature(platform, requiredFeature);

/** The items that exist on a platform. */
export const menuOnPlatform = (platform: PlatformName, menu: Menu): Menu =>
  menu.filter((item) => isOnPlatform(platform, item));
