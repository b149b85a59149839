import type { ProgressLine } from './progress.ts';
import { Refused } from './refused.ts';
import type { Requests } from './server.ts';
import type { Stage } from './stage.ts';

const DAY_MS = 86_400_000;

/** Digests of the day go out, and what was held in quiet hours. */
function skipADay({ clock, showScene }: Stage, progress: ProgressLine): string {
  clock.skip(DAY_MS);
  showScene();
  const nowMs = clock.now();
  progress.show((words) => words.progress.date(nowMs), { archived: 1, of: 1, ready: true });
  return '';
}

/** What the page may ask of the stage. */
export function requestsOf(stage: Stage, progress: ProgressLine): Requests {
  const { desk, discordSide, letters, telegramSide, spoken } = stage;
  const quietly = async (done: Promise<void> | void): Promise<string> => {
    await done;
    return '';
  };
  return {
    '/readers/speak': ({ language }) => {
      spoken.speak(language === 'zh' ? 'zh' : 'en');
      return '';
    },
    '/time/skip': () => skipADay(stage, progress),
    '/author/publish': ({ text = '', replaces }) => quietly(desk.write(text, { replaces })),
    '/author/delete': ({ id = '' }) => quietly(desk.takeBack(id)),
    '/author/answer': ({ id = '', text = '' }) => quietly(letters.answer(id, text)),
    '/discord/fill': ({ text = '' }) => quietly(discordSide.fill(text)),
    '/discord/leave': () => quietly(discordSide.fill()),
    '/discord/say': ({ chat = '', text = '' }) => quietly(discordSide.say(chat, said(text))),
    '/discord/complete': ({ chat = '', text = '' }) => discordSide.complete(chat, text),
    '/discord/press': ({ chat = '', message = '', token = '', value }) =>
      quietly(discordSide.press(chat, message, token, value)),
    '/telegram/say': ({ chat = '', text = '' }) => quietly(telegramSide.say(chat, said(text))),
    '/telegram/complete': ({ text = '' }) => telegramSide.find(text),
    '/telegram/share': ({ chat = '', share = '' }) => telegramSide.share(chat, share),
    '/telegram/press': ({ chat = '', message = '', token = '' }) => telegramSide.press(chat, message, token),
  };
}

/** Discord's limit, the shorter of the two. */
const MAX_LINE = 2_000;

function said(text: string): string {
  if (!text.trim()) throw new Refused(({ refused }) => refused.messageEmpty);
  if (text.length > MAX_LINE) throw new Refused(({ refused }) => refused.messageLong);
  return text.trim();
}
