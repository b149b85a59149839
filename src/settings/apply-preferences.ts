import type { User } from '../command/chat.ts';
import type { CommandContext } from '../command/command.ts';
import { UserError } from '../command/user-error.ts';
import type { UserPreferences } from '../command/user-preferences.ts';
import { withReportedLanguage } from '../command/user-preferences.ts';
import { textsFor } from '../i18n/texts.ts';
import { callback } from '../note/document.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../preferences/preferences.ts';
import { checkMentions } from './mention-permissions.ts';

/**
 * The initial settings of a chat. A private chat starts with the language and time zone that the user chose
 * elsewhere.
 */
export function initialPreferences({ user, chat, preferences, timeZone }: CommandContext): Preferences {
  if (chat.kind !== 'private') return withReportedLanguage(DEFAULT_PREFERENCES, chat.language);
  const { language } = preferences;
  const own = { ...DEFAULT_PREFERENCES, timeZone, ...(language !== undefined && { language }) };
  return withReportedLanguage(own, reportedOf(user));
}

const reportedOf = ({ reportedLanguage, language }: User): string => reportedLanguage ?? language;

/**
 * Subscribes the chat with these settings, or changes those it has. Throws `UserError` if posts can't be delivered
 * there.
 */
export async function subscribeWith(
  preferences: Preferences,
  context: CommandContext,
): Promise<'added' | 'resumed' | 'already'> {
  const { chat, subscriptions, texts } = context;
  await checkCanPost(context);
  await checkMentions(preferences, await subscriptions.preferencesOf(chat.destination), context);
  const outcome = await subscriptions.subscribe(chat.destination, preferences);
  if (outcome === 'full') {
    const { home, user } = subscriptions.limits;
    throw new UserError(texts.subscribe.full(home, user));
  }
  await savePreferences(preferences, context);
  return outcome;
}

/**
 * Changes the settings of a subscription; false if there is none. Throws `UserError` for roles that the user may not
 * choose.
 */
export async function updatePreferences(preferences: Preferences, context: CommandContext): Promise<boolean> {
  const before = await context.subscriptions.preferencesOf(context.chat.destination);
  if (!before) return false;
  await checkMentions(preferences, before, context);
  return savePreferences(preferences, context);
}

/** The language and time zone that somebody chooses in their private chat apply to them everywhere. */
async function savePreferences(preferences: Preferences, context: CommandContext): Promise<boolean> {
  const { user, savePreferences: saveOwn, chat, preferences: ownPreferences, subscriptions } = context;
  const before = await subscriptions.preferencesOf(chat.destination);
  if (!before) return false;
  const isOwn = chat.kind === 'private';
  const reported = withReportedLanguage(preferences, isOwn ? reportedOf(user) : chat.language);
  if (!(await subscriptions.setPreferences(chat.destination, reported))) return false;
  if (!isOwn) return true;
  const { language, timeZone } = preferences;
  const { language: own, ...others } = ownPreferences;
  const chosen = language === before.language ? own : language;
  if (chosen !== own || timeZone !== before.timeZone) {
    const kept: UserPreferences = timeZone === before.timeZone ? others : { ...others, timeZone };
    await saveOwn(chosen === undefined ? kept : { ...kept, language: chosen });
  }
  return true;
}

/** The context for answering a change: in a private chat, in the language just chosen. */
export function inLanguage({ language }: Preferences, context: CommandContext): CommandContext {
  if (context.chat.kind !== 'private') return context;
  return { ...context, texts: textsFor(language ?? reportedOf(context.user)) };
}

/** Throws `UserError` if posts can't be delivered to the chat. */
export async function checkCanPost(context: CommandContext): Promise<void> {
  const { chat } = context;
  checkChatKind(context);
  const missing = await chat.missingPermissions();
  if (missing.length > 0) throw missingPermissionsError(missing, context);
}

/** Throws `UserError` if posts can't be delivered to this kind of chat, whatever the bot's permissions. */
export function checkChatKind({ chat, texts }: CommandContext): void {
  if (!chat.subscribable) throw new UserError(chat.obstacle ?? texts.subscribe.impossible);
}

/** Says which permissions are missing and where to grant them, with a button to check again. */
function missingPermissionsError(missing: readonly string[], { chat, texts }: CommandContext): UserError {
  const id = chat.server && chat.destination.replace(/^\w+:/u, '');
  const words = [texts.subscribe.missing(missing), ...(chat.server ? [texts.servers.whereToGrant] : [])];
  return new UserError(words.join(' '), [
    {
      label: texts.servers.checkAgain,
      callback: callback('subscribe', { place: id }),
      responseMode: 'replace',
    },
  ]);
}
