import type { Choices } from '../choices/choices.ts';
import type { CommandContext } from '../command/command.ts';
import type { Document } from '../note/document.ts';

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
  show(choices: Choices, context: CommandContext): Document | Promise<Document>;
}
