import { DemoError } from './demo-error.ts';
import type { Environment } from './environment.ts';
import type { Routes } from './page-server.ts';
import type { ProgressLine } from './progress.ts';

const DAY_MS = 86_400_000;

/** Sends daily digests, and posts deferred by quiet hours. */
function skipADay({ clock, showScene }: Environment, progress: ProgressLine): string {
  clock.skip(DAY_MS);
  showScene();
  const nowMs = clock.now();
  progress.show((words) => words.progress.date(nowMs), { archived: 1, of: 1, ready: true });
  return '';
}

/** The requests that the page can send. */
export function createRoutes(environment: Environment, progress: ProgressLine): Routes {
  const { authorClient, discordClient, authorInbox, telegramClient, appLanguage } = environment;
  const quietly = async (done: Promise<void> | void): Promise<string> => {
    await done;
    return '';
  };
  return {
    '/readers/speak': ({ language }) => {
      appLanguage.set(language === 'zh' ? 'zh' : 'en');
      return '';
    },
    '/time/skip': () => skipADay(environment, progress),
    '/author/publish': ({ text = '', replaces }) => quietly(authorClient.write(text, { replaces })),
    '/author/delete': ({ id = '' }) => quietly(authorClient.delete(id)),
    '/author/answer': ({ id = '', text = '' }) => quietly(authorInbox.answer(id, text)),
    '/discord/fill': ({ text = '' }) => quietly(discordClient.fill(text)),
    '/discord/leave': () => quietly(discordClient.fill()),
    '/discord/say': ({ chat = '', text = '' }) => quietly(discordClient.say(chat, said(text))),
    '/discord/complete': ({ chat = '', text = '' }) => discordClient.complete(chat, text),
    '/discord/press': ({ chat = '', message = '', token = '', value }) =>
      quietly(discordClient.press(chat, message, token, value)),
    '/telegram/say': ({ chat = '', text = '' }) => quietly(telegramClient.say(chat, said(text))),
    '/telegram/complete': ({ text = '' }) => telegramClient.find(text),
    '/telegram/share': ({ chat = '', share = '' }) => telegramClient.share(chat, share),
    '/telegram/press': ({ chat = '', message = '', token = '' }) =>
      telegramClient.press(chat, message, token),
  };
}

/** Discord's limit, which is the lower one. */
const MAX_LINE = 2_000;

function said(text: string): string {
  if (!text.trim()) throw new DemoError(({ refused }) => refused.messageEmpty);
  if (text.length > MAX_LINE) throw new DemoError(({ refused }) => refused.messageLong);
  return text.trim();
}
