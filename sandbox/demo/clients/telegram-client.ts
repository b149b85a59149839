import { help } from '../../../commands/help.ts';
import { latest } from '../../../commands/latest.ts';
import { on } from '../../../commands/on.ts';
import { search } from '../../../commands/search.ts';
import { series } from '../../../commands/series.ts';
import { settings } from '../../../commands/settings.ts';
import { subscribe } from '../../../commands/subscribe.ts';
import { suggest } from '../../../commands/suggest.ts';
import { unsubscribe } from '../../../commands/unsubscribe.ts';
import { verify } from '../../../commands/verify.ts';
import type { FakeTelegram } from '../../telegram/telegram.ts';
import type { Chat as TelegramChat, User } from '../../telegram/world/api-types.ts';
import type { StoredMessage } from '../../telegram/world/world.ts';
import type { LanguageState } from '../app-language.ts';
import type { Chat, Offer } from '../change.ts';
import { DemoError } from '../demo-error.ts';
import type { Feed } from '../feed.ts';
import { exampleLines } from './example-lines.ts';

/** The demo's Telegram app: a private chat with the bot, a group, and the user in front of the screen. */
export interface TelegramClient {
  /** The private chat and the group, for the page's switcher. */
  chats(): readonly Chat[];
  /** Id of the private chat. */
  readonly home: string;
  say(chat: string, text: string): void;
  /** The bot's inline results, if the line begins with its name. */
  find(text: string): Promise<readonly Offer[]>;
  /** Sends the inline result with that id. */
  share(chat: string, id: string): string;
  /** Resolves with the toast that the app shows, if any. Throws `DemoError`. */
  press(chat: string, message: string, token: string): Promise<string>;
}

export function createTelegramClient(
  telegram: FakeTelegram,
  feed: Feed,
  appLanguage: LanguageState,
): TelegramClient {
  const you: User = telegram.person({ firstName: 'Robin', username: 'robin_reads', started: false });
  const group: TelegramChat = telegram.supergroup({
    title: 'Breakfast Club',
    owner: you,
    bot: 'administrator',
  });
  const ids = [you.id, group.id];
  /** The last inline results, by id. */
  let offered: ReadonlyMap<string, Readonly<Record<string, unknown>>> = new Map();

  const show = ({ message, byBot, deleted }: StoredMessage): void => {
    const id = `${message.chat.id}:${message.message_id}`;
    const files = [...(message.photo ?? []), message.video, message.animation].flatMap((file) =>
      file ? [[file.file_id, telegram.fileName(file.file_id) ?? ''] as const] : [],
    );
    feed.put(`telegram ${id}`, {
      type: 'telegram',
      message: {
        id,
        chat: String(message.chat.id),
        message: { ...message },
        ...(message.media_group_id === undefined ? {} : { album: message.media_group_id }),
        byBot,
        files: Object.fromEntries(files),
        gone: deleted,
      },
    });
  };

  for (const type of ['message', 'edit', 'delete'] as const) telegram.on(type, show);
  const showMenu = (): void => {
    const menu = telegram.commands.shown(['all_private_chats', 'default'], appLanguage.language);
    const commands = menu.map(({ command, description }) => ({
      name: command,
      description,
      usage: '',
    }));
    feed.put('telegram menu', { type: 'menu', pane: 'telegram', commands });
  };
  telegram.on('commands', showMenu);
  appLanguage.onChange((language) => {
    telegram.setLanguage(you, language);
    showMenu();
  });

  const chatOf = (id: string): number => {
    const chat = ids.find((known) => String(known) === id);
    if (chat === undefined) throw new DemoError(({ refused }) => refused.noChat);
    return chat;
  };

  return {
    chats() {
      const { chat, telegram: words } = appLanguage.words;
      return [
        {
          id: String(you.id),
          name: 'Postrider',
          about: words.private,
          empty: chat.empty,
          chips: [
            ...exampleLines(latest),
            words.word,
            ...exampleLines(series, on, settings, suggest, help),
            '/stop',
          ],
        },
        {
          id: String(group.id),
          name: 'Breakfast Club',
          about: words.group,
          empty: words.groupEmpty,
          chips: exampleLines(subscribe, [latest, '3'], [search, 'lithium'], [verify, 'barges'], unsubscribe),
        },
      ];
    },
    home: String(you.id),
    async find(text) {
      const [, name, words = ''] = /^@(\w+)\s(.*)$/su.exec(text) ?? [];
      if (name !== telegram.bot.username) return [];
      const { results } = await telegram.inlineQuery({ user: you, text: words });
      offered = new Map(results.map((result) => [String(result['id']), result]));
      return results.map(({ id, title, description }) => ({
        label: String(title),
        about: typeof description === 'string' ? description : '',
        share: String(id),
      }));
    },
    share(chat, id) {
      const result = offered.get(id);
      if (!result) throw new DemoError(({ refused }) => refused.notOffered);
      telegram.chooseResult({ chat: chatOf(chat), user: you, result });
      return '';
    },
    say: (chat, text) => void telegram.say({ chat: chatOf(chat), user: you, text }),
    async press(chat, messageId, token) {
      const shown = telegram
        .messages(chatOf(chat))
        .find(({ message, deleted }) => !deleted && `${chat}:${message.message_id}` === messageId);
      if (!shown) throw new DemoError(({ refused }) => refused.messageGone);
      const { text } = await telegram.press({ message: shown.message, user: you, data: token }).answered;
      return text;
    },
  };
}
