import { authorNamed } from '../../sandbox/relay/fake-author.ts';

export const wren = authorNamed('Wren');
const tobias = authorNamed('Tobias');

interface Entry {
  readonly content: string;
  readonly kind?: number;
  readonly tags?: readonly (readonly string[])[];
}

const silos =
  'The silos by the breakwater are full of last year, and two ships have been waiting since Sunday. Nobody in the ' +
  'office would say for what, and the clerk who usually does has taken up painting.';
const brine =
  'Lithium from brine is cheap again, and the ships that carry it ride high in the water. Ask the pilots: they count ' +
  'the rust above the line and know the price before the exchange does.';

/** The notes of the tests' author, one a day from 1 March 2025, oldest first. */
const entries: Readonly<Record<string, Entry>> = {
  grain: { content: `Harbour Morning Missive – 1 March 2025\n\n${silos}\n\nMore tomorrow.` },
  machines: { content: 'The machines that knew the tide: https://almanac.example/tide-machines' },
  dawn: { content: 'Dawn over the pier. #harbour\nhttps://pictures.example/dawn.jpg' },
  ferry: { content: 'https://films.example/ferry.mp4' },
  answer: {
    content: 'Yes, and the one before that too.',
    tags: [
      ['e', 'c4'.repeat(32), '', 'reply'],
      ['p', tobias.pubkey],
    ],
  },
  price: { content: '今天锂价下跌，码头上没有人惊讶。#锂' },
  wreck: { content: 'The boat, afterwards, and who was on it.', tags: [['content-warning', 'a wreck']] },
  lithium: {
    content: `Harbour Morning Missive – 8 March 2025\n\n${brine}\n\nRare earth is not rare. #harbour`,
  },
  letter: {
    content: `${silos} ${brine} And the gulls, who own the roofs, have opinions on all of it; more of them tomorrow.`,
  },
  tides: {
    kind: 30_023,
    content:
      '# On tides\n\nThe sea is the slower clock, and the louder one.\n\n## Why\n\nBecause of the moon.',
    tags: [
      ['d', 'tides'],
      ['title', 'On tides'],
    ],
  },
  passed: {
    kind: 6,
    content: '',
    tags: [
      ['e', 'c4'.repeat(32)],
      ['p', tobias.pubkey],
    ],
  },
  fog: { content: 'Fog until ten. Then nothing but light.' },
};

const FIRST_S = Date.UTC(2025, 2, 1, 6, 30) / 1000;

/** The events by name, oldest first. */
export const sampleNotes = new Map(
  Object.entries(entries).map(([name, { content, ...fields }], day) => [
    name,
    wren.note(content, { ...fields, createdAt: FIRST_S + day * 86_400 }),
  ]),
);

/** The author's reply to a note of their own. */
export const sequel = (to: string) =>
  wren.note('And then the fog came back.', {
    createdAt: FIRST_S + 20 * 86_400,
    tags: [
      ['e', to, '', 'root', wren.pubkey],
      ['p', wren.pubkey],
    ],
  });
