import { isolated } from './isolated.ts';

/** What is said about servers, groups and channels: where posts go there, and who is told of them. */
export const serverTexts = {
  checkAgain: 'Check again',
  /** Behind what is missing, where the platform has one place for all of it. */
  whereToGrant: 'Edit Channel → Permissions → add me.',
  gone: 'That channel no longer exists. Pick another one.',
  /** To somebody alone, when posts can't reach a channel or chat of theirs. */
  notice: {
    lost: (place: string) => `I can't deliver new posts to ${isolated(place)} any more.`,
    aChannel: 'one of your channels',
    aChat: 'one of your chats',
    after:
      "Once that's fixed I'll resume automatically and deliver what was missed. I won't remind you again.",
  },
  /** Said once, to everybody, in a server that has let me in. */
  welcome: {
    heading: (author: string) => `👋 Hi! I post what ${isolated(author)} publishes.`,
    explained:
      'I can post every new piece in a channel you choose. Everyone here can use /latest, /search and /help.',
    latest: 'Latest posts:',
    forManagers: 'Server managers: choose where new posts go.',
    here: 'Post here',
    choose: 'Choose a channel…',
  },
  /** What /preview posts and says. */
  trial: {
    title: 'Sample post',
    notReal: 'This is a sample to show how posts look here.',
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
    onlyYou:
      'Only you can see these samples. Real posts are for everyone here, and ping the roles you chose.',
    allWell: 'Everything works',
    notAll: "Some things don't work",
    explained: 'Posts will look like this with your current settings. ⚠️ = shown in a simpler form.',
    takeAway: 'Delete samples',
    away: 'Samples deleted.',
    stays: "I couldn't delete all samples. Please delete the rest yourself.",
  },
  where: {
    label: 'Where posts come',
    heading: 'Where posts come',
    here: 'This place gets posts.',
    also: 'So do these places of this server:',
    explained: 'Each place has settings of its own: ask for them there.',
    choose: 'Get posts in another channel too',
    addToGroup: 'Add me to a group',
    addToChannel: 'Add me to a channel',
    notHere: 'No more posts here',
    added: (name: string) =>
      `Done. From now on posts come to ${isolated(name)}, too. Its settings are where you ask for them.`,
    already: (name: string) => `Posts come to ${isolated(name)} already.`,
    withoutPings: 'Roles that you may not choose for pings there were left out: /settings\u00a0pings',
  },
  pings: {
    label: (count: number) => `Pings: ${count || 'none'}`,
    heading: 'Pings',
    explained: 'A role can be told of each new post of a kind. It is told once, never when a post is edited.',
    one: (type: string, role: string) => `${type}: @${isolated(role)}`,
    deleted: (type: string) => `${type}: the role was deleted, so nobody is told.`,
    silent: (role: string) =>
      `Nobody with @${isolated(role)} is told yet: let anyone mention it (server settings → Roles → the role), or give me “Mention @everyone, @here and All Roles”.`,
    choose: (type: string) => `Who is told: ${type}`,
    nobody: (type: string) => `Nobody: ${type}`,
    make: (type: string) => `New role: ${type}`,
    /** What a role that we make is called. */
    name: (type: string) => `${type} posts`,
    mayNotMake:
      'I may not make roles here. Give me “Manage Roles” (server settings → Roles → my role), then try again.',
    /** Why somebody may not choose a role. */
    unchosen: {
      everyone: (_role: string) => 'I never ping everybody. Choose another role, or let me make one.',
      absent: (role: string) => `This server has no role ${isolated(role)}. Choose another one.`,
      chooser: (_role: string) =>
        'To choose or make roles for pings you need “Manage Roles” here, beside “Manage Server”.',
      rank: (role: string) =>
        `@${isolated(role)} is not below your own highest role, so you can’t choose it. Choose another role.`,
      mention: (role: string) =>
        `You may not mention @${isolated(role)} in this channel, so I don’t do it for you. It takes “Allow anyone to @mention this role” (server settings → Roles → the role), or “Mention @everyone, @here and All Roles” for you.`,
      unknown: (_role: string) =>
        'Discord doesn’t tell me right now who may do what on this server, so I change nothing. Try again in a minute.',
    },
    offer: 'Put up buttons for members',
  },
  roles: {
    heading: 'What do you want to be told of?',
    explained: 'Press to be told of new posts of that kind, press again to end it. Only you see the answer.',
    button: (type: string) => `Tell me: ${type}`,
    none: 'No role is told of posts here yet. Choose some first: /settings\u00a0pings',
    given: (type: string, role: string) =>
      `Done. You have @${isolated(role)} now: you are told of each new post of this kind (${type}).`,
    taken: (type: string, role: string) =>
      `Done. You no longer have @${isolated(role)}: nobody tells you of new posts of this kind (${type}).`,
    deleted:
      'That role was deleted, so nobody is told of these posts any more. Those who manage this server can choose another one: /settings\u00a0pings',
    another: 'Those who manage this server can choose another role: /settings\u00a0pings',
  },
  /** Why members can't take a role by themselves. */
  unfit: {
    everyone: (_role: string) => 'Everybody here has this role already, so I neither give nor take it.',
    managed: (role: string) =>
      `I may not give or take @${isolated(role)}: only an app, a subscription, a boost or a linked account does that.`,
    powers: (role: string) =>
      `I don’t give or take @${isolated(role)}: it has permissions on this server that not everybody has.`,
    channels: (role: string) =>
      `I don’t give or take @${isolated(role)}: in some channel’s permissions (or a category’s) it is allowed or denied something that others are not.`,
    rank: (role: string) =>
      `I may not give or take @${isolated(role)}: that needs “Manage Roles” for me, and my role above that one (server settings → Roles, drag it up).`,
    unknown: (role: string) =>
      `Discord doesn’t tell me right now what @${isolated(role)} allows, so I leave it alone. Try again in a minute.`,
  },
  publish: {
    label: (chosen: string) => `Publish: ${chosen}`,
    heading: 'Publish',
    explained:
      'What I post here can go out to every channel that follows this one. Discord lets me publish about ten posts an hour, so missives go first and others may come later.',
    missing:
      'This is no announcement channel, so nobody can follow it. Server owners make one in the channel’s settings, under Overview.',
  },
  topics: {
    label: (count: number) => `Topics: ${count || 'none'}`,
    heading: 'Topics',
    explained:
      'Each kind of post can go to a topic of its own. Copy the topic’s link (topic → share) and send it behind the kind, such as:',
    one: (type: string, topic: string) => `${type}: topic ${topic}`,
    back: (type: string) => `${type}: here again`,
  },
};
