import type { FakeDiscord } from '../discord/discord.ts';
import type { Channel } from '../discord/model.ts';
import type { StoredMessage } from '../discord/store.ts';
import type { Chat, DiscordMessage } from './change.ts';

/** The demo's server, its one person, and the chats that the page shows of them. */
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
  /** Lets the bot into the other server, once. */
  const letIn = (channel: Channel): boolean => {
    if (channel !== reception || library.installed) return false;
    world.install(library);
    return true;
  };

  /** A forum's posts are shown together. */
  const chatOf = ({ id, parent }: Channel): string => (parent === forum ? forum.id : id);
  const isOpening = ({ id, channel }: StoredMessage): boolean =>
    channel.parent === forum && channel.id === id;
  /** Of a message that opens a forum's post: what that is called, and what it is filed under. */
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

  const chats: readonly Chat[] = [
    {
      id: home.id,
      name: `# ${home.name}`,
      about: `gets every note of ${authorName}`,
      chips: [
        '/latest',
        '/search harbour',
        '/series',
        '/on',
        '/random',
        '/settings',
        '/settings where',
        '/settings pings',
        '/roles',
        '/suggest',
        '/help',
      ],
    },
    {
      id: lounge.id,
      name: `# ${lounge.name}`,
      about: 'gets what you /subscribe to',
      chips: ['/subscribe', '/settings', '/preview', '/about', '/unsubscribe'],
    },
    {
      id: bulletin.id,
      name: `# ${bulletin.name}`,
      about: 'other servers follow it · /subscribe, then /settings publish on',
      chips: ['/subscribe', '/settings publish', '/preview', '/unsubscribe'],
    },
    {
      id: forum.id,
      name: `# ${forum.name}`,
      about: 'a forum · in another channel: /settings where',
      chips: [],
    },
    {
      id: reception.id,
      name: `# ${reception.name}`,
      about: `${library.name}: a server that has not let Postrider in yet`,
      chips: ['Let Postrider in', '/subscribe', '/settings', '/help'],
    },
    {
      id: own.id,
      name: '@ Postrider',
      about: 'your own chat with the app, on your own account',
      chips: ['/subscribe', '/settings', '/catchup', '/privacy', '/forgetme'],
    },
  ];

  return { you, guild, home, forum, chats, letIn, chatOf, postOf, standing };
}
