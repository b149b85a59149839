import type { Command } from './command.ts';
import type { Option } from './options.ts';
import type { CommandInput, FormTexts, PromptForm } from './request.ts';

type PromptedOption = readonly [name: string, option: Extract<Option, { readonly type: 'string' }>];

/** The option that the command prompts for (`Option.prompts`), if the input lacks it. */
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

/** The form that prompts for a missing option; `example`: a post's name or code that would be a valid answer. */
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
