import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';
import { startDiscord } from '../../../sandbox/discord/discord.ts';
import type { Fault } from '../../../sandbox/discord/http/faults.ts';
import { NotOffered } from '../../../sandbox/discord/users/fill-options.ts';
import type { ShownModal } from '../../../sandbox/discord/users/interactions.ts';
import { messageFlags } from '../../../sandbox/discord/world/flags.ts';
import type { StoredMessage } from '../../../sandbox/discord/world/message-store.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { createDiscord } from '../../../src/platform/discord/discord.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import { readMarkdown } from '../../platform/discord/markdown.fixture.ts';
import { flat, textsOf } from '../../platform/discord/render.fixture.ts';
import type { InjectedFault, Message, Outcome, PlatformDriver, Where, Who } from './driver.ts';

/** Slower answers are deferred. Short, so that tests needn't wait. */
const PATIENCE_MS = 300;
const SEND = 'POST /channels/:channel/messages';

const LOCALES = { en: 'en-US', zh: 'zh-CN' } as const;
const BROKEN = { status: 503, message: 'Service Unavailable' };
const FAULTS: Readonly<Partial<Record<InjectedFault, Fault>>> = {
  'no login': { route: 'GET /gateway/bot', effect: BROKEN },
  'no menu': { route: 'GET /applications/:application/commands', effect: BROKEN },
  busy: { route: SEND, effect: { limit: { retryAfter: 7 } } },
  broken: { route: SEND, effect: BROKEN },
  refused: { route: SEND, effect: { status: 400, code: 50035, message: 'Invalid Form Body' } },
  'lost answer': { route: SEND, effect: 'reset after' },
  'dead token': { route: SEND, effect: { status: 401, message: '401: Unauthorized' } },
};

/** A server with one channel, its owner and a member. */
export async function startDiscordDriver(): Promise<PlatformDriver> {
  const discord = await startDiscord({ limits: 'off' });
  const { world } = discord;
  const guild = world.addGuild({ name: 'Harbour' });
  const channel = world.addChannel(guild, { name: 'news' });
  const people = { reader: world.addUser({ name: 'Mira' }), manager: guild.owner };
  world.addMember(guild, people.reader);
  const locales: Record<Who, string> = { reader: 'en-US', manager: 'en-US' };
  const platforms: Platform[] = [];
  let announced = 0;
  // Types of Interaction Callback: a deferred message, a deferred update.
  discord.on('acknowledged', ({ type }) => (announced += Number(type === 5 || type === 6)));

  const another: PlatformDriver['another'] = ({ token } = discord) => {
    const { apiUrl } = discord;
    const platform = createDiscord({ token, apiUrl, log: silentLog, deferAfterMs: PATIENCE_MS });
    platforms.push(platform);
    return platform;
  };
  const channelFor = (where: Where, who: Who) => (where === 'company' ? channel : world.openDm(people[who]));

  let form: ShownModal | undefined;
  async function seen(acting: ReturnType<typeof discord.press>): Promise<Outcome> {
    try {
      const result = await acting;
      if (result.status === 'answered') return seenIn(result.message, { inPlace: result.how === 'update' });
      if (result.status === 'form') {
        form = result.form;
        return { status: 'asked back', question: form.fields[0]?.label ?? '' };
      }
      if (/did not respond/u.test(result.reason)) return { status: 'unanswered' };
      // The public deferral was deleted, and the private answer is a follow-up.
      const isAnswer = ({ interaction, deleted }: StoredMessage) =>
        interaction?.id === result.interaction && !deleted;
      const find = () => discord.history(channel).find(isAnswer);
      await discord.until(() => find() !== undefined);
      return seenIn(find()!, { inPlace: false });
    } catch (error) {
      if (error instanceof NotOffered) return { status: 'not offered' };
      throw error;
    }
  }

  function namedOptions(name: string, words: readonly string[]) {
    const options = discord.commands.list(undefined).find((command) => command.name === name)?.options ?? [];
    const named: Record<string, string | number> = {};
    const rest: string[] = [];
    for (const word of words) {
      const [, key, value = ''] = /^([a-z]+):(.+)$/u.exec(word) ?? [];
      const option = options.find((one) => one.name === key);
      // All option types but Integer are strings.
      if (option) named[option.name] = option.type === 4 ? Number(value) : value;
      else rest.push(word);
    }
    const last = options.find((option) => option.type === 3 && !option.choices);
    if (last && rest.length > 0) named[last.name] = rest.join(' ');
    return named;
  }

  function shownIn(message: StoredMessage): Message {
    const answered = discord.history(message.channel).find(({ id }) => id === message.replyTo?.messageId);
    return { ...messageIn(message), ...(answered && { answers: messageIn(answered).text }) };
  }

  return {
    platform: another(),
    another,
    destination: `discord:${channel.id}`,
    lure: `<@${people.reader.id}>`,
    token: { right: discord.token, wrong: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.wrong.token', variable: 'DISCORD_TOKEN' },
    shown: (where = 'company') => discord.messages(channelFor(where, 'reader')).map(shownIn),
    pings: () =>
      discord
        .history(channel)
        .reduce(
          (sum, { pings }) => sum + pings.users.length + pings.roles.length + Number(pings.everyone),
          0,
        ),
    ask(line, { by = 'reader', where = 'company' } = {}) {
      const [name = '', ...words] = line.slice(1).split(' ');
      const options = namedOptions(name, words);
      return seen(
        discord.slash({
          user: people[by],
          channel: channelFor(where, by),
          name,
          options,
          locale: locales[by],
        }),
      );
    },
    async fill(words) {
      if (!form) throw new Error('There is no form');
      return seen(discord.submitModal(form, { [form.fields[0]?.customId ?? '']: words }));
    },
    async suggested(line) {
      const [name = '', ...words] = line.slice(1).split(' ');
      const [first] = Object.entries(namedOptions(name, words));
      const focused = [first?.[0] ?? '', String(first?.[1] ?? '')] as const;
      return (
        (
          await discord.autocomplete({ user: people.reader, channel, name, focused, locale: locales.reader })
        )?.map((one) => one.name) ?? []
      );
    },
    press(label, { by = 'reader', where = 'company' } = {}) {
      const user = people[by];
      const message = discord
        .history(channelFor(where, by))
        .findLast(
          (one) => !one.deleted && (one.onlyFor ?? user) === user && buttonsIn(one).some(isLabelled(label)),
        );
      const button = message && buttonsIn(message).find(isLabelled(label));
      if (!message) throw new Error(`There is no button labelled "${label}"`);
      const { custom_id: customId = '', values } = button ?? {};
      return seen(discord.press({ user, message, customId, locale: locales[by], ...(values && { values }) }));
    },
    async postButton(label, token) {
      const row = { type: 1, components: [{ type: 2, style: 2, label, custom_id: token }] };
      const response = await fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ content: 'From long ago', components: [row] }),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    offered: (to, where = 'company') =>
      Object.fromEntries(
        discord
          .visibleCommands(channelFor(where, to), people[to])
          .map(({ name, description, description_localizations: localized }) => [
            name,
            (localized as Readonly<Record<string, string>> | null)?.[locales[to]] ?? description,
          ]),
      ),
    speaks(who, language) {
      locales[who] = LOCALES[language];
    },
    writes: discord.commandWrites,
    announced: () => announced,
    inject(trouble, times = 1) {
      const fault = FAULTS[trouble];
      if (fault) discord.fault({ ...fault, times });
      else if (trouble === 'gone') world.deleteChannel(channel);
      else world.setOverwrites(channel, [{ of: world.bot, deny: ['SendMessages'] }]);
    },
    recover() {
      discord.clearFaults();
      world.setOverwrites(channel, []);
    },
    closePrivate: () => void (people.reader.closed = true),
    removeBot: () => world.remove(guild),
    returnBot: () => world.install(guild),
    async drop() {
      const closed = discord.next('closed');
      discord.gateway.drop();
      await closed;
    },
    until: discord.until,
    async stop() {
      for (const platform of platforms) await platform.stop();
      await discord.stop();
    },
  };
}

