/** Said by the Discord adapter. Permissions have the names that Discord's own screens use. */
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
  /** What to do before a channel can be written to again. */
  fixes: {
    forbidden:
      "Discord doesn't let me post in this channel, and doesn't say why. Usually I'm missing View Channel or Send Messages (in threads: Send Messages in Threads) in its Permissions. The server may also keep bots out in another way.",
    missing:
      "Discord can't find this channel or message. The channel may be deleted, or I can't see it any more: give me View Channel in its Permissions.",
    view: "I can't see this channel any more. Re-add me to the server, or give me View Channel in the channel's Permissions.",
    write:
      "I'm not allowed to post in this channel. Give me View Channel and Send Messages (in threads: Send Messages in Threads) in its Permissions.",
    locked: 'This thread is locked. Unlock it, or use /subscribe in another channel.',
    archived: 'This thread is closed. Reopen it, or use /subscribe in another channel.',
    threads:
      'This server has reached its limit of active threads. Close a few, or use /subscribe in a channel.',
    kind: "I can't post in this type of channel. Pick a text channel, announcement channel, thread or forum.",
    tags: 'This forum requires a tag, but all its tags are moderator-only. Add a tag that everyone can use.',
    private: "I can't DM this person: their privacy settings don't allow it, or they blocked me.",
    noUser: 'Discord knows no such user. Turn on Developer Mode, then right-click yourself → Copy User ID.',
    unknown: "That isn't a Discord channel ID. Right-click the channel and choose “Copy Channel ID”.",
  },
  /** Why posts can't be delivered to a channel, for people who want them there. */
  obstacles: {
    voice:
      "I can't post in the chat of a voice or stage channel. Pick a text channel, announcement channel, thread or forum.",
    hidden:
      "I can't see this channel, so I can't post here. Give me View Channel in its Permissions; to add me to a private thread, mention me in it.",
  },
  /** The same, naming the missing permissions. */
  missingPermissions: (permissions: readonly string[]) =>
    `I can't post in this channel yet. Missing: ${permissions.join(', ')}. Add ${permissions.length === 1 ? 'it' : 'them'} for me under Edit Channel → Permissions.`,
  /** Title of a forum post for a note without text. */
  untitledPost: 'Untitled',
  /** Replaces words that the server's filter would block. */
  filtered: {
    link: '[link]',
    note: "Links removed: this server's AutoMod blocked them.",
  },
  /** Connection errors, for the operator. */
  errors: {
    waiting: 'not logged in yet',
    unreached: (reason: string) => `can't log in yet: ${reason}`,
    /** `remaining` of the `needed` logins are left today. */
    exhausted: (needed: number, remaining: number) =>
      `Discord allows ${remaining} more logins today, fewer than the ${needed} needed; waiting until it allows more`,
    lost: 'connection lost, reconnecting',
    /** Discord counts a bot's shards from 0. */
    shards: (ids: readonly number[], count: number, trouble: string) =>
      `${ids.length === 1 ? 'shard' : 'shards'} ${ids.join(', ')} (of 0 to ${count - 1}): ${trouble}`,
    refusals: 'Discord is rejecting most requests. Deliveries are paused for ten minutes to avoid an IP ban.',
    stopped: 'stopped',
  },
  tooLongHere: "That's too long to show here. Read it on the web, or ask me in a DM.",
  /** For the operator. */
  refused: {
    token:
      'DISCORD_TOKEN: Discord rejected this token (401). Copy it again: Developer Portal → your app → Bot → Reset Token.',
    gateway: (code: number) =>
      `DISCORD_TOKEN: Discord closed the connection (code ${code}). Check the app in the Developer Portal.`,
    tooFewShards: (total: number) =>
      `ROLES: the bot is in more servers than ${total} shards can carry (close code 4011, sharding required). Stop all its processes and start them with a larger total.`,
    /** By close code, for those with a cause of their own. */
    closings: {
      4010: "Discord rejected how this program numbers its connections (close code 4010, invalid shard). That's a bug: update the program, and report it if it stays.",
      4011: 'The bot is in more servers than its connections can carry (close code 4011, sharding required). The program logs in again with more of them by itself.',
      4012: 'Discord no longer supports the gateway version that this program uses (close code 4012). Update the program.',
      4013: "Discord doesn't know the intents that this program asks for (close code 4013, invalid intents). That's a bug: update the program, and report it if it stays.",
      4014: "Discord doesn't allow this bot the intents that the program asks for (close code 4014, disallowed intents). The published program needs no privileged intents: if you changed yours, turn them on in the Developer Portal → your app → Bot; otherwise update it.",
    },
  },
};
