import { type Choices, DEFAULT_CHOICES } from '../choices/choices.ts';
import type { CommandContext } from '../command/command.ts';
import { Problem } from '../command/problem.ts';
import { languageFor, textsFor } from '../text/texts.ts';

/** What holds in a place until somebody chooses: in one's own chat what is known of the reader. */
export function beginning({ asker, place, reader }: CommandContext): Choices {
  if (place.kind !== 'private') return DEFAULT_CHOICES;
  const language = reader.language ?? languageFor(asker.language);
  const timeZone = reader.timeZone ?? DEFAULT_CHOICES.timeZone;
  // English needs no choosing.
  return { ...DEFAULT_CHOICES, timeZone, ...(language !== 'en' && { language }) };
}

/** From now on posts come as chosen, also where none came before. Throws `Problem` where they can't come. */
export async function settle(
  choices: Choices,
  context: CommandContext,
): Promise<'added' | 'resumed' | 'already'> {
  const { place, subscriptions, texts } = context;
  if (!place.subscribable) throw new Problem(texts.subscribe.impossible);
  const missing = await place.missing();
  if (missing.length > 0) throw new Problem(texts.subscribe.missing(missing));
  const outcome = await subscriptions.subscribe(place.destination, choices);
  if (outcome === 'full') throw new Problem(texts.subscribe.full);
  await change(choices, context);
  return outcome;
}

/**
 * Puts choices in place where posts come already; false where they don't. What somebody chooses in their own chat of
 * language and zone holds for them wherever they ask.
 */
export async function change(choices: Choices, context: CommandContext): Promise<boolean> {
  const { place, reader, subscriptions, keepReader } = context;
  const before = await subscriptions.choices(place.destination);
  if (!before || !(await subscriptions.choose(place.destination, choices))) return false;
  const { language, timeZone } = choices;
  if (place.kind === 'private' && (language !== before.language || timeZone !== before.timeZone)) {
    const { language: _, ...others } = reader;
    await keepReader({ ...others, timeZone, ...(language !== undefined && { language }) });
  }
  return true;
}

/** The context in which the answer to a change is given: in the language that was chosen in one's own chat. */
export function spokenIn({ language }: Choices, context: CommandContext): CommandContext {
  if (context.place.kind !== 'private') return context;
  return { ...context, texts: textsFor(language ?? context.asker.language) };
}
