import type { FakeDiscord } from '../../discord/discord.ts';
import type { ShownModal } from '../../discord/users/interactions.ts';
import { messagePayload, type StoredMessage } from '../../discord/world/message-store.ts';
import type { Channel } from '../../discord/world/model.ts';
import type { LanguageState } from '../app-language.ts';
import type { Chat, MenuEntry, Offer } from '../change.ts';
import { DemoError } from '../demo-error.ts';
import type { Feed } from '../feed.ts';
import { setUpDiscord } from './discord-server.ts';
import { MissingOption, NoSuchOption, slashOptions } from './parse-slash-command.ts';
import { withRoleNames, withSelectOptions } from './select-options.ts';

/** The demo's Discord app: a server, and the user in front of the screen. */
export interface DiscordClient {
  readonly guild: string;
  /** The server's channels and the bot's private chat, for the page's switcher. */
  chats(): readonly Chat[];
  /** The channel that gets every note. */
  readonly home: Channel;
  /** Sends a message or a command in a channel. Throws `DemoError`. */
  say(channel: string, text: string): Promise<void>;
  /** `value`: the chosen values of a select menu, one per line. */
  press(channel: string, message: string, token: string, value?: string): Promise<void>;
  /** Submits the modal, or closes it if there is no text. */
  fill(text?: string): Promise<void>;
  /** The app's suggestions for a command that is being typed. */
  complete(channel: string, text: string): Promise<readonly Offer[]>;
}

const COMMAND = 2;
/** Discord's own names (Reference, Locales). */
const LOCALES = { en: 'en-US', zh: 'zh-CN' } as const;

