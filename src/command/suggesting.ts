import type { Log } from '../log.ts';
import { textsFor } from '../text/texts.ts';
import type { Archive, Command } from './command.ts';
import type { AutocompleteRequest } from './invocation.ts';
import type { UserPreferencesService } from './readers.ts';

/** What Discord takes of suggestions (Interactions, Autocomplete). */
const MAX_SUGGESTIONS = 25;
const MAX_SUGGESTION = 100;

interface AutocompleteParts {
  command(name: string): Command | undefined;
  readonly program: { readonly archive: Archive; now(): number };
  readonly readerFor: UserPreferencesService['readerFor'];
  /** Whether there is room for one more letter of an asker. */
  hasRoom(asker: string): boolean;
  readonly log: Log;
}

/** What may be meant by what is being typed into an option: see `Dispatch.suggest`. */
export function createAutocomplete({
  command: commandOf,
  program,
  readerFor,
  hasRoom,
  log,
}: AutocompleteParts) {
  return async ({
    command,
    option: name,
    typed,
    asker,
    language,
  }: AutocompleteRequest): Promise<readonly string[]> => {
    if (!hasRoom(asker)) return [];
    const options = commandOf(command)?.options ?? {};
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option?.type !== 'string' || !option.autocomplete) return [];
    const { archive, now } = program;
    try {
      const reader = await readerFor(asker, language);
      const texts = textsFor(reader.language);
      const found = await option.autocomplete(typed, { archive, now, texts, timeZone: reader.timeZone });
      const most = Math.min(MAX_SUGGESTION, option.maxLength);
      const fitting = found.filter((one) => one.trim() !== '' && one.length <= most);
      return [...new Set(fitting)].slice(0, MAX_SUGGESTIONS);
    } catch (error) {
      log.error('suggestion.failed', { command, error });
      return [];
    }
  };
}
