import { type Draft, prose } from './draft.ts';

const ledger = { daysAgo: 0, time: '05:50', postType: 'missive' } as const;

/** What the author wrote on this very day in earlier years. Every place and figure is invented. */
export const ledgers: readonly Draft[] = [
  {
    ...ledger,
    yearsAgo: 2,
    content: prose`
      The Barge Ledger – Year One

      A year of counting from the same bench by the lock: 9,412 barges up, 9,380 down. The thirty-two that are missing
      have not sunk. They are floating restaurants now, and the best of them is moored behind the rice store.

      The clerk who checks my figures has checked them with a pencil of his own, and we differ by one. We have agreed
      to leave the one in.
    `,
  },
  {
    ...ledger,
    yearsAgo: 1,
    content: prose`
      The Barge Ledger – Year Two

      10,077 up and 10,051 down. Coal is a third less, seedlings are twice as many, and for the first time somebody sent
      a piano. It went upriver in June, on a barge of melons, and came down again in August, alone.

      The clerk has retired. His pencil lies on my bench, sharpened at both ends, and the figures have never been so
      orderly.
    `,
  },
  {
    daysAgo: 0,
    yearsAgo: 1,
    time: '19:20',
    postType: 'note',
    content: 'The ferry bell has been tuned. It used to be a little flat; now the dogs look up. #harbour',
  },
];
