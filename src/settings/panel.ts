import type { CommandContext } from '../command/command.ts';
import type { Texts } from '../i18n/texts.ts';
import {
  type Block,
  type Button,
  type Choice,
  type ChoiceOption,
  callback,
  type Document,
} from '../note/document.ts';
import { iconOf, type PostType } from '../note/post-types.ts';
import { hasFeature } from '../platform/platforms.ts';
import type { Preferences } from '../preferences/preferences.ts';

/** One setting: what it shows, and what a press on it changes. */
export interface Panel {
  /** Lower-case letters. A press is `settings <name> <words>`. */
  readonly name: string;
  /** Whether it is of any use there. */
  isAvailable(context: CommandContext): boolean;
  /** What is chosen now, as the button that leads to it says it: "Schedule: daily digest 08:00". */
  label(choices: Preferences, context: CommandContext): string;
  /** Choices with what those words mean, as pressed or typed; throws `Problem` where they mean nothing. */
  apply(words: string, choices: Preferences, context: CommandContext): Preferences | Promise<Preferences>;
  /** Its own screen, without the way back. `words`: as just pressed or typed, empty where it was only opened. */
  show(choices: Preferences, context: CommandContext, words: string): Document | Promise<Document>;
  /** What stands on the screen of its group in the place of a button that leads to it; empty: nothing. */
  inline?(choices: Preferences, context: CommandContext): Document | Promise<Document>;
  /** The button that turns it on or off, in the place of one that leads to it. */
  toggle?(choices: Preferences, context: CommandContext): Button;
}

/** Whether a choice takes one line there; elsewhere each of its options is a button, and it takes a screen. */
export const hasSelects = ({ platform }: CommandContext): boolean => hasFeature(platform, 'selects');

/** Most options that a choice shows there: what a select holds, or as many buttons as are still overlooked. */
export const maxOptions = (context: CommandContext): number => (hasSelects(context) ? 25 : 12);

/** Choices stand on the screen of their group where each takes no more than a line. */
export const inlineWhereSelects =
  (
    choicesOf: (choices: Preferences, context: CommandContext) => readonly Block[],
  ): Required<Panel>['inline'] =>
  (choices, context) =>
    hasSelects(context) ? choicesOf(choices, context) : [];

/** A button of a panel; `isOn`: it says what holds now. Words that say the outcome ("on"), so that pressing twice does no harm. */
export const panelButton = (panel: string, words: string, label: string, isOn = false): Button => ({
  label,
  callback: callback('settings', { change: `${panel} ${words}`.trim() }),
  responseMode: 'replace',
  ...(isOn && { isOn }),
});

/** One of the options, each with the words that choose it. `before`: words between the panel's name and those. */
export const panelSelect = (
  panel: string,
  label: string,
  from: Choice['from'],
  chosen: readonly string[],
  { amount = 'one', before = '' }: { readonly amount?: Choice['amount']; readonly before?: string } = {},
): Choice => ({
  type: 'choice',
  label,
  from,
  chosen,
  amount,
  callback: callback('settings', { change: `${panel} ${before}`.trim() }),
  responseMode: 'replace',
});

/** A post type as selects and buttons name it. */
export const typeLabel = (type: PostType, { postTypes }: Texts): string => {
  const { many } = postTypes[type];
  return `${iconOf(type)} ${many.charAt(0).toUpperCase()}${many.slice(1)}`;
};

/** An option by the words that choose it. */
export const option = (value: string, label: string): ChoiceOption => ({ value, label });

/** What is offered, and what is chosen where that is something else: before what is more. */
export function includingChosen(offered: readonly number[], chosen: number): readonly number[] {
  if (offered.includes(chosen)) return offered;
  const place = offered.findIndex((one) => one > chosen);
  return place < 0 ? [...offered, chosen] : offered.toSpliced(place, 0, chosen);
}
