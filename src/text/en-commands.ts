import type { CommandTexts } from './command-texts.ts';
import { suggestCommand } from './en-suggest.ts';

/** What options are called in menus, forms and answers. Whoever types a line may use these names and those of the code. */
export const optionNames = {
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

/** Descriptions are shown in the platforms' menus: at most 100 characters. */
export const commands = {
  latest: {
    description: 'The newest posts',
    options: { count: 'How many (1 to 10)', type: 'Only one kind of post' },
  },
  search: {
    description: 'Find posts: words, "a phrase", -not, #tag, before:2025-07-01, after:2025',
    options: {
      query: 'What to look for',
      type: 'Only one kind of post',
      hashtag: 'Only with this hashtag',
      after: 'Only from this day, month or year on, such as 2025-03-01',
      before: 'Only from before this day, month or year',
    },
    example: '/search lithium after:2025-03-01',
  },
  read: {
    description: 'One post in full',
    options: { note: 'Its code, its link, or words from it' },
    example: '/read 1a2b3c4d',
    form: {
      title: 'Read a post',
      label: 'Which post?',
      hint: 'Its code, its link, or words from it',
      question: (_author: string, example?: string) =>
        `Which post would you like to read? Send me its code, its link, or words from it${example ? `, such as ${example}` : ''}.`,
    },
  },
  random: { description: 'A post by chance', options: { type: 'Only one kind of post' } },
  series: {
    description: 'Pieces that recur: all series, or the parts of one',
    options: { name: 'Its name, or a part of it' },
  },
  on: {
    description: 'What was published on a day; without one, on this day in earlier years',
    options: { date: '2025-03-01, 2025-03, yesterday, monday, 1 march' },
  },
  verify: {
    description: 'Proof that a post is genuine',
    options: { note: 'Its code, its link, or words from it' },
    example: '/verify 1a2b3c4d',
    form: {
      title: 'Verify a post',
      label: 'Which post?',
      hint: 'Its code, its link, or words from it',
      question: (_author: string, example?: string) =>
        `Which post shall I check? Send me its code, its link, or words from it${example ? `, such as ${example}` : ''}.`,
    },
  },
  catchup: {
    description: 'What you missed, by day',
    options: { since: 'Where to begin: 3 (days ago), yesterday, monday, 2025-03-01' },
  },
  settings: {
    description: 'What comes here, when and how',
    options: { change: 'What to change, such as: rhythm daily 8:30, quiet 22-7, zone Shanghai' },
  },
  suggest: suggestCommand,
  subscribe: { description: 'Get new posts here' },
  preview: { description: 'See how posts arrive here: a sample of each kind' },
  roles: { description: 'Put up buttons by which members choose what they are told of' },
  notify: {
    description: 'Turn notifications for a type of post on or off',
    options: { type: 'Type of post' },
    example: '/notify missive',
  },
  unsubscribe: { description: 'No more new posts here' },
  about: { description: 'Who writes this, and where to find them' },
  status: { description: 'Whether all is well: last post, connections, what is waiting' },
  privacy: { description: 'What I know about you, and what I do not' },
  forgetme: { description: 'Remove all that I know about you' },
  help: { description: 'What I can do' },
} satisfies Record<string, CommandTexts>;
