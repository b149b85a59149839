import type { Choices } from '../choices/choices.ts';
import type { CommandContext } from '../command/command.ts';
import { type Button, type Document, press } from '../note/document.ts';

/** One screen of /settings: what it shows, and what a press on it changes. */
export interface Panel {
  /** Lower-case letters. A press is `settings <name> <words>`. */
  readonly name: string;
  /** Whether it is of any use there. */
  isFor(context: CommandContext): boolean;
  /** The button that leads to it, with what is chosen now: "Rhythm: daily 08:00". */
  label(choices: Choices, context: CommandContext): string;
  /** Choices with what those words mean, as pressed or typed; throws `Problem` where they mean nothing. */
  change(words: string, choices: Choices, context: CommandContext): Choices | Promise<Choices>;
  /** Without the way back, which every screen gets. `words`: as just pressed or typed, empty where it was only opened. */
  show(choices: Choices, context: CommandContext, words: string): Document | Promise<Document>;
}

/** A button of a panel; `isChosen`: it says what holds now. Words that say the outcome ("on"), so that pressing twice does no harm. */
export function pick(panel: string, words: string, label: string, isChosen = false): Button {
  const change = `${panel} ${words}`.trim();
  return {
    label: isChosen ? `✓ ${label}` : label,
    press: press('settings', { change }),
    manner: 'replace',
  };
}

/** What is offered, and what is chosen where that is something else: before what is more. */
export function withChosen(offered: readonly number[], chosen: number): readonly number[] {
  if (offered.includes(chosen)) return offered;
  const place = offered.findIndex((one) => one > chosen);
  return place < 0 ? [...offered, chosen] : offered.toSpliced(place, 0, chosen);
}

/** Rows of so many, in their order. */
export function inRows<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, row) =>
    items.slice(row * size, (row + 1) * size),
  );
}
