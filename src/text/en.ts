import { commands, optionNames } from './en-commands.ts';
import { dateWords } from './en-dates.ts';
import { discordTexts } from './en-discord.ts';
import { noteTexts } from './en-note.ts';
import { privacyTexts } from './en-privacy.ts';
import { readingTexts } from './en-reading.ts';
import { serverTexts } from './en-servers.ts';
import { settingsTexts } from './en-settings.ts';
import { statusTexts } from './en-status.ts';
import { letterTexts, suggestTexts } from './en-suggest.ts';
import { telegramTexts } from './en-telegram.ts';
import { timeTexts } from './en-times.ts';
import { isolated } from './isolated.ts';
import { line } from './lines.ts';
import { plural } from './plural.ts';

/** Every sentence that people read, in English. Other languages have the same shape: `Texts`. */
export const en = {
  note: noteTexts,
  dates: dateWords,
  times: timeTexts,
  /** Between a name and what it is, and between the things of a list. */
  marks: { colon: ': ', comma: ', ', gap: ' ' },
  /** One message in place of many. */
  digest: {
    /** By the rhythm that was chosen; without one, after an absence. */
    heading: {
      'at-once': (count: number) => `Meanwhile: ${plural(count, 'post', 'posts')}`,
      daily: (count: number) => `The day in ${plural(count, 'post', 'posts')}`,
      weekly: (count: number) => `The week in ${plural(count, 'post', 'posts')}`,
    },
    more: (count: number) => `And ${plural(count, 'older one', 'older ones')}:`,
  },

  /** What readers choose by. */
  postTypes: {
    missive: 'Missive',
    note: 'Note',
    link: 'Link',
    photo: 'Photo',
    video: 'Video',
    reply: 'Reply',
    repost: 'Repost',
  },
  postTypeIcons: {
    missive: '📜',
    note: '💬',
    link: '🔗',
    photo: '📷',
    video: '🎬',
    reply: '↩️',
    repost: '🔁',
  },

  commands,
  optionNames,

  latest: {
    heading: (author: string, type?: string) => `Latest from ${isolated(author)}${type ? `: ${type}` : ''}`,
    none: (type?: string) =>
      type ? `Nothing of that kind yet (${type}).` : 'Nothing has been published yet.',
    noMore: 'That was the oldest one.',
    newer: '‹ Newer',
    older: 'Older ›',
    newest: 'Newest posts',
  },
  search: {
    heading: (query: string) => `Found for: ${isolated(query)}`,
    count: (total: number, most: boolean) =>
      `${most ? 'more than ' : ''}${plural(total, 'post', 'posts')}, best and newest first`,
    none: (query: string) => `I found nothing for: ${isolated(query)}`,
    hint: 'Try fewer or shorter words, or only a #tag. Dates narrow a search: after:2025-03-01 before:2025-04-01.',
    noMore: 'There are no more results.',
    reach: (day: string) => `These words stand in so many posts that I looked only at those since ${day}.`,
    further: 'Further back ›',
    emptyQuery: 'Tell me what to look for, for example: /search\u00a0lithium\u00a0after:2025-03-01',
    wrongDate: (given: string) =>
      `“${isolated(given)}” is not a date I understand. Right would be 2025-03-01, 2025-03 or 2025.`,
    previous: '‹ Better',
    next: 'More ›',
  },
  ...readingTexts,
  ...settingsTexts,
  privacy: privacyTexts,
  read: {
    notFound: (code: string) =>
      `I know no post with the code or the words “${isolated(code)}”. /latest and /search show the codes that work.`,
    readThat: 'Read what it answers',
  },
  suggest: suggestTexts,
  letters: letterTexts,
  subscribe: {
    added: {
      private: (author: string) => `Welcome! From now on, what ${isolated(author)} publishes arrives here:`,
      group: (author: string) => `Done. From now on, what ${isolated(author)} publishes arrives here:`,
      channel: (author: string) => `Done. From now on, what ${isolated(author)} publishes arrives here:`,
    },
    already: 'New posts already arrive here. Nothing to do.',
    missing: (permissions: readonly string[]) =>
      `I can't post here yet. What is missing: ${permissions.join(', ')}. Grant that to me, then ask again.`,
    full: 'This server or chat gets new posts in as many places as I can serve, or you have added as many as one person may. To make room: /unsubscribe where nobody needs them.',
    impossible:
      'New posts can’t be delivered to this place. Ask in our private chat, or in a channel of a server that has added me.',
    stopWith: { discord: 'To end it: /unsubscribe', telegram: 'To end it: /stop' },
    latestOne: 'Here is the latest:',
  },
  unsubscribe: {
    removed: 'Done. No more new posts here. You can still ask me: /latest and /search go on working.',
    none: 'No posts were arriving here, so there is nothing to end.',
  },
  about: {
    written: (notes: number, since: string) =>
      `${plural(notes, 'post', 'posts')} in my archive, since ${since}`,
    nothingYet: 'No posts in my archive yet.',
    website: 'Website',
    profile: 'Profile on Nostr',
    nostr: 'Published on Nostr, an open network. You need no account to read here.',
  },
  status: statusTexts,
  help: {
    intro: (author: string) => `I bring you what ${isolated(author)} publishes, and find it again for you.`,
    chapters: {
      reading: 'Read',
      finding: 'Find',
      knowing: 'Know more',
      managing: 'For those who manage this place',
    },
    ownChat: 'This chat',
    tryLatest: 'The latest',
    series: 'All series',
    anniversary: 'On this day',
    about: 'Who writes this',
    plainWords: 'Here you need no command: just write what you are looking for.',
    inline: (name: string) =>
      `In any chat: type ${isolated(name)} and some words, and choose a post to share.`,
  },

  problem: {
    or: ' or ',
    words: 'words',
    number: (min: number, max: number) => `a number from ${min} to ${max}`,
    missing: (option: string, example?: string) =>
      `Something is missing: ${option}. ${example ? `For example: ${line(example)}` : '/help shows how to ask.'}`,
    unknownWord: (word: string, expected: string) =>
      `I don't understand “${isolated(word)}” here. Right would be ${expected}.`,
    needless: (word: string) =>
      `I don't understand “${isolated(word)}” here: nothing is needed behind this command.`,
    wrongValue: (option: string, given: string, expected: string) =>
      `“${isolated(given)}” won't do for ${option}. Right would be ${expected}.`,
    tooLong: (option: string, max: number) => `That is too long for ${option}: at most ${max} characters.`,
    secret: 'That looks like a private key, or like money. Show it to nobody, not even to me.',
    unknownCommand: (command: string) => `I don't know /${command}. /help shows what I can do.`,
    expired: 'This button has expired. Please ask again with the command.',
  },

  /** Said by the platforms' adapters, about the platform itself. */
  platform: {
    oldButton: 'This button is from an older version of me. Please ask again with the command.',
    failed: 'Something went wrong on my side. Please try again in a minute.',
    tooOften: (seconds: number) =>
      `That was a lot at once. Please ask again in ${plural(seconds, 'second', 'seconds')}.`,
    notYours: 'Only people who manage this place can do that.',
    removed: 'This note was taken back by its author.',
    hiddenMedia: 'Hidden picture or video',
    image: 'image',
    video: 'video',
    audio: 'audio',
  },
  servers: serverTexts,
  telegram: telegramTexts,
  discord: discordTexts,
};

export type Texts = typeof en;
