import { commands } from '../../../commands/index.ts';
import type { Fault, FaultEffect } from '../../../sandbox/telegram/http/faults.ts';
import { startTelegram } from '../../../sandbox/telegram/telegram.ts';
import type { StoredMessage } from '../../../sandbox/telegram/world/world.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import { createTelegram } from '../../../src/platform/telegram/telegram.ts';
import type { AskOptions, InjectedFault, Message, Outcome, PlatformDriver, Who } from './driver.ts';

const method = 'sendMessage';
const BROKEN = { kind: 'page', status: 502, body: '<html>Bad Gateway</html>' } as const;
const refuse = (code: number, description: string, more = {}): FaultEffect => ({
  kind: 'refuse',
  code,
  description,
  ...more,
});
const FAULTS: Readonly<Partial<Record<InjectedFault, Fault>>> = {
  'no login': { method: 'getMe', effect: BROKEN },
  'no menu': { method: 'getMyCommands', effect: BROKEN },
  busy: { method, effect: refuse(429, 'Too Many Requests: retry after 7', { retryAfter: 7 }) },
  broken: { method, effect: BROKEN },
  refused: { method, effect: refuse(400, 'Bad Request: ENTITIES_TOO_LONG') },
  'lost answer': { method, effect: { kind: 'reset', when: 'after' } },
  'dead token': { method, effect: refuse(401, 'Unauthorized') },
};
const LANGUAGE_CODES = { en: 'en', zh: 'zh-hans' } as const;
/** What apps link automatically. */
const LIVE = new Set(['mention', 'text_mention', 'bot_command']);

const OURS: ReadonlySet<string> = new Set(commands.map(({ name }) => `/${name}`));