function seenIn(message: StoredMessage, how: { readonly inPlace: boolean }): Outcome {
  return { status: 'answered', message: messageIn(message), hidden: isHidden(message), ...how };
}

/** In a private chat nothing needs to be ephemeral. */
function isHidden({ flags }: StoredMessage): boolean {
  return (flags & messageFlags.ephemeral) !== 0;
}

function messageIn(message: StoredMessage): Message {
  const components = flat(componentsOf(message));
  const embeds = message.embeds as readonly APIEmbed[];
  const texts = [
    ...textsOf({ content: message.content, components: componentsOf(message) as never }),
    ...embeds.flatMap(({ title = '', description = '' }) => [title, description]),
  ].map(readMarkdown);
  const titles = embeds.flatMap(({ title, url }) =>
    title && url ? [{ label: readMarkdown(title).words, url }] : [],
  );
  return {
    text: texts
      .map(({ words }) => words)
      .filter(Boolean)
      .join('\n\n'),
    links: [...texts.flatMap(({ links }) => links), ...titles],
    pictures: components.reduce((sum, one) => sum + ('items' in one ? one.items.length : 0), 0),
    buttons: buttonsIn(message).map(({ label }) => label),
    silent: (message.flags & messageFlags.suppressNotifications) !== 0,
  };
}

interface Button {
  readonly label: string;
  readonly custom_id?: string;
  /** For an option: what is selected after choosing it. */
  readonly values?: readonly string[];
}

/** Everything that can be pressed: buttons and the options of selects. */
function buttonsIn(message: StoredMessage): readonly Button[] {
  return flat(componentsOf(message)).flatMap((one): readonly Button[] => {
    if ('options' in one) return optionsIn(one as unknown as Select);
    return 'label' in one ? [one as unknown as Button] : [];
  });
}

interface Select {
  readonly custom_id: string;
  readonly max_values: number;
  readonly options: readonly { readonly label: string; readonly value: string; readonly default?: boolean }[];
}

function optionsIn({ custom_id, max_values, options }: Select): readonly Button[] {
  const chosen = options.filter((one) => one.default).map(({ value }) => value);
  return options.map(({ label, value, default: isChosen }) => ({
    label: isChosen ? `✓ ${label}` : label,
    custom_id,
    values:
      max_values === 1 ? [value] : isChosen ? chosen.filter((one) => one !== value) : [...chosen, value],
  }));
}

const isLabelled =
  (label: string) =>
  (button: Button): boolean =>
    button.label === label;

function componentsOf({ components }: StoredMessage): readonly APIMessageTopLevelComponent[] {
  return components as unknown as readonly APIMessageTopLevelComponent[];
}
