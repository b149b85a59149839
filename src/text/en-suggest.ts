import type { CommandTexts } from './command-texts.ts';
import { isolated } from './isolated.ts';
import { plural } from './plural.ts';

export const suggestCommand = {
  description: 'Tell the author what you would like to read about',
  options: { topic: 'What it should be about' },
  example: '/suggest how tides are reckoned',
  form: {
    title: 'Suggest a topic',
    label: 'What would you like to read about?',
    hint: 'A topic, a question, a place …',
    question: (author: string) =>
      `What should ${isolated(author)} write about? Tell me in your next message, and I pass it on.`,
  },
} satisfies CommandTexts;

/** What readers are told about what they suggested. */
export const suggestTexts = {
  thanks: (author: string) => `Thank you! I have passed that on to ${isolated(author)}.`,
  answersCome: {
    private: 'If there is an answer, it comes to you here.',
    elsewhere:
      'If there is an answer, it comes to you in our private chat, or else here. For a private one, write to me there once.',
  },
  anonymous: 'The author does not learn who you are.',
  empty: 'There are no words in that. Tell me what you would like to read about.',
  nobody: 'I can’t see who is asking here. Suggest it in our private chat, please.',
  refused: {
    blocked: 'The author takes no more suggestions from you.',
    asker: (most: number) => `You have sent ${most} suggestions within a day. Please come again tomorrow.`,
    home: 'There were many suggestions from this place today. Please come again tomorrow.',
    all: 'The author’s letter box is full for today. Please come again tomorrow.',
  },
  /** `/cancel`, while I wait for the words. */
  cancel: 'Or send /cancel.',
  cancelled: 'All right, nothing was passed on.',
  answer: {
    heading: (author: string) => `${isolated(author)} answers your suggestion`,
    inCompany: (author: string) => `${isolated(author)} answers a suggestion that was made here`,
    yours: (words: string) => `You wrote: “${isolated(words)}”`,
  },
};

/** Letters to the author: plain words, as private messages show no markup. */
export const letterTexts = {
  platforms: { discord: 'Discord', telegram: 'Telegram' },
  suggestion: (number: number, platform: string, code: string, quoted: string) =>
    `Suggestion ${number}, from a reader on ${platform} (${code}):\n\n${quoted}\n\n` +
    `Reply to this message, and the reader gets your answer. If your app has no replies, begin with “${number}:”. ` +
    `“block” instead of an answer: nothing more from this reader.`,
  help:
    'I could not tell which suggestion that was for, so nothing was passed on.\n\n' +
    '• To answer, reply to a suggestion, or begin with its number: “12: Thank you, soon.”\n' +
    '• “block” as an answer: no more suggestions from that reader. “unblock” takes that back.\n' +
    '• “unblock” and the reader’s code, such as “unblock k3f9-2qxm”, does it without a suggestion.',
  file: 'I can pass on words only. Nothing was delivered.',
  empty: 'There were no words in that. Nothing was delivered.',
  tooLong: (most: number) =>
    `That is more than the ${most} characters that I can pass on at once. Nothing was delivered.`,
  blocked: (code: string) => `No more suggestions from ${code}. To take that back, send: unblock ${code}`,
  unblocked: (code: string) => `Suggestions from ${code} come to you again.`,
  notBlocked: (code: string) => `${code} was not blocked.`,
  inCompany: (number: number) =>
    `Your answer to suggestion ${number} was posted where it was suggested, for everybody there: the reader takes no private messages from me.`,
  undelivered: (number: number, reason: string) =>
    `Your answer to suggestion ${number} could not be delivered: ${reason}`,
  forgotten: (number: number) =>
    `Your answer to suggestion ${number} reaches nobody: the reader who made it asked me to forget them.`,
  week: {
    heading: (from: string, to: string) => `Your week on Discord and Telegram, ${from} to ${to}`,
    posts: (count: number) =>
      count === 0
        ? 'You published nothing that was to be delivered.'
        : `You published ${plural(count, 'post', 'posts')}.`,
    platform: (name: string, active: number, delivered: number) =>
      `${name}: ${plural(delivered, 'delivery', 'deliveries')}; ${plural(active, 'place gets', 'places get')} your posts.`,
    joined: (joined: number, left: number) => `  ${joined} joined, ${left} left.`,
    failed: (count: number) => `  ${plural(count, 'post was', 'posts were')} refused for what was in them.`,
    waiting: (count: number) => `  ${plural(count, 'delivery is', 'deliveries are')} still waiting.`,
    suspended: (count: number, reason: string) =>
      `  ${plural(count, 'place', 'places')} can’t be posted to: ${reason}`,
    suggestions: (count: number, answered: number) =>
      `${plural(count, 'suggestion', 'suggestions')} came, and you answered ${answered}.`,
  },
};
