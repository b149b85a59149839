/** Links to the bot, and what they lead to. */
export const linkTexts = {
  /** Buttons for people who have the bot on one platform, or came from a website. */
  get: { discord: 'Add to Discord', telegram: 'Get it on Telegram' },
  getPosts: 'Get new posts',
  readInTelegram: 'Read in Telegram',
  /** A link to a post that is not here. */
  gone: "Sorry, that post isn't here any more. It may have been deleted, or the link is incomplete.",
  latest: 'Latest posts',
};
