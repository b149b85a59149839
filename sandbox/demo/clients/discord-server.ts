import { about } from '../../../commands/about.ts';
import { catchup } from '../../../commands/catchup.ts';
import { forgetme } from '../../../commands/forgetme.ts';
import { help } from '../../../commands/help.ts';
import { latest } from '../../../commands/latest.ts';
import { preview } from '../../../commands/preview.ts';
import { privacy } from '../../../commands/privacy.ts';
import { roles } from '../../../commands/roles.ts';
import { search } from '../../../commands/search.ts';
import { series } from '../../../commands/series.ts';
import { settings } from '../../../commands/settings.ts';
import { subscribe } from '../../../commands/subscribe.ts';
import { suggest } from '../../../commands/suggest.ts';
import { unsubscribe } from '../../../commands/unsubscribe.ts';
import type { FakeDiscord } from '../../discord/discord.ts';
import type { StoredMessage } from '../../discord/world/message-store.ts';
import type { Channel } from '../../discord/world/model.ts';
import type { Chat, DiscordMessage } from '../change.ts';
import type { PageWords } from '../page/words/en.ts';
import { exampleLines } from './example-lines.ts';

/** The demo's server, its user, and the chats shown on the page. */
export function setUpDiscord({ world, history }: FakeDiscord, authorName: string) {
  const you = world.addUser({ name: 'Robin' });
  const guild = world.addGuild({ name: 'Harbour Readers', owner: you, bot: ['ManageRoles'] });
  const home = world.addChannel(guild, { name: authorName.toLowerCase().replaceAll(' ', '-') });
  const lounge = world.addChannel(guild, { name: 'lounge' });
  const bulletin = world.addChannel(guild, { name: 'bulletin', kind: 'announcement' });
  const tags = ['Missive', 'Photo', 'harbour'].map((name, index) => ({
    id: `12129134729127526${40 + index}`,
    name,
    moderated: false,
  }));
  const forum = world.addChannel(guild, { name: 'reading-room', kind: 'forum', tags });
  const own = world.openDm(you);
  const library = world.addGuild({ name: 'Lanwan Library', owner: you, installed: false });
  const reception = world.addChannel(library, { name: 'reception' });
  library.systemChannel = reception;
  /** The preferred language of both servers. */
  const speakIn = (locale: string): void => {
    for (const one of [guild, library]) world.setLocale(one, locale);
  };
  /** Adds the bot to the other server, once. */
  const letIn = (channel: Channel): boolean => {
    if (channel !== reception || library.installed) return false;
    world.install(library);
    return true;
  };

  /** A forum's posts are shown together. */
  const chatOf = ({ id, parent }: Channel): string => (parent === forum ? forum.id : id);
  const isOpening = ({ id, channel }: StoredMessage): boolean =>
    channel.parent === forum && channel.id === id;
  /** Title and tags of the forum post that a message starts. */
  const postOf = (message: StoredMessage): Pick<DiscordMessage, 'post'> => {
    if (!isOpening(message)) return {};
    const { name, appliedTags } = message.channel;
    const filed = tags.filter(({ id }) => appliedTags.includes(id)).map((tag) => tag.name);
    return { post: { name, tags: filed } };
  };
  const standing = (chat: string): readonly StoredMessage[] =>
    [own, reception, ...guild.channels.values()]
      .filter((channel) => chatOf(channel) === chat)
      .flatMap((channel) => history(channel));

  const chatsIn = ({ chat, discord, telegram }: PageWords): readonly Chat[] => [
    {
      ...named(home, discord.home, chat.empty),
      chips: exampleLines(latest, [search, telegram.word], series, settings, roles, suggest, help),
    },
    {
      ...named(lounge, discord.lounge, chat.empty),
      chips: exampleLines(subscribe, settings, preview, about, unsubscribe),
    },
    {
      ...named(bulletin, discord.bulletin, chat.empty),
      chips: exampleLines(subscribe, [settings, 'publish'], preview, unsubscribe),
    },
    { ...named(forum, discord.forum, discord.forumEmpty), chips: [] },
    {
      ...named(reception, discord.reception(library.name), discord.receptionEmpty),
      // Any message there adds the bot first.
      chips: [discord.add, ...exampleLines(subscribe, settings, help)],
    },
    {
      id: own.id,
      name: '@ Postrider',
      about: discord.own,
      empty: chat.empty,
      chips: exampleLines(subscribe, settings, catchup, privacy, forgetme),
    },
  ];

  return { you, guild, home, forum, chatsIn, speakIn, letIn, chatOf, postOf, standing };
}

const named = ({ id, name }: Channel, about: string, empty: string): Omit<Chat, 'chips'> => ({
  id,
  name: `# ${name}`,
  about,
  empty,
});
