import type { CommandTexts } from '../i18n/command-texts.ts';
import type { Command, Option } from './command.ts';
import type { CommandInput } from './request.ts';

/** What a command still needs to be told: platforms show a form, or ask and take the next message for the answer. */
export interface PromptForm extends Omit<FormTexts, 'question'> {
  readonly question: string;
  readonly command: string;
  readonly option: string;
  readonly maxLength: number;
}

type FormTexts = NonNullable<CommandTexts['form']>;
type PromptedOption = readonly [name: string, option: Extract<Option, { readonly type: 'string' }>];

/** The option that the command prompts for (`Option.prompts`), where the input leaves it out. */
export function missingOption(
  command: Pick<Command, 'options'>,
  input: CommandInput,
): PromptedOption | undefined {
  for (const [name, option] of Object.entries(command.options)) {
    if (option.type !== 'string' || !option.prompts) continue;
    const given = 'named' in input ? input.named[name] : input.line;
    return given === undefined || String(given).trim() === '' ? [name, option] : undefined;
  }
  return undefined;
}

/** The form that asks for it; `example`: a post's name or code that would be an answer. */
export const promptForm = (
  command: Pick<Command, 'name'>,
  [option, { maxLength }]: PromptedOption,
  texts: FormTexts,
  author: string,
  example: string | undefined,
): PromptForm => ({
  ...texts,
  question: texts.question(author, example),
  command: command.name,
  option,
  maxLength,
});
