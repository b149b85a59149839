import { type Choices, DEFAULT_CHOICES } from '../choices/choices.ts';
import type { CommandContext } from '../command/command.ts';
import type { Asker } from '../command/invocation.ts';
import { Problem } from '../command/problem.ts';
import type { Reader } from '../command/reader.ts';
import { withReported } from '../command/readers.ts';
import { press } from '../note/document.ts';
import { textsFor } from '../text/texts.ts';
import { checkPings } from './chosen-pings.ts';

/** What holds in a place until somebody chooses: in one's own chat, what one has chosen elsewhere. */
export function beginning({ asker, place, reader, timeZone }: CommandContext): Choices {
  if (place.kind !== 'private') return withReported(DEFAULT_CHOICES, place.language);
  const { language } = reader;
  const own = { ...DEFAULT_CHOICES, timeZone, ...(language !== undefined && { language }) };
  return withReported(own, reportedOf(asker));
}

const reportedOf = ({ reported, language }: Asker): string => reported ?? language;

/** From now on posts come as chosen, also where none came before. Throws `Problem` where they can't come. */
export async function settle(
  choices: Choices,
  context: CommandContext,
): Promise<'added' | 'resumed' | 'already'> {
  const { place, subscriptions, texts } = context;
  await checkPlace(context);
  await checkPings(choices, await subscriptions.choices(place.destination), context);
  const outcome = await subscriptions.subscribe(place.destination, choices);
  if (outcome === 'full') {
    const { home, asker } = subscriptions.most;
    throw new Problem(texts.subscribe.full(home, asker));
  }
  await put(choices, context);
  return outcome;
}

/** Puts choices in place where posts come already; false where they don't. Throws `Problem` for roles that are not the asker's to choose. */
export async function change(choices: Choices, context: CommandContext): Promise<boolean> {
  const before = await context.subscriptions.choices(context.place.destination);
  if (!before) return false;
  await checkPings(choices, before, context);
  return put(choices, context);
}

/** What somebody chooses of language and zone in their own chat holds for them wherever they ask. */
async function put(choices: Choices, context: CommandContext): Promise<boolean> {
  const { asker, keepReader, place, reader, subscriptions } = context;
  const before = await subscriptions.choices(place.destination);
  if (!before) return false;
  const isOwn = place.kind === 'private';
  const reported = withReported(choices, isOwn ? reportedOf(asker) : place.language);
  if (!(await subscriptions.choose(place.destination, reported))) return false;
  if (!isOwn) return true;
  const { language, timeZone } = choices;
  const { language: own, ...others } = reader;
  const chosen = language === before.language ? own : language;
  if (chosen !== own || timeZone !== before.timeZone) {
    const kept: Reader = timeZone === before.timeZone ? others : { ...others, timeZone };
    await keepReader(chosen === undefined ? kept : { ...kept, language: chosen });
  }
  return true;
}

/** The context in which the answer to a change is given: in the language that was chosen in one's own chat. */
export function spokenIn({ language }: Choices, context: CommandContext): CommandContext {
  if (context.place.kind !== 'private') return context;
  return { ...context, texts: textsFor(language ?? reportedOf(context.asker)) };
}

/** Throws `Problem` where posts can't come to the place. */
export async function checkPlace(context: CommandContext): Promise<void> {
  const { place } = context;
  checkKind(context);
  const missing = await place.missing();
  if (missing.length > 0) throw lacking(missing, context);
}

/** Throws `Problem` where posts can't come to such a place, whatever we may do there. */
export function checkKind({ place, texts }: CommandContext): void {
  if (!place.subscribable) throw new Problem(place.obstacle ?? texts.subscribe.impossible);
}

/** What is missing, where to grant it, and the way to have another look. */
function lacking(missing: readonly string[], { place, texts }: CommandContext): Problem {
  const id = place.server && place.destination.replace(/^\w+:/u, '');
  const words = [texts.subscribe.missing(missing), ...(place.server ? [texts.servers.whereToGrant] : [])];
  return new Problem(words.join(' '), [
    { label: texts.servers.checkAgain, press: press('subscribe', { place: id }), manner: 'replace' },
  ]);
}
