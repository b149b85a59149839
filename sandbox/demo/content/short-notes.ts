import type { Draft } from './draft.ts';

const note = { postType: 'note' } as const;

/** Short notes: greetings, questions to readers, a thread, a content warning, people named. */
export const shortNotes: readonly Draft[] = [
  {
    ...note,
    daysAgo: 2,
    time: '05:05',
    content: 'GM. Frost on the mooring ropes, steam from the bun stall. #gm #lanwan',
  },
  {
    ...note,
    daysAgo: 3,
    time: '11:20',
    content:
      'What would you like to read about next week? So far: night trains, soy sauce, and who paints the numbers on containers. Send me your topics. #askmara',
  },
  {
    ...note,
    daysAgo: 7,
    time: '05:10',
    content: 'GM. The red crane is visible from the blue one. Tea is over. #gm #harbour',
  },
  {
    ...note,
    daysAgo: 8,
    time: '14:02',
    name: 'thread',
    content:
      'A small thread on reading a harbour from the ferry. You need no binoculars, only patience. #harbour #shipping',
  },
  {
    ...note,
    daysAgo: 8,
    time: '14:05',
    continues: 'thread',
    content:
      'First, look at the waterline. A ship that rides high carries air. Count how many ride high on the way out and you know more than most reports.',
  },
  {
    ...note,
    daysAgo: 8,
    time: '14:09',
    continues: 'thread',
    content:
      'Second, look at the laundry. Crews hang it out when they expect to stay. Three days of laundry and the berth is a car park.',
  },
  {
    ...note,
    daysAgo: 11,
    time: '09:30',
    content:
      'Had soup with nostr:{friend}, who has drawn every bridge on the Qingye River and likes exactly two of them. #bridges',
  },
  {
    ...note,
    daysAgo: 13,
    time: '16:45',
    tags: [['content-warning', 'Describes an operation on a fish']],
    content:
      'The vet on quay seven stitched up a carp this afternoon. Eleven stitches, bamboo thread, a bowl of anaesthetic that smelled of cloves. The carp belongs to a kindergarten and is expected back on Monday.',
  },
  {
    ...note,
    daysAgo: 17,
    time: '05:00',
    content: 'GM. Nobody on the ferry but me, the captain and a very serious goose. #gm',
  },
  {
    ...note,
    daysAgo: 19,
    time: '12:10',
    content:
      'Correction to this week: the Morning Heron carries 140 people, not 104. The captain was kind about it. #corrections',
  },
  {
    ...note,
    daysAgo: 23,
    time: '10:15',
    content:
      'A reader asks what 棉被 means in the pilots’ log. Cotton quilt: fog you could sleep under. My word of the month. #words',
  },
  {
    ...note,
    daysAgo: 4,
    time: '15:40',
    content:
      'Since several of you ask how the battery ferry is doing, I put the sums here once more: nostr:{note:ledger} #shipping',
  },
  {
    ...note,
    daysAgo: 34,
    time: '08:25',
    content:
      'Rule of thumb from a gravel merchant: if the trucks are washed, business is bad. #trade #harbour',
  },
  {
    ...note,
    daysAgo: 52,
    time: '05:15',
    content:
      'GM from the slow train. Station nine of twenty-nine. Somebody has brought ducklings. #gm #slowtrain',
  },
  {
    ...note,
    daysAgo: 75,
    time: '13:00',
    content:
      'I am asked whether I take money from the Blue Crane Line. No. I once took an umbrella, and I have given it back. #askmara',
  },
  {
    ...note,
    daysAgo: 126,
    time: '17:30',
    content: 'Heard in the market: “Cheap is what you buy twice.” #words #trade',
  },
  {
    ...note,
    daysAgo: 190,
    time: '06:00',
    content:
      'Unpacked the last box. The new desk looks out on berth four of Lanwan harbour. The kettle works, so I suppose I do too. #lanwan',
  },
];
