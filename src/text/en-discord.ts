/** Said by Discord's adapter. Permissions are named as Discord's own screens name them. */
export const discordTexts = {
  permissions: {
    view: 'View Channel',
    write: 'Send Messages',
    writeInThreads: 'Send Messages in Threads',
    history: 'Read Message History',
    posts: 'Create Posts',
    writeInPosts: 'Send Messages in Posts',
    managePosts: 'Manage Posts',
  },
  /** What is to be done before a channel can be written to again. */
  remedies: {
    forbidden:
      'Discord does not let me write in the channel, and does not say why. Most often I lack View Channel or Send Messages (in a thread: Send Messages in Threads), see the channel’s settings, under Permissions; or the server keeps bots out in another way.',
    missing:
      'Discord finds no such channel or message for me. The channel may have been deleted; or I can no longer see it: give me View Channel in its settings, under Permissions.',
    view: 'I can no longer see the channel. Add me to the server again, or give me View Channel in the channel’s settings, under Permissions.',
    write:
      'I may no longer write in the channel. Give me View Channel and Send Messages (in a thread: Send Messages in Threads) in its settings, under Permissions.',
    locked: 'The thread is locked. Unlock it, or subscribe in another channel.',
    archived: 'The thread is archived. Open it again, or subscribe in another channel.',
    threads: 'The server has too many active threads. Close some of them, or subscribe in a channel.',
    kind: 'Posts can’t come to this kind of channel. Choose a text channel, an announcement channel, a thread or a forum.',
    tags: 'The forum asks for a tag on every post, and has none that I may use. Add a tag in the forum’s settings that is not for moderators alone.',
    private: 'I can’t write to this person: their settings or a block keep private messages out.',
    unknown: 'This is no channel of Discord’s. Its id is the number that “Copy Channel ID” gives.',
  },
  /** Why posts can’t come to a channel, for who wants them there. */
  obstacles: {
    voice:
      'Posts don’t come to the chat of a voice or stage channel. Choose a text channel, an announcement channel, a thread or a forum.',
    hidden:
      'I can’t see this channel, so posts can’t come here. Give me View Channel in its settings, under Permissions; add me to a private thread by mentioning me there.',
  },
  /** The same, where the permissions that are missing are known by name. */
  lacking: (permissions: readonly string[]) =>
    `I may not write in the channel: I lack ${permissions.join(' and ')}. Give me that in the channel’s settings, under Permissions.`,
  /** What a post in a forum is called where the note has no words, and when it was taken back. */
  untitledPost: 'Without words',
  /** In place of what a filter of the server’s would not let through. */
  filtered: {
    link: '[link]',
    note: 'A filter of this server blocks links like the ones in this post, so they are left out.',
  },
  /** What is wrong with the connection, for the operator. */
  troubles: {
    waiting: 'not logged in yet',
    unreached: (reason: string) => `not logged in yet: ${reason}`,
    lost: 'the connection is lost, connecting again',
    /** Discord counts a bot's connections from 0. */
    shards: (ids: readonly number[], count: number, trouble: string) =>
      `${ids.length === 1 ? 'shard' : 'shards'} ${ids.join(', ')} (of 0 to ${count - 1}): ${trouble}`,
    refusals:
      'Discord refuses most of what I ask. Deliveries pause for ten minutes, so that it does not bar this address.',
    stopped: 'stopped',
  },
  tooLongHere:
    'There is more than I can show here. You find all of it on the web, or in a private chat with me.',
  /** For the operator. */
  refused: {
    token: 'Discord refused DISCORD_TOKEN. Copy the bot’s token again from the developer portal, page Bot.',
    gateway: (code: number) =>
      `Discord closed the connection for good (close code ${code}) and this program does not know why. Discord’s list of gateway close codes says what it means.`,
    /** By close code, where it has a cause of its own. */
    closings: {
      4010: 'Discord did not accept how this program numbers its connections (close code 4010, invalid shard). That is a fault of the program: update it, and report it where it stays.',
      4011: 'The bot is in more servers than its connections may carry (close code 4011, too few shards). The program logs in again with more of them by itself.',
      4012: 'Discord no longer takes the version of its gateway that this program speaks (close code 4012). Update the program.',
      4013: 'Discord does not know what this program asks to be told of (close code 4013, invalid intents). That is a fault of the program: update it, and report it where it stays.',
      4014: 'Discord does not tell this bot what the program asks for (close code 4014, disallowed intents). The program as published needs no privileged intents: where yours was changed to, switch them on in the developer portal, page Bot; else update it.',
    },
  },
};
