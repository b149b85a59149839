import type { CommandTexts } from '../i18n/command-texts.ts';
import type { Options } from './command.ts';
import type { CommandInput } from './invocation.ts';

/** What is still to be said before a command can be answered: platforms show a form, or ask and take the next words. */
export interface PromptForm extends Omit<FormTexts, 'question'> {
  readonly question: string;
  readonly command: string;
  readonly option: string;
  readonly maxLength: number;
}

type FormTexts = NonNullable<CommandTexts['form']>;

/** The form for the option that asks for itself, where the input does not say it; `code`: of a post, as an example. */
export function promptFor(
  command: { readonly name: string; readonly options: Options },
  input: CommandInput,
  texts: FormTexts | undefined,
  author: string,
  code?: string,
): PromptForm | undefined {
  const [name, option] =
    Object.entries(command.options).find(([, one]) => 'prompts' in one && one.prompts) ?? [];
  if (!texts || name === undefined || option?.type !== 'string' || 'kept' in input) return undefined;
  const said = 'named' in input ? input.named[name] : input.line;
  if (said !== undefined && String(said).trim() !== '') return undefined;
  const question = texts.question(author, code);
  return { ...texts, question, command: command.name, option: name, maxLength: option.maxLength };
}