export function createDiscordClient(
  discord: FakeDiscord,
  feed: Feed,
  appLanguage: LanguageState,
  authorName: string,
): DiscordClient {
  const { you, guild, home, forum, chatsIn, speakIn, letIn, chatOf, postOf, standing } = setUpDiscord(
    discord,
    authorName,
  );
  const chats = (): readonly Chat[] => chatsIn(appLanguage.words);
  let shownForm: ShownModal | undefined;
  /** Commands whose answer hasn't begun, and the outcome of the others, by interaction. */
  const typed: string[] = [];
  const lines = new Map<string, string>();

  const show = (message: StoredMessage, gone = false): void => {
    if (message.onlyFor && message.onlyFor !== you) return;
    const asked = askedIn(message);
    feed.put(`discord ${message.id}`, {
      type: 'discord',
      message: {
        id: message.id,
        channel: chatOf(message.channel),
        ...postOf(message),
        payload: withRoleNames(
          withSelectOptions(messagePayload(message), message.channel.guild ?? guild),
          message.channel.guild ?? guild,
        ),
        onlyYou: message.onlyFor !== undefined,
        ...(asked === undefined ? {} : { asked }),
        gone: gone || message.deleted,
      },
    });
  };

  function askedIn({ interaction }: StoredMessage): string | undefined {
    if (interaction?.type !== COMMAND) return undefined;
    const line = lines.get(interaction.id) ?? typed.shift();
    if (line !== undefined) lines.set(interaction.id, line);
    return line;
  }

  function showAcknowledged(interaction: string): void {
    for (const { id } of chats())
      for (const message of standing(id)) if (message.interaction?.id === interaction) show(message);
  }

  function showForm(form: ShownModal | undefined): void {
    shownForm = form;
    const [field] = form?.fields ?? [];
    const asked = form &&
      field && { title: form.title, label: field.label, hint: field.hint, maxLength: field.maxLength };
    feed.put('discord form', { type: 'form', ...(asked && { form: asked }) });
  }

  function channelOf(id: string): Channel {
    const channel = discord.world.channel(id);
    if (!channel) throw new DemoError(({ refused }) => refused.noChat);
    return channel;
  }

  for (const type of ['message', 'ephemeral', 'edit'] as const) discord.on(type, (message) => show(message));
  discord.on('delete', (message) => show(message, true));
  discord.on('acknowledged', ({ interaction }) => showAcknowledged(interaction));
  const showMenu = (): void => {
    const commands = menuIn(discord.visibleCommands(home, you), LOCALES[appLanguage.language]);
    feed.put('discord menu', { type: 'menu', pane: 'discord', commands });
  };
  discord.on('commands', showMenu);
  appLanguage.onChange((language) => {
    speakIn(LOCALES[language]);
    showMenu();
  });

  return {
    guild: guild.name,
    chats,
    home,
    async say(channelId, text) {
      const channel = channelOf(channelId);
      if (letIn(channel)) return;
      if (channel === forum) throw new DemoError((words) => words.discord.forumTyping);
      const [, name, rest = ''] = /^\/([\w-]+)\s*(.*)$/su.exec(text) ?? [];
      if (!name) return void discord.say(channel, you, text);
      const command = discord.visibleCommands(channel, you).find((one) => one.name === name);
      if (!command) throw new DemoError((words) => words.discord.noCommand(name));
      typed.push(text);
      try {
        const seen = await discord.slash({
          user: you,
          channel,
          name,
          options: slashOptions(command.options, rest),
          locale: LOCALES[appLanguage.language],
        });
        if (seen.status === 'failed') throw failed();
        if (seen.status === 'form') {
          typed.splice(typed.indexOf(text), 1);
          showForm(seen.form);
        }
      } catch (error) {
        if (typed.includes(text)) typed.splice(typed.indexOf(text), 1);
        throw refusedFor(error, command);
      }
    },
    async fill(text) {
      const form = shownForm;
      showForm(undefined);
      if (!form || text === undefined) return;
      const [field] = form.fields;
      const values = field ? { [field.customId]: text } : {};
      try {
        const seen = await discord.submitModal(form, values);
        if (seen.status === 'failed') throw failed();
      } catch (error) {
        throw refusedFor(error);
      }
    },
    async complete(channelId, text) {
      const channel = channelOf(channelId);
      const [, name = '', typed = ''] = /^\/([\w-]+)\s(.*)$/su.exec(text) ?? [];
      const command = discord.visibleCommands(channel, you).find((one) => one.name === name);
      const option = command?.options.find(({ autocomplete }) => autocomplete);
      if (!option) return [];
      const found = await discord.autocomplete({
        user: you,
        channel,
        name,
        focused: [option.name, typed],
        locale: LOCALES[appLanguage.language],
      });
      return (found ?? []).map(({ name: label, value }) => ({ label, line: `/${name} ${value}` }));
    },
    async press(channelId, messageId, token, value) {
      const message = standing(channelId).find(({ id }) => id === messageId);
      if (!message) throw new DemoError(({ refused }) => refused.messageGone);
      const seen = await discord.press({
        user: you,
        message,
        customId: token,
        locale: LOCALES[appLanguage.language],
        ...(value !== undefined && { values: value.split('\n').filter(Boolean) }),
      });
      if (seen.status === 'failed') throw failed();
    },
  };
}

const failed = (): DemoError => new DemoError(({ discord }) => discord.failed);

/** The app's message for a command with wrong options. */
function refusedFor(error: unknown, command?: { readonly name: string }): DemoError {
  if (error instanceof DemoError) return error;
  const { name = '' } = command ?? {};
  if (error instanceof NoSuchOption)
    return new DemoError(({ discord }) => discord.noOption(name, error.word));
  if (error instanceof MissingOption)
    return new DemoError(({ discord }) => discord.missing(name, error.option));
  return new DemoError(({ discord }) =>
    discord.refused(error instanceof Error ? error.message : String(error)),
  );
}

function menuIn(commands: ReturnType<FakeDiscord['visibleCommands']>, locale: string): readonly MenuEntry[] {
  return commands.map(({ name, description, description_localizations: others, options }) => ({
    name,
    description: (others as Readonly<Record<string, string>> | null)?.[locale] ?? description,
    usage: options.map((option) => (option.required ? `<${option.name}>` : `[${option.name}]`)).join(' '),
  }));
}
