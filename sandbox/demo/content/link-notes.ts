import type { Draft } from './draft.ts';

const link = { postType: 'link' } as const;

/** Comments on something found elsewhere: a headline, a sentence or two, the address. */
export const linkNotes: readonly Draft[] = [
  {
    ...link,
    daysAgo: 2,
    time: '08:50',
    content:
      'Lanwan lock: first week in figures\n\nSomebody there can draw a chart. Keep the third.\n\nhttps://lanwan-harbour.example/notices/lock-first-week #harbour #lanwan',
  },
  {
    ...link,
    daysAgo: 5,
    time: '09:35',
    content:
      'Why the potters came back\n\nA patient piece on Hudie by people who stayed for a month. Read it for the glaze accident.\n\nhttps://slow-paper.example/hudie/potters #kettles',
  },
  {
    ...link,
    daysAgo: 12,
    time: '10:05',
    content:
      'Nine Bends opens its seed library\n\n1,600 kinds of rice in jam jars, on loan until harvest. The fine for a late return is two jars.\n\nhttps://nine-bends.example/seed-library #rice',
  },
  {
    ...link,
    daysAgo: 18,
    time: '07:55',
    content:
      'Salt, lithium and a very old slope\n\nThe engineers of Mirror Lake explain their tile terraces. No pumps were harmed.\n\nhttps://mirror-lake.example/how-it-works #lithium #energy',
  },
  {
    ...link,
    daysAgo: 31,
    time: '11:45',
    content:
      'Timetable of the green train, as a poem\n\nTwenty-nine stations, one line each. The county railway printed it without asking anybody.\n\nhttps://green-train.example/timetable #slowtrain',
  },
  {
    ...link,
    daysAgo: 57,
    time: '09:15',
    content:
      'A lighthouse for sale\n\n118 steps, one careful owner. I was tempted for the length of a tram ride.\n\nhttps://coast-auctions.example/lots/white-gull-rock #lanwan',
  },
  {
    ...link,
    daysAgo: 90,
    time: '12:30',
    content:
      'The warden’s list\n\nA flood plan on two pages, with a drawing of a whistle.\n\nhttps://qingye-county.example/plans/water #weather',
  },
  {
    ...link,
    daysAgo: 152,
    time: '08:05',
    content:
      'How bees count lorries\n\nThey do not, it turns out, but the question made a good study.\n\nhttps://apricot-institute.example/papers/quiet-parade #bees',
  },
];
