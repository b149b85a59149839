import type { CommandContext } from '../command/command.ts';
import type { ArgsOf, Options } from '../command/options.ts';
import type { Texts } from '../i18n/texts.ts';
import {
  type Block,
  type Button,
  callback,
  type Document,
  type Select,
  type SelectOption,
} from '../note/document.ts';
import { iconOf, POST_TYPES, type PostType } from '../note/post-types.ts';
import { hasFeature } from '../platform/platforms.ts';
import type { Preferences } from '../preferences/preferences.ts';

/** What to do with a series or hashtag. */
export const FILTER_MODES = ['follow', 'mute', 'normal'] as const;

const ON_BUTTONS = { hidden: true, namedOnly: true } as const;
const TEXT = { ...ON_BUTTONS, type: 'string', maxLength: 4_000 } as const;

/** What the buttons and selects of panels carry, besides the panel's name. */
export const PANEL_OPTIONS = {
  type: { ...ON_BUTTONS, type: 'choice', choices: POST_TYPES },
  mode: { ...ON_BUTTONS, type: 'choice', choices: FILTER_MODES },
  page: { ...ON_BUTTONS, type: 'integer', min: 1, max: 9_999 },
  /** Written as exported settings are; several with a space between them. */
  value: TEXT,
  add: TEXT,
  remove: TEXT,
} as const satisfies Options;

/** What the user pressed, or what a typed line means. */
export type PanelInput = Partial<ArgsOf<typeof PANEL_OPTIONS>>;

/** One setting: its screen, and how it is changed. */
export interface Panel {
  /** Lower-case letters. */
  readonly name: string;
  /** Whether the setting exists in this chat. */
  isAvailable(context: CommandContext): boolean;
  /** The current value, as the button that leads to the panel shows it: "Schedule: daily digest 08:00". */
  label(preferences: Preferences, context: CommandContext): string;
  /** What a typed line means, in English or the user's language; throws `UserError` if it means nothing. */
  parse(typed: string, preferences: Preferences, context: CommandContext): PanelInput | Promise<PanelInput>;
  /** The settings after this input; throws `UserError` if it isn't possible. */
  apply(
    input: PanelInput,
    preferences: Preferences,
    context: CommandContext,
  ): Preferences | Promise<Preferences>;
  /** Its own screen, without the button that leads back. `input`: what led to it, if anything but opening it. */
  show(preferences: Preferences, context: CommandContext, input?: PanelInput): Document | Promise<Document>;
  /** What its group's screen shows instead of a button that leads to it. If empty, the button is shown. */
  inline?(preferences: Preferences, context: CommandContext): Document | Promise<Document>;
  /** The button that turns it on or off, instead of one that leads to it. */
  toggle?(preferences: Preferences, context: CommandContext): Button;
}

/**
 * Whether the platform has selects, which take one line. Elsewhere each option is a button, and a select fills a
 * screen.
 */
export const hasSelects = ({ platform }: CommandContext): boolean => hasFeature(platform, 'selects');

/** How many options a select may have: a select's maximum, or as many buttons as people can take in. */
export const maxOptions = (context: CommandContext): number => (hasSelects(context) ? 25 : 12);

/** Shows selects on the group's screen if the platform has selects. */
export const inlineWhereSelects =
  (
    choicesOf: (preferences: Preferences, context: CommandContext) => readonly Block[],
  ): Required<Panel>['inline'] =>
  (preferences, context) =>
    hasSelects(context) ? choicesOf(preferences, context) : [];

const callbackTo = (screen: string, input: PanelInput) => callback('settings', { screen, ...input });

/** A button that leads to a screen of /settings. */
export const screenButton = (screen: string, label: string): Button => ({
  label,
  callback: callbackTo(screen, {}),
  responseMode: 'replace',
});

/**
 * A button that changes a setting; `isOn`: it is the current value. Its input is the outcome ("on", not "toggle"), so
 * pressing it twice does no harm.
 */
export const panelButton = (panel: string, input: PanelInput, label: string, isOn = false): Button => ({
  label,
  callback: callbackTo(panel, input),
  responseMode: 'replace',
  ...(isOn && { isOn }),
});

/** A panel's select. The selected values become `option` of the input, in addition to `fixed`. */
export const panelSelect = (
  panel: string,
  label: string,
  options: Select['options'],
  selected: readonly string[],
  {
    amount = 'one',
    option = 'value',
    fixed = {},
  }: {
    readonly amount?: Select['amount'];
    readonly option?: 'value' | 'type';
    readonly fixed?: PanelInput;
  } = {},
): Select => ({
  type: 'select',
  label,
  options,
  selected,
  amount,
  callback: callback('settings', { screen: panel, ...fixed, [option]: '' }),
  responseMode: 'replace',
});

/** A post type's label on selects and buttons. */
export const typeLabel = (type: PostType, { postTypes }: Texts): string => {
  const { many } = postTypes[type];
  return `${iconOf(type)} ${many.charAt(0).toUpperCase()}${many.slice(1)}`;
};

export const option = (value: string, label: string): SelectOption => ({ value, label });

/** The offered numbers, ascending, with the chosen one among them. */
export function includingChosen(offered: readonly number[], chosen: number): readonly number[] {
  if (offered.includes(chosen)) return offered;
  const index = offered.findIndex((one) => one > chosen);
  return index < 0 ? [...offered, chosen] : offered.toSpliced(index, 0, chosen);
}
