import { bidiIsolate } from '../bidi-isolate.ts';
import { typedLine } from '../symbols.ts';

/** About servers, groups and channels: where posts go, and who is notified. */
export const serverTexts = {
  checkAgain: 'Check again',
  /** After what is missing, on platforms with one place for all permissions. */
  whereToGrant: 'Edit Channel → Permissions → add me.',
  channelGone: 'That channel no longer exists. Pick another one.',
  /** In private, when posts can't be delivered to a channel or chat of theirs. */
  notice: {
    undeliverable: (place: string) => `I can't deliver new posts to ${bidiIsolate(place)} any more.`,
    aChannel: 'one of your channels',
    aChat: 'one of your chats',
    after:
      "Once that's fixed I'll resume automatically and deliver what was missed. I won't remind you again.",
  },
  /** Posted once in a server that has added the bot. */
  welcome: {
    heading: (author: string) => `👋 Hi! I post what ${bidiIsolate(author)} publishes.`,
    explained:
      'I can post every new piece in a channel you choose. Everyone here can use /latest, /search and /help.',
    latest: 'Latest posts:',
    forManagers: 'Server managers: choose where new posts go.',
    here: 'Post here',
    choose: 'Choose a channel…',
  },
  /** What /preview posts and says. */
  preview: {
    title: 'Sample post',
    isSample: 'This is a sample to show how posts look here.',
    words:
      'The ferry leaves at noon, the gulls have been informed, and someone left an umbrella on the pier.',
    items: ['First', 'Second'],
    code: 'tide = moon + patience',
    reason: 'sample',
    names: {
      missive: 'Long post with “Read more”',
      link: 'Link with headline',
      marks: 'Quote, list and code',
      hidden: 'Content warning',
      photo: 'Photo',
      video: 'Video',
    },
    onlyYou: 'Only you can see these samples. Real posts are for everyone here.',
    andPing: 'Real posts also ping the roles you chose.',
    allWell: 'Everything works',
    notAll: "Some things don't work",
    explained: 'Posts will look like this with your current settings.',
    plainer: '⚠️ = shown in a simpler form.',
    deleteSamples: 'Delete samples',
    deleted: 'Samples deleted.',
    notDeleted: "I couldn't delete all samples. Please delete the rest yourself.",
  },
  where: {
    heading: { channel: 'Channels', chat: 'Chats' },
    here: { channel: '✓ This channel gets new posts.', chat: '✓ This chat gets new posts.' },
    also: 'Also in this server:',
    explained: 'Each channel has its own settings – run /settings there.',
    choose: 'Add a channel…',
    addToGroup: 'Add me to a group',
    addToChannel: 'Add me to a channel',
    notHere: 'Stop posts here',
    added: (name: string) =>
      `Done – new posts now go to ${bidiIsolate(name)} too. Run /settings there to adjust them.`,
    already: (name: string) => `${bidiIsolate(name)} already gets new posts.`,
    withoutPings: `Ping roles you can't choose there were left out. See ${typedLine('/settings pings')}`,
  },
  pings: {
    label: (count: number) => `Pings: ${count || 'none'}`,
    heading: 'Pings',
    explained: 'Ping a role when a post of this type is published. Edits never ping.',
    type: 'Post type',
    one: (type: string, role: string) => `${type}: @${bidiIsolate(role)}`,
    deleted: (type: string) => `${type}: role deleted – nobody is pinged.`,
    silent: (role: string) =>
      `@${bidiIsolate(role)} won't be notified yet. Turn on “Allow anyone to @mention this role” (Server Settings → Roles), or give me “Mention @everyone, @here and All Roles”.`,
    choose: (type: string) => `Ping for ${type}…`,
    noPing: (type: string) => `${type}: no ping`,
    createRole: (type: string) => `Create role: ${type}`,
    /** Name of a role that we create. */
    roleName: (type: string) => `${type} posts`,
    cannotCreateRoles:
      "I can't create roles here. Give me “Manage Roles” (Server Settings → Roles → my role) and try again.",
    /** Why somebody may not choose a role. */
    refusals: {
      everyone: (_role: string) => 'I never ping @everyone. Choose another role, or create a new one.',
      absent: (role: string) => `This server has no role called ${bidiIsolate(role)}. Choose another one.`,
      chooser: (_role: string) =>
        'You need “Manage Roles” on this server, besides “Manage Server”, to choose or create ping roles.',
      rank: (role: string) =>
        `@${bidiIsolate(role)} isn't below your highest role, so you can't choose it. Pick another role.`,
      mention: (role: string) =>
        `You can't mention @${bidiIsolate(role)} in this channel, so I won't do it for you. Turn on “Allow anyone to @mention this role” (Server Settings → Roles), or get “Mention @everyone, @here and All Roles”.`,
      unknown: (_role: string) =>
        "Discord isn't telling me who has which permissions right now, so I changed nothing. Try again in a minute.",
    },
    offer: 'Post role buttons',
  },
  roles: {
    heading: '🔔 Get notified',
    explained: 'Tap to get pinged for new posts of that type; tap again to stop. Only you see the reply.',
    none: `No ping roles are set up here yet. A server manager can add some with ${typedLine('/settings pings')}`,
    given: (posts: string, role: string) => `🔔 You'll be pinged for new ${posts} (@${bidiIsolate(role)}).`,
    taken: (posts: string, role: string) =>
      `🔕 You won't be pinged for ${posts} any more (@${bidiIsolate(role)} removed).`,
    deleted: `That role was deleted. Ask a server manager to choose a new one with ${typedLine('/settings pings')}.`,
    another: `A server manager can choose another role with ${typedLine('/settings pings')}.`,
  },
  /** Why members can't take a role themselves. */
  assignRefusals: {
    everyone: (_role: string) => "Everyone here already has this role, so I don't assign it.",
    managed: (role: string) =>
      `I can't assign @${bidiIsolate(role)}: only an app, a subscription, a boost or a linked account can.`,
    powers: (role: string) =>
      `I won't assign @${bidiIsolate(role)}: it has extra permissions on this server.`,
    channels: (role: string) =>
      `I won't assign @${bidiIsolate(role)}: a channel or category has its own permissions for it.`,
    rank: (role: string) =>
      `I can't assign @${bidiIsolate(role)}. I need “Manage Roles”, and my role must be above it (drag it up in Server Settings → Roles).`,
    unknown: (role: string) =>
      `Discord isn't telling me what @${bidiIsolate(role)} allows right now, so I'm leaving it alone. Try again in a minute.`,
  },
  publish: {
    label: (chosen: string) => `Publish to followers: ${chosen}`,
    heading: 'Publish to followers',
    explained:
      'Automatically publish posts to every channel that follows this one. Discord allows about ten an hour, so missives go first.',
    missing:
      "This isn't an announcement channel, so nobody can follow it. Change that in Edit Channel → Overview.",
  },
  topics: {
    label: (count: number) => `Topics: ${count || 'none'}`,
    heading: 'Topics',
    explained: "Send each type of post to its own topic. Copy the topic's link and send:",
    one: (type: string, topic: string) => `${type}: topic ${topic}`,
    back: (type: string) => `${type}: back to this chat`,
  },
};
