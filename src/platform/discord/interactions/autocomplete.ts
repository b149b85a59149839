import type { AutocompleteInteraction } from 'discord.js';
import type { Log } from '../../../lib/log.ts';
import { withTimeout } from '../../../lib/with-timeout.ts';
import type { Host } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';

interface Parts {
  readonly host: Pick<Host, 'autocomplete'>;
  /** Autocomplete can't be deferred, and Discord waits 3 s: after this many milliseconds nothing is suggested. */
  readonly deferAfterMs: number;
  readonly log: Log;
}

/** Suggests values for the option that the user is typing (Application Commands, Autocomplete). Never rejects. */
export async function answerAutocomplete(
  interaction: AutocompleteInteraction,
  { host, deferAfterMs, log }: Parts,
): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  const request = {
    command: interaction.commandName,
    option: name,
    typed: value,
    user: `discord:${interaction.user.id}`,
    language: interaction.locale,
  };
  try {
    const suggestions = (await withTimeout(deferAfterMs, host.autocomplete(request))) ?? [];
    await interaction.respond(suggestions.map((suggestion) => ({ name: suggestion, value: suggestion })));
  } catch (error) {
    log.debug('autocomplete.failed', { reason: classifyError(error).reason });
  }
}
