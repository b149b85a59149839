import { bidiIsolate } from '../bidi-isolate.ts';

/** Only on Telegram. Rights and switches have the names that Telegram's own screens use. */
export const telegramTexts = {
  notInChannels: 'Only admins can do that in a channel. Message me privately instead.',

  /** Below the list of styles, about the one named `style`. */
  richWarning: (style: string) =>
    `“${style}” puts a whole article in one message. Older Telegram apps show it as an empty message, so choose it and check with /preview.`,

  /** Below setup messages in groups. The last three have at most 200 characters. */
  cleanUp: {
    button: '🧹 Done – clean up',
    over: '✅ Setup finished.',
    done: '✅ Setup messages deleted.',
    commandsStay:
      '✅ My setup messages are deleted. To delete your commands too, make me an admin with “Delete Messages”.',
    tooOld: "Some messages stay: Telegram doesn't let me delete what is older than 48 hours.",
  },

  /** What is missing before anything can be posted, by obstacle. */
  missing: {
    member: 'me in this chat',
    administrator: 'admin rights with “Post Messages” (channel → Administrators → Add Admin)',
    postMessages: 'the “Post Messages” right (channel → Administrators → me)',
    sendMessages: 'permission to send messages (group → Permissions, or make me an admin)',
    topicOpen: 'an open topic (topic → Reopen Topic)',
    topic: 'this topic: it was deleted',
  },

  /** Why a chat gets no posts, and what to do about it. */
  fixes: {
    blocked: 'You blocked me. Unblock me and tap Start to get posts again.',
    deactivated: 'This account was deleted.',
    deleted: 'This chat was deleted.',
    kicked: 'I was removed from this chat. Add me again to get posts.',
    notStarted:
      'Telegram only lets me message people who messaged me first. Tap Start in our chat to get posts.',
    bot: "Telegram doesn't let bots message other bots, so I can't post there.",
    notFound:
      "I can't find this chat. Check the ID; add me to the group or channel, or tap Start in a private chat first.",
    rights:
      "I'm not allowed to post here. Channel: make me an admin with “Post Messages”. Group: let members send messages, or make me an admin.",
    restricted: "Telegram has restricted me or this chat. I can't post until that's lifted.",
    topicClosed: 'This topic is closed. Reopen it, or make me an admin with “Manage Topics”.',
    topicGone: 'This topic was deleted. Send /subscribe in another one.',
    slowMode: 'Slow mode is on. Make me an admin of this group so I can post.',
  },

  /** For people who add the bot to a chat without letting it post. */
  hint: {
    channel: (title: string) =>
      `I was added to “${bidiIsolate(title)}” but can't post there. Tap below, pick the channel and keep “Post Messages” on.`,
    group: (title: string) =>
      `I was added to “${bidiIsolate(title)}” but can't write there. Tap below and make me an admin of the group.`,
    grant: 'Make me an admin',
    /** For people who add the bot to a chat where it may post. */
    joined: (title: string) =>
      `I've joined “${bidiIsolate(title)}”. To get new posts there, an admin should send: `,
  },

  /** Errors, for the operator and for /status. Completes "Telegram: …". */
  errors: {
    outside: 'not logged in yet',
    unreached: "can't be reached",
    silent: "isn't delivering updates, so commands are delayed",
    refused: 'the token was rejected',
    shared: 'another program is using the same bot token',
    standby: 'another program is already using this bot token; standing by until it stops',
  },

  /** For the operator. */
  operator: {
    refused: (description: string) =>
      `TELEGRAM_TOKEN: Telegram rejected this token (${description}). Copy it again: @BotFather → /mybots → your bot → API Token. If TELEGRAM_API_URL is set, that may be the cause.`,
  },
};
