import type { CommandTexts } from '../command-texts.ts';
import { suggestCommand } from './suggest.ts';

/**
 * The names of options in menus, forms and answers. Typed lines may use these or the names in the code. Every option that a
 * menu shows needs one; options of several commands with the same name share it.
 */
export const optionNames = {
  chart: 'chart',
  count: 'count',
  type: 'type',
  query: 'query',
  hashtag: 'hashtag',
  after: 'after',
  before: 'before',
  note: 'note',
  name: 'name',
  date: 'date',
  since: 'since',
  change: 'change',
  topic: 'topic',
};

/** Shown in the platforms' menus: at most 100 characters. */
export const commands = {
  latest: {
    description: 'Show the latest posts',
    options: { count: 'How many posts (1–10)', type: 'Only this type of post' },
  },
  search: {
    description: 'Search posts by words, "exact phrase", -exclude, hashtag, before: and after:',
    options: {
      query: 'Words to search for',
      type: 'Only this type of post',
      hashtag: 'Only posts with this hashtag',
      after: 'Published on or after: 2025-03-01, 2025-03 or 2025',
      before: 'Published before: 2025-03-01, 2025-03 or 2025',
    },
    example: '/search lithium after:2025-03-01',
  },
  read: {
    description: 'Read a post in full',
    options: { note: 'Title, words from the post, link or ID' },
    example: '/read 1a2b3c4d',
    form: {
      title: 'Read a post',
      label: 'Which post?',
      hint: 'Title, words from the post, link or ID',
      question: (_author: string, example?: string) =>
        `Which post would you like to read? Send me its title, words from it, its link or ID${example ? ` – for example “${example}”` : ''}.`,
    },
  },
  random: { description: 'Show a random post', options: { type: 'Only this type of post' } },
  stats: {
    description: "The author's posts in numbers, with a chart",
    options: { chart: 'Posts by month, or by hour of the day' },
  },
  series: {
    description: 'Browse series, or the posts in one',
    options: { name: 'Name of the series, or part of it' },
  },
  on: {
    description: 'Posts from a given day – or from this day in past years',
    options: { date: 'e.g. 2025-03-01, 2025-03, yesterday, Monday, 1 March' },
  },
  verify: {
    description: 'Check that a post is really by the author',
    options: { note: 'Title, words from the post, link or ID' },
    example: '/verify 1a2b3c4d',
    form: {
      title: 'Verify a post',
      label: 'Which post?',
      hint: 'Title, words from the post, link or ID',
      question: (_author: string, example?: string) =>
        `Which post should I check? Send me its title, words from it, its link or ID${example ? ` – for example “${example}”` : ''}.`,
    },
  },
  catchup: {
    description: 'See what you missed',
    options: { since: 'Since when: 3 (days), yesterday, Monday, 2025-03-01' },
  },
  settings: {
    description: 'Choose which posts arrive here, and when',
    options: { change: 'Change one directly: schedule daily 8:30 · quiet 22-7 · zone Shanghai' },
  },
  suggest: suggestCommand,
  subscribe: { description: 'Start getting new posts here' },
  preview: { description: 'Post samples to check how posts look here' },
  roles: { description: 'Post buttons that let members choose their notifications' },
  notify: {
    description: 'Turn notifications for a type of post on or off',
    options: { type: 'Type of post' },
    example: '/notify missive',
  },
  unsubscribe: { description: 'Stop getting new posts here' },
  about: { description: 'About the author' },
  status: { description: 'Is everything working? Last post, connections, queue' },
  privacy: { description: 'What data I keep about you' },
  forgetme: { description: 'Delete my data about you' },
  help: { description: 'How to use this bot' },
} satisfies Record<string, CommandTexts>;
