import { bidiIsolate } from '../bidi-isolate.ts';
import { plural } from './plural.ts';

const posts = (count: number): string => plural(count, 'post', 'posts');

/** What a failed check means to a reader, by the verifier's own reason. */
const BROKEN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'wrong id': "The text doesn't match what was signed.",
    'bad signature': "The signature wasn't made with the author's key.",
    'other author': "It was signed with someone else's key.",
  }),
);

/** Said by the commands that find and verify posts. */
export const readingTexts = {
  series: {
    heading: (author: string) => `Series by ${bidiIsolate(author)}`,
    which: (typed: string) => `Several series match “${bidiIsolate(typed)}”. Which one?`,
    count: (count: number) => posts(count),
    noneYet: 'No series yet. Two titled posts with the same name make a series.',
    unknown: (typed: string) => `No series called “${bidiIsolate(typed)}”. See all with /series.`,
    earlier: '‹ Previous',
    later: 'Next ›',
    all: 'Whole series',
    index: 'All series',
  },
  on: {
    count: (total: number, most: boolean) => `${most ? 'More than ' : ''}${posts(total)}, newest first`,
    none: {
      day: (date: string) => `No posts on ${date}.`,
      month: (month: string) => `No posts in ${month}.`,
      year: (year: string) => `No posts in ${year}.`,
    },
    wrongDate: (given: string) =>
      `I couldn't read “${bidiIsolate(given)}” as a date. Try 2025-03-01, 2025-03, yesterday, Monday or 1 March.`,
    missingDay: (date: string) => `There is no ${date}.`,
    anniversary: 'On this day',
    noAnniversary: 'No posts on this day in past years.',
    allOf: (date: string, total: number) => `${date} (${total})`,
  },
  random: {
    another: 'Another one',
    surprise: 'Surprise me',
  },
  verify: {
    button: 'Verify',
    genuine: 'Verified: this post is authentic',
    why: (author: string) =>
      `Signed with ${bidiIsolate(author)}'s key and unchanged since. I checked the signature just now.`,
    broken: "Not verified – don't trust this copy",
    whyNot: (reason: string) =>
      `The check failed. ${BROKEN.get(reason) ?? "It isn't a validly signed post."} My copy may be damaged, or someone changed it.`,
    signed: 'Signed',
    key: (author: string) => `${bidiIsolate(author)}'s public key`,
    code: 'Short ID',
    id: 'Full ID',
    seenAt: 'Relays',
    how: "Each post is signed with a key only the author has; changing a single character breaks the signature. Don't take my word for it: look the same ID up elsewhere.",
    elsewhere: 'Check it elsewhere',
    read: 'Read post',
  },
};