/** A group with its owner and a member, who have both started the bot. */
export async function startTelegramDriver(): Promise<PlatformDriver> {
  const telegram = await startTelegram();
  const people = {
    reader: telegram.person({ firstName: 'Tam', username: 'tam_reads', language: 'en' }),
    manager: telegram.person({ firstName: 'Ada', language: 'en' }),
  };
  const group = telegram.supergroup({ title: 'Harbour', owner: people.manager, bot: 'member' });
  telegram.setStatus(group, people.reader, 'member');
  const platforms: Platform[] = [];
  const faults: (() => void)[] = [];
  const languages: Record<Who, string> = { reader: 'en', manager: 'en' };
  let announced = 0;
  telegram.on('chat-action', () => (announced += 1));

  const another: PlatformDriver['another'] = ({ token } = telegram) => {
    const { apiUrl } = telegram;
    // Waits take one turn of the event loop.
    const wait = () => new Promise<void>((resolve) => setImmediate(resolve));
    const platform = createTelegram({ token, apiUrl, log: silentLog, wait });
    platforms.push(platform);
    return platform;
  };
  const byBot = (chat: { readonly id: number }) =>
    telegram.messages(chat).filter((one) => one.byBot && !one.deleted);
  /** Resolves with the results of an inline query, or with nothing if that takes too long. */
  const first = (find: () => Outcome | undefined): Promise<Outcome> =>
    telegram.until(find).catch(() => ({ status: 'unanswered' }));

  function say(
    text: string,
    { by = 'reader', where = 'company' }: AskOptions = {},
    isReply = false,
  ): Promise<Outcome> {
    const user = people[by];
    const chat = where === 'company' ? group : user;
    const before = byBot(user).length;
    const question = isReply && where === 'company' ? byBot(group).at(-1)?.message.message_id : undefined;
    const asked = telegram.say({ chat, user, text, ...(question !== undefined && { replyTo: question }) });
    return first(() => {
      const aside = byBot(user)[before];
      if (aside) return seenIn(aside, where === 'company');
      const reply = byBot(group).find(
        ({ message }) => message.reply_to_message?.message_id === asked.message_id,
      );
      return where === 'company' && reply ? seenIn(reply, false) : undefined;
    });
  }

  return {
    platform: another(),
    another,
    destination: `telegram:${group.id}`,
    lure: '@tam_reads',
    token: {
      right: telegram.token,
      wrong: '7000000001:AAanotherTokenThatIsNotTheirs000',
      variable: 'TELEGRAM_TOKEN',
    },
    shown: (where = 'company') => byBot(where === 'company' ? group : people.reader).map(messageIn),
    pings: () =>
      byBot(group).reduce(
        (sum, { message }) =>
          sum +
          (message.entities ?? []).filter(
            ({ type, offset, length }) =>
              LIVE.has(type) && !OURS.has((message.text ?? '').slice(offset, offset + length)),
          ).length,
        0,
      ),
    ask: (line, options) => say(line, options),
    fill: (words, options) => say(words, options, true),
    suggested: async () => [],
    async press(label, { by = 'reader', where = 'company' } = {}) {
      const chat = where === 'company' ? group : people[by];
      const shown = byBot(chat).findLast((one) => messageIn(one).buttons.includes(label));
      if (!shown) throw new Error(`There is no button labelled "${label}"`);
      const { message } = shown;
      const button = message.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label);
      const before = byBot(chat);
      const pressed = telegram.press({ message, user: people[by], data: button?.callback_data ?? '' });
      const notice = await pressed.answered;
      if (notice.text)
        return {
          status: 'answered',
          message: { text: notice.text, links: [], pictures: 0, buttons: [], silent: false },
          hidden: true,
          inPlace: false,
        };
      return first(() => {
        const now = byBot(chat);
        const added = now[before.length];
        if (added) return seenIn(added, false);
        const changed = now.find((one, index) => one.history.length > (before[index]?.history.length ?? 0));
        return changed && { ...seenIn(changed, false), inPlace: true };
      });
    },
    async postButton(label, token) {
      const response = await fetch(`${telegram.apiUrl}/bot${telegram.token}/sendMessage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          chat_id: group.id,
          text: 'From long ago',
          reply_markup: { inline_keyboard: [[{ text: label, callback_data: token }]] },
        }),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    offered(to, where = 'company') {
      const inGroup = to === 'manager' ? ['all_chat_administrators', 'all_group_chats'] : ['all_group_chats'];
      const scopes = where === 'private' ? ['all_private_chats'] : inGroup;
      const menu = telegram.commands.shown(scopes, languages[to]);
      return Object.fromEntries(menu.map(({ command, description }) => [command, description]));
    },
    speaks(who, language) {
      languages[who] = LANGUAGE_CODES[language];
      telegram.setLanguage(people[who], LANGUAGE_CODES[language]);
    },
    writes: () => telegram.commands.writes,
    announced: () => announced,
    inject(trouble, times = 1) {
      const fault = FAULTS[trouble];
      if (fault) faults.push(telegram.fault({ ...fault, times }));
      else if (trouble === 'gone') telegram.deleteChat(group);
      else telegram.setPermissions(group, { can_send_messages: false });
    },
    recover() {
      for (const end of faults) end();
      telegram.setPermissions(group, {});
    },
    closePrivate: () => telegram.block(people.reader),
    removeBot: () => telegram.setStatus(group, telegram.bot, 'kicked'),
    returnBot: () => telegram.setStatus(group, telegram.bot, 'member'),
    async drop() {
      telegram.fault({ method: 'getUpdates', times: 2, effect: { kind: 'reset', when: 'before' } });
      // An update ends the pending long poll, so the next request meets the fault.
      telegram.say({ chat: people.manager, user: people.manager, text: 'Good morning' });
      await telegram.until(() =>
        telegram.calls.some(({ method, status }) => method === 'getUpdates' && status === 0),
      );
    },
    until: (condition) => telegram.until(condition),
    async stop() {
      for (const platform of platforms) await platform.stop();
      await telegram.stop();
    },
  };
}

function seenIn(shown: StoredMessage, hidden: boolean): Outcome {
  if (shown.asksReply !== undefined) return { status: 'asked back', question: shown.message.text ?? '' };
  return { status: 'answered', message: messageIn(shown), hidden, inPlace: false };
}

function messageIn({ message, silent }: StoredMessage): Message {
  const text = message.text ?? message.caption ?? '';
  const links = [...(message.entities ?? []), ...(message.caption_entities ?? [])]
    .filter(({ type }) => type === 'url' || type === 'text_link')
    .map(({ offset, length, url }) => {
      const label = text.slice(offset, offset + length);
      return { label, url: url ?? label };
    });
  return {
    text: text.replaceAll('\u2060', ''),
    links,
    silent,
    pictures: message.photo ? 1 : 0,
    buttons: message.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [],
    ...(message.reply_to_message?.text && { answers: message.reply_to_message.text }),
  };
}
