import { bidiIsolate } from '../bidi-isolate.ts';
import { typedLine } from '../symbols.ts';
import { alertTexts } from './alerts.ts';
import { commands, optionNames } from './commands.ts';
import { dateWords } from './dates.ts';
import { discordTexts } from './discord.ts';
import { noteTexts } from './note.ts';
import { platformTexts } from './platforms.ts';
import { plural } from './plural.ts';
import { postTypes } from './post-types.ts';
import { privacyTexts } from './privacy.ts';
import { readingTexts } from './reading.ts';
import { serverTexts } from './servers.ts';
import { settingsTexts } from './settings.ts';
import { siteTexts } from './site.ts';
import { statsTexts } from './stats.ts';
import { statusTexts } from './status.ts';
import { statusPageTexts } from './status-page.ts';
import { inboxTexts, suggestTexts } from './suggest.ts';
import { telegramTexts } from './telegram.ts';
import { timeTexts } from './times.ts';

/** Links to the bot, and what they lead to. */
export const linkTexts = {
  getPosts: 'Get new posts',
  readInTelegram: 'Read in Telegram',
  /** A link to a post that is not in the archive. */
  notFound: "Sorry, that post isn't here any more. It may have been deleted, or the link is incomplete.",
  latest: 'Latest posts',
};

