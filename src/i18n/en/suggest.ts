import { PLATFORMS, type PlatformName } from '../../platform/platforms.ts';
import { bidiIsolate } from '../bidi-isolate.ts';
import type { CommandTexts } from '../command-texts.ts';
import { platformTexts } from './platforms.ts';
import { plural } from './plural.ts';

export const suggestCommand = {
  description: 'Suggest a topic to the author',
  options: { topic: 'Your topic or question' },
  example: '/suggest how tides are predicted',
  form: {
    title: 'Suggest a topic',
    label: 'What would you like to read about?',
    hint: 'A topic, a question, a place…',
    question: (author: string) =>
      `What should ${bidiIsolate(author)} write about? Send it as your next message and I'll pass it on.`,
  },
} satisfies CommandTexts;

const anonymous = (author: string): string => `${bidiIsolate(author)} won't see who you are.`;

/** What readers are told about their suggestions. */
export const suggestTexts = {
  thanks: (author: string) => `Thanks! I've passed that on to ${bidiIsolate(author)}.`,
  /** How a reply comes, and what the author learns about the reader. */
  howAnswered: {
    private: (author: string) =>
      `If ${bidiIsolate(author)} replies, you'll get it here. ${anonymous(author)}`,
    elsewhere: (author: string) =>
      `If ${bidiIsolate(author)} replies, I'll DM you – or post it here if I can't. To make sure I can, send me a DM once. ${anonymous(author)}`,
  },
  empty: 'That was empty. What would you like to read about?',
  anonymous:
    "I can't see who you are in this chat (anonymous admin?). Please use /suggest in our private chat.",
  refused: {
    blocked: "The author isn't accepting suggestions from you.",
    user: (most: number) =>
      `That's ${plural(most, 'suggestion', 'suggestions')} today – the limit. Please try again tomorrow.`,
    home: "This server or chat has reached today's limit. Please try again tomorrow.",
    all: "The author's inbox is full for today. Please try again tomorrow.",
    unavailable: "Suggestions can't be passed on right now. Please try again in a few minutes.",
  },
  /** Answer to `/cancel` while waiting for the suggestion. */
  cancel: '(/cancel to stop)',
  cancelled: 'Cancelled – nothing was sent.',
  answer: {
    heading: (author: string) => `${bidiIsolate(author)} replied to your suggestion`,
    inPublic: (author: string) => `${bidiIsolate(author)} replied to a suggestion made here`,
    youWrote: (words: string) => `You wrote: “${bidiIsolate(words)}”`,
  },
};

const times = (count: number): string => (count === 1 ? 'once' : plural(count, 'time', 'times'));

/** Direct messages to the author, in plain text: clients show no markup there. */
export const inboxTexts = {
  suggestion: (number: number, platform: PlatformName, code: string, quoted: string) =>
    `Suggestion #${number} · ${PLATFORMS[platform].displayName} reader ${code}\n\n${quoted}\n\n` +
    `↩︎ Reply to this message to answer (or start a message with “${number}:”). Reply “block” to block this reader.`,
  help:
    "I couldn't tell which suggestion that was about, so I didn't send it.\n\n" +
    '• To answer, reply to a suggestion or start with its number: “12: Thank you, soon.”\n' +
    '• Reply “block” to block that reader, “unblock” to undo.\n' +
    '• Without a suggestion at hand: “unblock k3f9-2qxm”.',
  file: 'I can only forward text. Nothing was sent.',
  empty: 'That message was empty. Nothing was sent.',
  tooLong: (most: number) =>
    `That's over ${plural(most, 'character', 'characters')}, the limit for one reply. Nothing was sent.`,
  blocked: (code: string) => `Blocked ${code}. To undo, send: unblock ${code}`,
  unblocked: (code: string) => `Unblocked ${code}.`,
  notBlocked: (code: string) => `${code} isn't blocked.`,
  inPublic: (number: number) =>
    `The reader of suggestion #${number} doesn't accept DMs, so your reply was posted publicly where they asked.`,
  undelivered: (number: number, reason: string) =>
    `Couldn't deliver your reply to suggestion #${number}: ${reason}`,
  forgotten: (number: number) =>
    `Couldn't deliver your reply to suggestion #${number}: the reader had their data deleted.`,
  week: {
    heading: (from: string, to: string) => `Your week on Discord and Telegram · ${from} – ${to}`,
    posts: (count: number) =>
      count === 0 ? 'No posts this week.' : `You published ${plural(count, 'post', 'posts')}.`,
    platform: (name: PlatformName, active: number, delivered: number) =>
      delivered === 0
        ? `${PLATFORMS[name].displayName}: nothing to deliver, ${platformTexts[name].destinations(active)} subscribed.`
        : `${PLATFORMS[name].displayName}: delivered ${times(delivered)} to ${platformTexts[name].destinations(active)}.`,
    joined: (joined: number, left: number) => `  ${joined} joined, ${left} left.`,
    failed: (count: number) =>
      `  ${plural(count, 'post was rejected because of its', 'posts were rejected because of their')} content.`,
    waiting: (count: number) => `  ${plural(count, 'delivery', 'deliveries')} still queued.`,
    suspended: (name: PlatformName, count: number, reason: string) =>
      `  ${platformTexts[name].destinations(count)} can't be reached: ${reason}`,
    suggestions: (count: number, answered: number) =>
      `${plural(count, 'suggestion', 'suggestions')} received, ${answered} answered.`,
  },
};
