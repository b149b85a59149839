import type { AutocompleteInteraction } from 'discord.js';
import type { Log } from '../../../lib/log.ts';
import { withTimeout } from '../../../lib/with-timeout.ts';
import type { Host } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';

interface Parts {
  readonly host: Pick<Host, 'autocomplete'>;
  /** Discord waits 3 s, and there is no asking for more time: what takes longer than this suggests nothing. */
  readonly deferAfterMs: number;
  readonly log: Log;
}

/** Suggests what may be meant by what is being typed (Application Commands, Autocomplete). Never throws. */
export async function answerAutocomplete(
  typing: AutocompleteInteraction,
  { host, deferAfterMs, log }: Parts,
): Promise<void> {
  const { name, value } = typing.options.getFocused(true);
  const asked = {
    command: typing.commandName,
    option: name,
    typed: value,
    user: `discord:${typing.user.id}`,
    language: typing.locale,
  };
  try {
    const found = (await withTimeout(deferAfterMs, host.autocomplete(asked))) ?? [];
    await typing.respond(found.map((one) => ({ name: one, value: one })));
  } catch (error) {
    log.debug('autocomplete.failed', { reason: classifyError(error).reason });
  }
}
