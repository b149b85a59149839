import { isolated } from './isolated.ts';
import { plural } from './plural.ts';

const posts = (count: number): string => plural(count, 'post', 'posts');

/** What the broken part of a proof means for a reader, by the checker's own words for it. */
const BROKEN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'wrong id': 'The text I hold is not the text that was signed.',
    'bad signature': 'The signature was not made with the author’s key.',
    'other author': 'It was signed with somebody else’s key.',
  }),
);

/** Said by the commands that find and prove things. */
export const readingTexts = {
  series: {
    heading: (author: string) => `Series by ${isolated(author)}`,
    which: (typed: string) => `Which one? Series for: ${isolated(typed)}`,
    count: (count: number) => plural(count, 'piece', 'pieces'),
    noneYet: 'No series yet. Titled posts become one when a second one of that name comes out.',
    unknown: (typed: string) => `I know no series “${isolated(typed)}”. /series shows all of them.`,
    earlier: '‹ Previous',
    later: 'Next ›',
    all: 'All of the series',
    index: 'All series',
  },
  on: {
    heading: (date: string) => `Published: ${date}`,
    count: (total: number, most: boolean) => `${most ? 'more than ' : ''}${posts(total)}, newest first`,
    none: (date: string) => `Nothing was published then (${date}).`,
    wrongDate: (given: string) =>
      `“${isolated(given)}” is not a date I understand. Right would be 2025-03-01, 2025-03, yesterday, monday or 1 march.`,
    anniversary: 'On this day in earlier years',
    noAnniversary: 'Nothing was published on this day in earlier years.',
    allOf: (date: string, total: number) => `${date} (${total})`,
  },
  random: {
    another: 'Another',
    surprise: 'Surprise me',
  },
  verify: {
    button: 'Verify',
    genuine: 'This post is genuine',
    why: (author: string) =>
      `It was signed with the key of ${isolated(author)}, and not a character has changed since. I checked that just now; the signature is valid.`,
    broken: 'Do not trust this copy',
    whyNot: (reason: string) =>
      `The check that I made just now failed. ${BROKEN.get(reason) ?? 'It does not have the form of a signed post.'} My copy may be damaged, or somebody has changed it.`,
    signed: 'Signed',
    key: (author: string) => `Key of ${isolated(author)}`,
    code: 'Code here',
    id: 'Full id',
    seenAt: 'Seen at',
    how: 'Every post here is signed with a secret key that only its author has. A signature fits one text only: change a word, and it breaks. You need not take my word for it: elsewhere the same post has the same id.',
    elsewhere: 'See it elsewhere',
    read: 'Read it',
  },
};
