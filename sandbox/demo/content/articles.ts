import { type Draft, MEDIA_ROOT } from './draft.ts';

const article = { kind: 30_023, postType: 'missive' } as const;

const FIELD_GUIDE = `Readers keep asking what to look at on their first morning by the water. This is the list I carry myself.

## Before sunrise

Come by the ferry, not by the road. Stand on the left. You will see, in this order:

1. the **lock**, with one lamp if it is open and two if it is not;
2. the *noodle boat*, which is moored to whoever ate last;
3. berth four, where the numbers on the posts have been repainted by hand.

## What the colours mean

> A blue hull is waiting for papers, a red hull for cargo, a white hull for its owner. None will tell you so.

Three things are worth writing down each time:

- how many ships ride high on the way out
- how long the laundry has been hanging
- whether the crane drivers sit or stand

## What to leave out

Leave out the total. Totals are for speeches. A harbour is a line of people who each know their neighbours, and [the counts of the harbour office](https://lanwan-harbour.example/counts) only add up because they do.

When you have been ten times, send me what you saw. I collect these.`;

/** Long pieces (NIP-23), the first of them published and then mended. */
export const articles: readonly Draft[] = [
  {
    ...article,
    daysAgo: 41,
    time: '09:00',
    content: FIELD_GUIDE.replace('Three things', 'Two things').replace(
      '\n- whether the crane drivers sit or stand',
      '',
    ),
    tags: [
      ['d', 'field-guide'],
      ['title', 'A Field Guide to Reading a Harbour'],
      ['t', 'harbour'],
    ],
  },
  {
    ...article,
    daysAgo: 40,
    time: '18:20',
    content: FIELD_GUIDE,
    tags: [
      ['d', 'field-guide'],
      ['title', 'A Field Guide to Reading a Harbour'],
      ['image', `${MEDIA_ROOT}dawn-guide.png`],
      ['t', 'harbour'],
    ],
  },
  {
    ...article,
    daysAgo: 205,
    time: '08:00',
    content: `I moved to Lanwan with two suitcases and a promise: one short letter every morning, before the day has made up its mind.

## How it works

I walk, I ask, I count, I write. What I cannot count I describe; what I cannot describe I leave to others.

## What you can do

Tell me where to walk. The best letters began with a reader's question, and the very best with a silly one.

---

*Mara*`,
    tags: [
      ['d', 'why-a-morning-letter'],
      ['title', 'Why a Morning Letter'],
    ],
  },
];
