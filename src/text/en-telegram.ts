import { isolated } from './isolated.ts';

/** What people read on Telegram only. Rights and switches are named as Telegram's own screens name them. */
export const telegramTexts = {
  notInChannels: 'In a channel only those who manage it can do that. Ask me in our private chat.',

  /** Under what is said about setting up where others read along. The last three are at most 200 characters. */
  cleanUp: {
    button: '🧹 Done – clean up',
    over: '✅ Setup finished.',
    done: '✅ Setup messages deleted.',
    commandsStay:
      '✅ My setup messages are deleted. To delete your commands too, make me an admin with “Delete Messages”.',
    tooOld: "Some messages stay: Telegram doesn't let me delete what is older than 48 hours.",
  },

  /** What is missing before anything can be posted, one for each obstacle. */
  missing: {
    member: 'me as a member of this chat',
    administrator:
      'me as an administrator, with “Post Messages” (channel → Administrators → Add Administrator)',
    postMessages: '“Post Messages” (channel → Administrators → me)',
    sendMessages: '“Send Messages” (group → Permissions, or make me an administrator)',
    topicOpen: 'an open topic (topic → Reopen Topic)',
    topic: 'this topic, which Telegram says does not exist any more',
  },

  /** Why a chat gets nothing, and what somebody can do about it. */
  remedy: {
    blocked: 'I was blocked here. Press Start in our chat to get posts again.',
    deactivated: 'This account does not exist any more.',
    deleted: 'This chat was deleted.',
    kicked: 'I was removed from this chat. Add me again to get posts.',
    notStarted:
      'Telegram lets me write only to people who wrote to me first. Press Start in our chat to get posts.',
    bot: 'Telegram lets no bot write to another bot, so posts can’t come there.',
    notFound:
      'I can’t find this chat. In private, press Start first; in a group or channel, add me; and check its id.',
    rights:
      'I may not post here. In a channel, make me an administrator with “Post Messages”; in a group, allow me “Send Messages”.',
    restricted: 'Telegram has restricted this chat or me in it. Nothing can be posted until that ends.',
    topicClosed: 'This topic is closed. Reopen it, or make me an administrator with “Manage Topics”.',
    topicGone: 'This topic does not exist any more. Ask for posts again in another one.',
    slowMode: 'Slow mode keeps me from posting. Make me an administrator of this group.',
  },

  /** For whoever lets me into a chat without letting me post. */
  hint: {
    channel: (title: string) =>
      `I am in the channel “${isolated(title)}”, but may not post there. Press the button, choose the channel, and leave “Post Messages” on.`,
    group: (title: string) =>
      `I am in the group “${isolated(title)}”, but may not write there. Press the button and choose the group: an administrator always may.`,
    grant: 'Let me post there',
    /** For whoever lets me into a chat where I may post. */
    joined: (title: string) =>
      `I am in “${isolated(title)}” now. To get new posts there, somebody who manages it sends this there: `,
  },

  /** What is wrong, for the operator and for who asks how things are. Completes "Telegram: …". */
  trouble: {
    outside: 'not logged in yet',
    unreached: 'can’t be reached',
    silent: 'gives no updates, so commands wait',
    refused: 'the token was refused',
    shared: 'another program uses this bot’s token, too; only one should',
    aside:
      'another program was here first with this bot’s token. This one stands aside: it posts and answers nothing on Telegram until the other has gone',
  },

  /** For the operator. */
  operator: {
    refused: (description: string) =>
      `TELEGRAM_TOKEN: Telegram does not know this token (${description}). Copy it again from @BotFather; where TELEGRAM_API_URL is set, that may be what is wrong.`,
  },
};