/** Every sentence that people read, in English. Other languages have the same shape: `Texts`. */
export const en = {
  note: noteTexts,
  dates: dateWords,
  times: timeTexts,
  /** Between a name and its explanation, and between the items of a list. */
  marks: { colon: ': ', comma: ', ', gap: ' ' },
  /** One message for several posts. */
  digest: {
    /** Sent at the scheduled time, or else after downtime. */
    heading: {
      'at-once': (count: number) => `While I was away: ${plural(count, 'post', 'posts')}`,
      daily: (count: number) => `Daily digest · ${plural(count, 'post', 'posts')}`,
      weekly: (count: number) => `Weekly digest · ${plural(count, 'post', 'posts')}`,
    },
    more: (count: number) => `+ ${plural(count, 'earlier post', 'earlier posts')}:`,
  },

  postTypes,

  commands,
  optionNames,

  latest: {
    /** `posts`: of one type, as `postTypes` has them. */
    heading: (author: string, posts?: string) =>
      `Latest ${posts ? `${posts} ` : ''}from ${bidiIsolate(author)}`,
    none: (posts?: string) => `No ${posts ?? 'posts'} yet.`,
    noMore: "That's the oldest post.",
    newer: '‹ Previous',
    older: 'Next ›',
    newest: 'Back to newest',
  },
  search: {
    count: (total: number, most: boolean) =>
      `${most ? 'More than ' : ''}${plural(total, 'result', 'results')}, best match first`,
    none: (query: string) => `No results for “${bidiIsolate(query)}”.`,
    hint: 'Try fewer words, or a single hashtag.',
    noMore: 'No more results.',
    reach: (day: string) => `Lots of posts match, so I only searched back to ${day}.`,
    further: 'Search older posts ›',
    emptyQuery: 'What should I search for? Example: /search\u00a0lithium\u00a0after:2025-03-01',
    wrongDate: (given: string) =>
      `I couldn't read “${bidiIsolate(given)}” as a date. Try 2025-03-01, 2025-03 or 2025.`,
    previous: '‹ Previous',
    next: 'Next ›',
  },
  ...readingTexts,
  ...settingsTexts,
  privacy: privacyTexts,
  read: {
    notFound: (code: string) =>
      `No post found for “${bidiIsolate(code)}”. Try /search with other words – or pick one from /latest.`,
    readThat: 'Show the post it replies to',
  },
  suggest: suggestTexts,
  inbox: inboxTexts,
  subscribe: {
    added: {
      private: (author: string) => `👋 Welcome! New posts by ${bidiIsolate(author)} will arrive here.`,
      group: (author: string) => `✅ Done – new posts by ${bidiIsolate(author)} will arrive here.`,
      channel: (author: string) => `✅ Done – new posts by ${bidiIsolate(author)} will arrive here.`,
    },
    already: {
      private: (author: string) => `👋 Welcome back! You're subscribed to ${bidiIsolate(author)}.`,
      group: (_author: string) => "You're already subscribed here.",
      channel: (_author: string) => "You're already subscribed here.",
    },
    missing: (permissions: readonly string[]) =>
      `I can't post here yet. Missing: ${permissions.join(', ')}. Fix that and try again.`,
    full: (perServer: number, perPerson: number) =>
      `Limit reached: ${perServer} per server or chat, ${perPerson} per person. Use /unsubscribe in a channel you no longer need.`,
    impossible:
      "I can't deliver posts here. Use /subscribe in a private chat with me, or in a server or group that has added me.",
    stopWith: (command: string) => `Stop any time with /${command}`,
    latestOne: 'Latest post:',
  },
  unsubscribe: {
    removed: 'Done – no more new posts here. /latest and /search still work.',
    none: "You're not subscribed here.",
  },
  about: {
    written: (notes: number, since: string) => `${plural(notes, 'post', 'posts')} since ${since}`,
    nothingYet: 'No posts yet.',
    website: 'Website',
    profile: 'Profile on Nostr',
    nostr: 'Published on Nostr, an open network. No account needed to read here.',
  },
  stats: statsTexts,
  status: statusTexts,
  statusPage: statusPageTexts,
  help: {
    intro: (author: string) => `I post what ${bidiIsolate(author)} publishes and help you find it again.`,
    categories: {
      reading: 'Read',
      finding: 'Find',
      knowing: 'More',
    },
    ownChat: 'This chat',
    allCommands: 'All commands',
    back: '‹ Help',
    missive: 'Missive = a titled or long post.',
    /** Short explanations of the five most important commands; the menu's are longer. */
    first: { search: 'Find a post', series: 'Browse series' },
    tryLatest: 'Latest posts',
    anniversary: 'On this day',
    plainWords: "No command needed here – just type what you're looking for.",
    inline: (name: string) => `In any chat, type ${bidiIsolate(name)} and a few words to share a post.`,
  },

  problem: {
    /** “photo, video or reply” */
    anyOf: (names: readonly string[]) =>
      [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or '),
    /** Asks for a missing option, by the option's name in the code. */
    missing: {
      note: 'Which post?',
      query: 'What should I search for?',
      topic: 'What would you like to suggest?',
      type: 'Which type of post?',
    },
    withExample: (question: string, example: string) => `${question} Example: ${typedLine(example)}`,
    unknownValue: (option: string, given: string, names: string) =>
      `I don't know the ${option} “${bidiIsolate(given)}”. Try ${names}.`,
    notNumber: (option: string, min: number, max: number) =>
      `${option} must be a number from ${min} to ${max}.`,
    leftover: (word: string) => `I don't know what to do with “${bidiIsolate(word)}” here. Try without it.`,
    tooLong: (max: number) => `Too long: ${max.toLocaleString('en')} characters at most.`,
    secret: 'That looks like a private key or a Cashu token. Never share it with anyone – not even me.',
    unknownCommand: (command: string) => `Unknown command /${command}. See /help.`,
    expired: 'This button has expired. Please run the command again.',
  },

  /** Said by the platform adapters, about the platform itself. */
  platform: {
    oldButton: 'This button no longer works. Please run the command again.',
    failed: 'Something went wrong. Please try again in a minute.',
    tooOften: (seconds: number) => `Slow down – try again in ${plural(seconds, 'second', 'seconds')}.`,
    removed: 'This post was deleted by its author.',
    hiddenMedia: 'Hidden image or video',
    image: 'image',
    video: 'video',
    audio: 'audio',
  },
  links: linkTexts,
  servers: serverTexts,
  site: siteTexts,
  byPlatform: platformTexts,
  telegram: telegramTexts,
  discord: discordTexts,
  alerts: alertTexts,
};

export type Texts = typeof en;
