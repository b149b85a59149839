import { type Draft, prose } from './draft.ts';

const missive = { time: '05:45', postType: 'missive' } as const;

/** Titled pieces about tea, rice, weather and markets. Every place, firm and figure is invented. */
export const fieldMissives: readonly Draft[] = [
  {
    ...missive,
    daysAgo: 4,
    content: prose`
      China Morning Missive – {day}

      Tea first. The late picking at Cloud Step (云阶) came in at 84 tonnes, a third more than last year, and the
      village has decided not to sell all of it. One basket in five goes into the clay store behind the
      school, to be opened in seven years.

      Ms Lu, who keeps the accounts, explained it with a pot between us. When prices are high everybody
      sells, and when they are low everybody has to. A cellar is a way of being rich slowly. The pupils learn
      compound interest by lifting the lids.

      The buyers from the coast grumble and then ask whether they may store theirs there too. Rent is one
      basket in fifty. I have seen worse banks.

      Tomorrow: why the kettle makers of Hudie are hiring potters.
    `,
  },
  {
    ...missive,
    daysAgo: 15,
    content: prose`
      China Morning Missive – {day}

      The rice is in. Nine Bends county (九曲) finished its harvest on Sunday night under floodlights
      borrowed from the football club, because rain was promised for Monday and for once the forecast
      kept its word.

      The figure to remember is not the yield, which is ordinary, but the number of hands: 1,140 last
      year, 390 this time. Small harvesters, the size of a sofa, now climb the terraces on rubber tracks. They
      are shared by message group; you book one the way you would book a table.

      So where did the other 750 people go? I asked around. Two hundred run the drying sheds. Some are building
      guest rooms. A surprising number have gone back to school, and the evening class in soil chemistry
      has a waiting list.
    `,
  },
  {
    ...missive,
    daysAgo: 38,
    content: prose`
      China Morning Missive – {day}

      The night market at Stone Ferry (石渡) has abolished prices. For one week stallholders wrote nothing on
      their boards and let people pay what they thought right, under a lamp that turns green when the box
      is opened.

      Takings rose by eight per cent. Dumplings did best, umbrellas worst, and the man who repairs spectacles
      earned exactly the same as always, to the coin. He says this proves his prices were correct.

      The organisers are careful people and draw no conclusions. It was a warm week; there was music. They will
      try again in the cold month, and I will go and stand next to the umbrellas.
    `,
  },
  {
    ...missive,
    daysAgo: 83,
    content: prose`
      China Morning Missive – {day}

      Wild weather inland. Eleven villages above the Qingye River spent the night in their own schools while
      the water looked at their doorsteps and, in the end, left again. Nobody was hurt. The damage is mud, three
      footbridges and a great many shoes.

      What worked was dull: a list. Each lane has a warden with nine names and a whistle. At two in the
      morning every warden had ticked every name, and the county knew it by ten past. No app could have done it
      faster, and the list does not need charging.

      The river gauge at Old Mill reads 4.1 metres and falling. Breakfast is being cooked in the gym.
    `,
  },
  {
    ...missive,
    daysAgo: 141,
    content: prose`
      China Morning Missive – {day}

      Spring on the plateau is late, and the bees are travelling. Four hundred lorries carry hives up the valley
      each night, lights dimmed, at walking pace. The road police call it the quiet parade.

      A hive rents for 60 a week to the apricot growers and comes back heavier than it left. The keepers are paid
      twice, by the tree and by the jar, and they still say that the best part is the driving.

      Two cold nights would cost the valley a third of its fruit. So far there has been one. Growers light straw
      between the rows and take turns to stay awake. I held a torch, badly, from three until five.
    `,
  },
];
