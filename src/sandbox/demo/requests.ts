import type { Board } from './board.ts';
import type { DemoClock } from './demo-clock.ts';
import { Refused } from './refused.ts';
import type { Requests } from './server.ts';
import type { Stage } from './stage.ts';

const DAY_MS = 86_400_000;

/** Digests of the day go out, and what was held in quiet hours. */
function letADayPass(clock: DemoClock, board: Board): string {
  clock.skip(DAY_MS);
  const date = new Date(clock.now()).toUTCString().slice(0, 16);
  board.put('progress', {
    type: 'progress',
    progress: { archived: 1, of: 1, words: `A day has passed: it is ${date}`, ready: true },
  });
  return '';
}

/** What the page may ask of the stage. */
export function requestsOf(
  { desk, discordSide, letters, telegramSide, clock }: Stage,
  board: Board,
): Requests {
  const quietly = async (done: Promise<void> | void): Promise<string> => {
    await done;
    return '';
  };
  return {
    '/readers/speak': ({ language }) => {
      const spoken = language === 'zh' ? 'zh' : 'en';
      discordSide.speak(spoken);
      telegramSide.speak(spoken);
      return '';
    },
    '/time/skip': () => letADayPass(clock, board),
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
  if (!text.trim()) throw new Refused('Type something first.');
  if (text.length > MAX_LINE) throw new Refused('That is too long for one message.');
  return text.trim();
}
